/** For each rule of the standard a row that breaks it, as objects of the graph, moved to the bad platform's division. */
import { ruleExamples } from '@yiwang/schema/rules';

export interface BadRow {
  /** The rule that it breaks. */
  readonly rule: string;
  /** Its place in lists: unlike what the row says, in order. */
  readonly serial: string;
  readonly object: Readonly<Record<string, unknown>>;
}

/** The samples of the standard lie in this county, at this place. */
const SAMPLE = { county: '110102', street: '110102020', city: '110000', longitude: 116.335, latitude: 39.889 };
/** Where they are moved: 茅箭区 of 十堰市, a city that runs no platform in the demo. */
const PLACE = { county: '420302', street: '420302001', city: '420300', longitude: 110.81, latitude: 32.59 };

export const BAD_DIVISION = PLACE.city;

/** Rules for inputs alone are left out: answers are not held to them. */
export function badRowsOf(entity: string): readonly BadRow[] {
  return ruleExamples(entity)
    .filter(({ rule }) => rule.gate === 'BOTH' && rule.kind !== 'unique')
    .map(({ rule, fail }, index) => {
      const serial = String(index + 1).padStart(6, '0');
      const object = nest(Object.entries(fail).map(([path, value]) => [path, move(path, value)] as const));
      return { rule: rule.id, serial, object: withOwnId(object, rule.fields, serial) };
    });
}

/** Rows of the sample share an id. A row whose id is the fault keeps it. */
function withOwnId(
  object: Readonly<Record<string, unknown>>,
  fields: readonly string[],
  serial: string,
): Readonly<Record<string, unknown>> {
  const { id } = object;
  if (typeof id !== 'string' || fields.includes('id')) return object;
  return { ...object, id: `${id.split('-').slice(0, 2).join('-')}-${serial}` };
}

function move(path: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => move(path, item));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, move(name, inner)]));
  }
  if (value === SAMPLE.longitude) return PLACE.longitude;
  if (value === SAMPLE.latitude) return PLACE.latitude;
  if (typeof value !== 'string' || !/^\d{6}/.test(value)) return value;
  for (const part of ['street', 'county', 'city'] as const) {
    if (value.startsWith(SAMPLE[part])) return PLACE[part] + value.slice(SAMPLE[part].length);
  }
  return value;
}

/** `division.code` → `{ division: { code } }`. A part that is null makes no object. */
function nest(entries: readonly (readonly [path: string, value: unknown])[]): Record<string, unknown> {
  const object: Record<string, unknown> = {};
  for (const [path, value] of entries) {
    const [first = '', ...rest] = path.split('.');
    if (rest.length === 0) object[first] = value;
    else if (value === null && object[first] === undefined) object[first] = null;
    else if (value !== null) object[first] = { ...(object[first] as object), ...nest([[rest.join('.'), value]]) };
  }
  return object;
}
