/**
 * A routing layer: platforms of which each division has one owner. As in an IP routing table the longest prefix wins: a
 * platform's part is its prefix less the prefixes of platforms below it.
 */
import { prefixOf, type Range, type Region, regionOfPrefix } from '@yiwang/schema';
import type { PlatformEntry } from '../model/network.ts';

/** One platform that a fetch goes to, and the part of the asked region that is its own. */
export interface RouteTarget {
  readonly platform: PlatformEntry;
  /** All that the platform answers for in this subgraph. */
  readonly owns: Region;
  /** What of the asked region that is. */
  readonly asked: Region;
}

export interface RoutingLayer {
  /** All platforms with the whole of their parts, in the order of their divisions. */
  readonly parts: readonly RouteTarget[];
  /**
   * Those with a part in the region, in the order of their divisions, in time that grows with what is found and only as the
   * logarithm of what is not. A target that is asked for its whole part is the one of `parts`.
   */
  cover(region: Region): readonly RouteTarget[];
}

/** A stretch of the map with one owner. */
interface OwnedRange {
  readonly range: Range;
  /** Index of its owner among the parts. */
  readonly owner: number;
}

/** Throws a `RangeError` where two platforms claim the same division. `name` is what it calls the layer. */
export function createRoutingLayer(name: string, platforms: readonly PlatformEntry[]): RoutingLayer {
  const sorted = platforms
    .map((platform) => ({ platform, range: regionOfPrefix(prefixOf(platform.division))[0]! }))
    .sort((a, b) => compareCodes(a.platform.division, b.platform.division));
  const ownedRanges = splitByOwner(name, sorted);
  const owned = sorted.map((): Range[] => []);
  for (const { range, owner } of ownedRanges) owned[owner]!.push(range);
  const parts = sorted.map(({ platform }, index): RouteTarget => {
    const owns = owned[index]!;
    return { platform, owns, asked: owns };
  });
  return { parts, cover: (region) => findCover(region, ownedRanges, parts) };
}

interface PlatformRange {
  readonly platform: PlatformEntry;
  readonly range: Range;
}

/**
 * Cuts the map where its owner changes: one walk over all beginnings, with those that are open around it on a stack. Prefixes
 * nest or are apart, so that whoever opens last closes first.
 */
function splitByOwner(name: string, sorted: readonly PlatformRange[]): OwnedRange[] {
  const order = sorted
    .map((_, index) => index)
    .sort(
      (a, b) =>
        compareCodes(sorted[a]!.range[0], sorted[b]!.range[0]) ||
        compareCodes(sorted[b]!.range[1], sorted[a]!.range[1]),
    );
  const ownedRanges: OwnedRange[] = [];
  const open: number[] = [];
  let at = '';
  const advance = (to: string): void => {
    if (at < to) ownedRanges.push({ range: [at, to], owner: open[open.length - 1]! });
    at = to;
  };
  const closeUpTo = (to: string): void => {
    while (open.length > 0 && sorted[open[open.length - 1]!]!.range[1] <= to) {
      advance(sorted[open[open.length - 1]!]!.range[1]);
      open.pop();
    }
  };
  for (const index of order) {
    const { platform, range } = sorted[index]!;
    closeUpTo(range[0]);
    const around = open.length > 0 ? sorted[open[open.length - 1]!]! : undefined;
    if (around?.range[0] === range[0] && around.range[1] === range[1]) {
      throw new RangeError(`${around.platform.id} and ${platform.id} both answer for ${platform.division} in ${name}`);
    }
    if (around) advance(range[0]);
    at = range[0];
    open.push(index);
  }
  closeUpTo('\uffff');
  return ownedRanges;
}

function findCover(
  region: Region,
  ownedRanges: readonly OwnedRange[],
  parts: readonly RouteTarget[],
): readonly RouteTarget[] {
  const asked = new Map<number, Range[]>();
  for (const [from, to] of region) {
    for (
      let i = findFirstEndingAfter(ownedRanges, from);
      i < ownedRanges.length && ownedRanges[i]!.range[0] < to;
      i++
    ) {
      const { range, owner } = ownedRanges[i]!;
      const isWhole = range[0] >= from && range[1] <= to;
      const part: Range = isWhole ? range : [range[0] > from ? range[0] : from, range[1] < to ? range[1] : to];
      const found = asked.get(owner);
      if (found) found.push(part);
      else asked.set(owner, [part]);
    }
  }
  return [...asked]
    .sort(([a], [b]) => a - b)
    .map(([owner, ranges]) => {
      const whole = parts[owner]!;
      const isWhole = ranges.length === whole.owns.length && ranges.every((range, i) => range === whole.owns[i]);
      return isWhole ? whole : { ...whole, asked: ranges };
    });
}

function findFirstEndingAfter(ownedRanges: readonly OwnedRange[], at: string): number {
  let low = 0;
  let high = ownedRanges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ownedRanges[middle]!.range[1] > at) high = middle;
    else low = middle + 1;
  }
  return low;
}

function compareCodes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
