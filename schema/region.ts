/**
 * A region: a set of administrative divisions as sorted, disjoint, half-open ranges `[from, to)` of canonical codes.
 *
 * The codes of everything below a division begin with its trimmed prefix, so that a jurisdiction, a platform's part of the
 * map (its prefix less the prefixes delegated to others) and a caller's rights are all regions, and "which rows" is always
 * an intersection. Codes compare as plain strings (PostgreSQL's collation "C").
 */
export type Range = readonly [from: string, to: string];
export type Region = readonly Range[];

/** Greater than every division code. */
const END = '~';

export const EVERYWHERE: Region = [['', END]];
export const NOWHERE: Region = [];

/** The trimmed prefix of a canonical code: `420000` → `42`, `429000` → `4290`, `100000` → `''`; streets and communities as they are. */
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

/** A division and all below it. `division` is a canonical code. */
export function regionOf(division: string): Region {
  return regionOfPrefix(prefixOf(division));
}

/** Exactly one code, and nothing below it. */
export function regionAt(division: string): Region {
  return [[division, `${division} `]];
}

export function isIn(region: Region, division: string): boolean {
  return region.some(([from, to]) => division >= from && division < to);
}

export function intersect(a: Region, b: Region): Region {
  const out: Range[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    const [aFrom, aTo] = a[i]!;
    const [bFrom, bTo] = b[j]!;
    const from = aFrom > bFrom ? aFrom : bFrom;
    const to = aTo < bTo ? aTo : bTo;
    if (from < to) out.push([from, to]);
    if (aTo < bTo) i++;
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
  let rest = a;
  for (const [from, to] of b) {
    rest = rest.flatMap(([f, t]): Range[] => {
      if (to <= f || from >= t) return [[f, t]];
      const parts: Range[] = [];
      if (f < from) parts.push([f, from]);
      if (to < t) parts.push([to, t]);
      return parts;
    });
  }
  return rest;
}

/** True when every code of `inner` is in `outer`. */
export function covers(outer: Region, inner: Region): boolean {
  return subtract(inner, outer).length === 0;
}

/** The region as one flat list of bounds, as passports and `width_bucket` want it: `[from, to, from, to, …]`. */
export function boundsOf(region: Region): string[] {
  return region.flat();
}

/** The inverse of `boundsOf`. Throws a `RangeError` where the bounds are not sorted pairs. */
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
