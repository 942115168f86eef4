/** Conditions that several tables share: periods, classes, lists of words, free text. */
import type { Period } from '@yiwang/schema/time';
import { PlatformError } from '../errors.ts';
import { type Fragment, raw, sql } from './sql.ts';

const TEXT_LENGTH_MAX = 100;

/** The condition, if there is a value. */
export function ifPresent<T>(value: T | null | undefined, condition: (value: T) => Fragment): Fragment[] {
  return value === null || value === undefined ? [] : [condition(value)];
}

export function whereIn(column: string, words: readonly string[]): Fragment {
  return sql`${raw(column)} = any (${words}::text[])`;
}

export function whereDuring(column: string, period: Period): Fragment {
  return sql`${raw(column)} >= ${period.from}::timestamptz and ${raw(column)} < ${period.to}::timestamptz`;
}

/** The class itself and the classes below it, whose codes begin with its own. */
export function whereClass(column: string, code: string): Fragment {
  return sql`starts_with(${raw(column)}, ${code})`;
}

/** Rows for which the condition is true; with `wanted` false the rows for which it is false or unknown. */
export function whereTruth(condition: Fragment, wanted: boolean): Fragment {
  return wanted ? condition : sql`(${condition}) is not true`;
}

/** Rows with the text in one of the columns, case-insensitive. Throws `BAD_USER_INPUT` for a text that is too long. */
export function whereText(columns: readonly string[], text: string): Fragment {
  if (text.length > TEXT_LENGTH_MAX) {
    throw new PlatformError(
      'BAD_USER_INPUT',
      `"text" has ${text.length} characters; expected at most ${TEXT_LENGTH_MAX}`,
    );
  }
  const pattern = `%${text.replace(/[\\%_]/g, '\\$&')}%`;
  return sql`concat_ws(chr(10), ${raw(columns.join(', '))}) ilike ${pattern}`;
}
