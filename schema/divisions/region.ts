/**
 * A region: a set of administrative divisions as sorted, disjoint, half-open ranges `[from, to)` of canonical codes.
 *
 * The codes of everything below a division begin with its trimmed prefix, so that a jurisdiction, a platform's part
 * of the map (its prefix less the prefixes delegated to others) and a caller's rights are all regions, and "which
 * rows" is always an intersection. `division-region.ts` says which codes a division has by today's map. Codes compare
 * as plain strings (PostgreSQL's collation "C").
 */
export type Range = readonly [from: string, to: string];
export type Region = readonly Range[];

/** Greater than every division code. */
const END = '~';

export const EVERYWHERE: Region = [['', END]];
export const NOWHERE: Region = [];

/**
 * The trimmed prefix of a canonical code: `420000` → `42`, `429000` → `4290`, `100000` → `''`; streets and
 * communities as they are.
 */
export function prefixOf(division: string): string {
  if (division === '100000') return '';
  if (division.length > 6) return division;
  if (division.endsWith('0000')) return division.slice(0, 2);
  return division.endsWith('00') ? division.slice(0, 4) : division;
}

/** All codes that begin with the prefix. */
export function regionOfPrefix(prefix: string): Region {
  if (prefix === '') return EVERYWHERE;
  const last = prefix.charCodeAt(prefix.length - 1);
  return [[prefix, prefix.slice(0, -1) + String.fromCharCode(last + 1)]];
}

/** Exactly one code, and nothing below it. */
export function regionAt(division: string): Region {
  return [[division, `${division} `]];
}

export function containsDivision(region: Region, division: string): boolean {
  const range = region[firstEndingAfter(region, division)];
  return range !== undefined && division >= range[0];
}

/**
 * Binary search, since regions may have thousands of ranges: the index of the first range that ends after `at`, or
 * the length.
 */
function firstEndingAfter(region: Region, at: string): number {
  let low = 0;
  let high = region.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (region[middle]![1] > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

export function intersect(a: Region, b: Region): Region {
  const out: Range[] = [];
  if (a.length === 0 || b.length === 0) return out;
  let i = firstEndingAfter(a, b[0]![0]);
  let j = i < a.length ? firstEndingAfter(b, a[i]![0]) : b.length;
  while (i < a.length && j < b.length) {
    const one = a[i]!;
    const other = b[j]!;
    const from = one[0] > other[0] ? one[0] : other[0];
    const to = one[1] < other[1] ? one[1] : other[1];
    if (from < to) out.push([from, to]);
    if (one[1] < other[1]) i++;
    else j++;
  }
  return out;
}

export function union(...regions: readonly Region[]): Region {
  const sorted = regions.flat().sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0));
  const out: [string, string][] = [];
  for (const [from, to] of sorted) {
    const last = out[out.length - 1];
    if (last && from <= last[1]) last[1] = last[1] > to ? last[1] : to;
    else out.push([from, to]);
  }
  return out;
}

export function subtract(a: Region, b: Region): Region {
  const out: Range[] = [];
  let j = a.length > 0 ? firstEndingAfter(b, a[0]![0]) : 0;
  for (const [start, to] of a) {
    let from = start;
    while (j < b.length && b[j]![1] <= from) j++;
    while (j < b.length && b[j]![0] < to) {
      const [cutFrom, cutTo] = b[j]!;
      if (from < cutFrom) out.push([from, cutFrom]);
      from = cutTo;
      if (cutTo >= to) break;
      j++;
    }
    if (from < to) out.push([from, to]);
  }
  return out;
}

/** True if every code of `inner` is in `outer`. */
export function containsRegion(outer: Region, inner: Region): boolean {
  return outer === inner || subtract(inner, outer).length === 0;
}

/** The region as one flat list of bounds, as passports and `width_bucket` want it: `[from, to, from, to, …]`. */
export function boundsOf(region: Region): string[] {
  return region.flat();
}

/** The inverse of `boundsOf`. Throws a `RangeError` if the bounds are not sorted pairs. */
export function regionOfBounds(bounds: readonly string[]): Region {
  if (bounds.length % 2 !== 0) throw new RangeError('a region has an even number of bounds');
  const region: Range[] = [];
  for (let i = 0; i < bounds.length; i += 2) {
    const range: Range = [bounds[i]!, bounds[i + 1]!];
    if (range[0] >= range[1] || (i > 0 && bounds[i - 1]! >= range[0]))
      throw new RangeError('the bounds of a region ascend');
    region.push(range);
  }
  return region;
}
