/** SQL as fragments with their values, so that no value is ever written into a text. */
import { createHash } from 'node:crypto';
import type { Database, QueryKind } from '../module.ts';

/** A symbol, so that no JSON of a caller is taken for a fragment. */
const FRAGMENT = Symbol('fragment');

/** `texts` has one piece more than `values`; the values stand between them. */
export interface Fragment {
  readonly kind: typeof FRAGMENT;
  readonly texts: readonly string[];
  readonly values: readonly unknown[];
}

/** ``sql`status = ${status} and ${within}` ``: fragments are inserted, any other value becomes a parameter. */
export function sql(strings: TemplateStringsArray, ...parts: readonly unknown[]): Fragment {
  const texts: string[] = [strings[0] ?? ''];
  const values: unknown[] = [];
  parts.forEach((part, index) => {
    if (isFragment(part)) {
      texts[texts.length - 1] += part.texts[0] ?? '';
      texts.push(...part.texts.slice(1));
      values.push(...part.values);
    } else {
      texts.push('');
      values.push(part);
    }
    texts[texts.length - 1] += strings[index + 1] ?? '';
  });
  return { kind: FRAGMENT, texts, values };
}

/** Text from the code itself: names of columns, directions. Never from a caller. */
export function raw(text: string): Fragment {
  return { kind: FRAGMENT, texts: [text], values: [] };
}

/** The fragments with a separator between them; of none, the empty text. */
export function joinFragments(fragments: readonly Fragment[], separator: string): Fragment {
  return fragments.reduce<Fragment>(
    (joined, fragment, index) => (index === 0 ? fragment : sql`${joined}${raw(separator)}${fragment}`),
    raw(''),
  );
}

/** The conjunction of the conditions; `true` if there are none. */
export function allOf(conditions: readonly Fragment[]): Fragment {
  return conditions.length === 0 ? raw('true') : joinFragments(conditions, ' and ');
}

/** The text with `$1, $2, …` and its values. */
export function compileFragment(fragment: Fragment): { text: string; values: readonly unknown[] } {
  const text = fragment.texts.reduce((joined, piece, index) => `${joined}$${index}${piece}`);
  return { text, values: fragment.values };
}

/** Runs a fragment. The prepared statement is named for `name` and the text, since conditions change the text. */
export function runSql<Row extends object>(
  db: Database,
  name: string,
  fragment: Fragment,
  kind?: QueryKind,
): Promise<Row[]> {
  const { text, values } = compileFragment(fragment);
  return db.query<Row>(`${name}_${createHash('sha1').update(text).digest('hex').slice(0, 12)}`, text, values, kind);
}

function isFragment(part: unknown): part is Fragment {
  return typeof part === 'object' && part !== null && (part as { kind?: unknown }).kind === FRAGMENT;
}
