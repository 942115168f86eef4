/** The `within` argument as a condition on rows. */
import { EVERYWHERE, regionOf } from '@yiwang/schema';
import { type Fragment, raw, sql } from './sql.ts';

/**
 * Rows of the division and all below it, as an index range. `within` is a canonical code; without it, and for the
 * country, all rows in the caller's scope match. `column` is text from the code, with its table alias if it has one.
 */
export function whereWithin(within: string | null | undefined, column = 'division'): Fragment {
  if (within === null || within === undefined) return raw('true');
  const region = regionOf(within);
  if (region === EVERYWHERE) return raw('true');
  const name = raw(column);
  const [from, to] = region[0]!;
  return sql`${name} >= ${from} and ${name} < ${to}`;
}
