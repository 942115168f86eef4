/**
 * Platforms and region → the platform that owns each part of it. The longest prefix wins, as in an IP routing table: a
 * platform owns its prefix without the prefixes of the platforms below it.
 */
import { prefixOf, type Range, type Region, regionAt, regionOfPrefix } from '@yiwang/schema';
import type { PlatformEntry, RouteTarget } from '../model/platform/network.ts';

export interface RoutingLayer {
  /** All platforms, each asked for all that it owns, in the order of their divisions. */
  readonly parts: readonly RouteTarget[];
  /**
   * Returns the platforms that own a part of the region, in the order of their divisions. Takes O(found + log
   * platforms). A target that is asked for all that it owns is the object in `parts`.
   */
  cover(region: Region): readonly RouteTarget[];
}

/** A range of divisions with one owner. */
interface OwnedRange {
  readonly range: Range;
  /** Index in the parts. */
  readonly owner: number;
}

/**
 * `below`: a subgraph; a platform that does not serve it owns its own division alone. Throws a `RangeError` if two
 * platforms have the same division. `name`, of the layer, appears in its message.
 */
export function createRoutingLayer(
  subgraph: string,
  platforms: readonly PlatformEntry[],
  { name = subgraph, below }: { readonly name?: string; readonly below?: string | undefined } = {},
): RoutingLayer {
  const sorted = platforms
    .map((platform) => ({ platform, range: rangeOf(platform, below) }))
    .sort((a, b) => compareCodes(a.platform.division, b.platform.division));
  const ownedRanges = splitByOwner(name, sorted);
  const owned = sorted.map((): Range[] => []);
  for (const { range, owner } of ownedRanges) owned[owner]!.push(range);
  const parts = sorted.map(({ platform }, index): RouteTarget => {
    const owns = owned[index]!;
    return { platform, subgraph, owns, region: owns };
  });
  return { parts, cover: (region) => findCover(region, ownedRanges, parts) };
}

function rangeOf({ division, subgraphs }: PlatformEntry, below: string | undefined): Range {
  const isAlone = below !== undefined && !subgraphs.includes(below);
  return isAlone ? regionAt(division)[0]! : regionOfPrefix(prefixOf(division))[0]!;
}

interface PlatformRange {
  readonly platform: PlatformEntry;
  readonly range: Range;
}

/**
 * Splits the map where its owner changes: a sweep over the starts of all prefixes, with those that enclose it on a
 * stack. Prefixes nest or are disjoint, so the last one opened closes first.
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
    const isSame = around?.range[0] === range[0] && around.range[1] === range[1];
    if (around && (isSame || around.platform.division === platform.division)) {
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
  const partsByOwner = new Map<number, Range[]>();
  for (const [from, to] of region) {
    for (
      let i = findFirstEndingAfter(ownedRanges, from);
      i < ownedRanges.length && ownedRanges[i]!.range[0] < to;
      i++
    ) {
      const { range, owner } = ownedRanges[i]!;
      const isWhole = range[0] >= from && range[1] <= to;
      const part: Range = isWhole ? range : [range[0] > from ? range[0] : from, range[1] < to ? range[1] : to];
      const ranges = partsByOwner.get(owner);
      if (ranges) ranges.push(part);
      else partsByOwner.set(owner, [part]);
    }
  }
  return [...partsByOwner]
    .sort(([a], [b]) => a - b)
    .map(([owner, ranges]) => {
      const whole = parts[owner]!;
      const isWhole = ranges.length === whole.owns.length && ranges.every((range, i) => range === whole.owns[i]);
      return isWhole ? whole : { ...whole, region: ranges };
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
