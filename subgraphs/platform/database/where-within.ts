/** The `within` argument as a condition on rows. */
import { boundsOf, EVERYWHERE, type Region, regionOf, union } from '@yiwang/schema';
import { type Fragment, joinFragments, raw, sql } from './sql.ts';

/** Canonical codes; null, undefined and the country stand for everything in the caller's scope. */
export type Within = string | readonly string[] | null;

/** Of as many ranges, each is a condition of its own, which an index serves. */
const RANGES_MAX = 8;

/** Rows of the divisions and all below them. `column` is text from the code, with its table alias if it has one. */
export function whereWithin(within: Within | undefined, column = 'division'): Fragment {
  return whereInRegion(regionOfPlaces(within), column);
}

/** The rows of several divisions count once each, also if one lies in another. */
export function regionOfPlaces(within: Within | undefined): Region {
  if (within === null || within === undefined) return EVERYWHERE;
  return typeof within === 'string' ? regionOf(within) : union(...within.map(regionOf));
}

/**
 * Rows of the region, as index ranges. A region of many ranges is the range from its first bound to its last, of which
 * only odd buckets between the bounds are inside, as in the guards of row security.
 */
function whereInRegion(region: Region, column: string): Fragment {
  const [first] = region;
  if (!first) return raw('false');
  if (region === EVERYWHERE) return raw('true');
  const name = raw(column);
  const inRange = (from: string, to: string): Fragment => sql`${name} >= ${from} and ${name} < ${to}`;
  if (region.length === 1) return inRange(...first);
  if (region.length <= RANGES_MAX) {
    return sql`(${joinFragments(
      region.map(([from, to]) => inRange(from, to)),
      ' or ',
    )})`;
  }
  const outer = inRange(first[0], region[region.length - 1]![1]);
  return sql`${outer} and width_bucket(${name}, ${boundsOf(region)}::text[]) % 2 <> 0`;
}
