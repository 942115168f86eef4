/**
 * Platforms and region → the platform that owns each part of it. The longest prefix wins, as in an IP routing table: a
 * platform owns its prefixes without those of the platforms below it. Codes that its divisions took over whole are
 * prefixes of it, unless another platform has them as a division of its own.
 */
import { prefixOf, type Range, type Region, regionAt, regionOfPrefix, takenOverPrefixes } from '@yiwang/schema';
import type { PlatformEntry, RouteTarget } from '../model/platform/network.ts';

export interface RoutingLayer {
  /** All platforms, each asked for all that it owns, in the order of their divisions. */
  readonly parts: readonly RouteTarget[];
  /**
   * Returns the platforms that own a part of the region, in the order of their divisions. Takes O(found + log
   * prefixes). A target that is asked for all that it owns is the object in `parts`.
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
 * `below`: a subgraph; a platform that does not serve it owns its own divisions alone. Throws a `RangeError` if two
 * platforms have the same division, or one has it twice. `name`, of the layer, appears in its message.
 */
export function createRoutingLayer(
  subgraph: string,
  platforms: readonly PlatformEntry[],
  { name = subgraph, below }: { readonly name?: string; readonly below?: string | undefined } = {},
): RoutingLayer {
  const sorted = platforms
    .map((platform) => ({ platform, division: platform.division }))
    .sort((a, b) => compareCodes(a.division, b.division));
  const prefixes = sorted.flatMap(({ platform, division }, owner) => {
    const isAlone = below !== undefined && !platform.subgraphs.includes(below);
    return (platform.divisions ?? [division]).flatMap((each) => listPrefixes(each, owner, isAlone));
  });
  const idOf = (owner: number): string => sorted[owner]!.platform.id;
  const ownedRanges = splitByOwner(prefixes, ({ owner, division }, other) => {
    throw new RangeError(
      owner === other.owner
        ? `${idOf(owner)} lists ${division} twice`
        : `${idOf(owner)} and ${idOf(other.owner)} both answer for ${division} in ${name}`,
    );
  });
  const owned = sorted.map((): Range[] => []);
  for (const { range, owner } of ownedRanges) owned[owner]!.push(range);
  const parts = sorted.map(({ platform }, index): RouteTarget => {
    const owns = owned[index]!;
    return { platform, subgraph, owns, region: owns };
  });
  return { parts, cover: (region) => findCover(region, ownedRanges, parts) };
}

interface OwnedPrefix {
  readonly owner: number;
  readonly range: Range;
  /** The division that has the prefix or took it over. */
  readonly division: string;
  readonly isOwn: boolean;
}

function listPrefixes(division: string, owner: number, isAlone: boolean): OwnedPrefix[] {
  if (isAlone) return [{ owner, range: regionAt(division)[0]!, division, isOwn: true }];
  const rangeOf = (prefix: string): Range => regionOfPrefix(prefix)[0]!;
  return [
    { owner, range: rangeOf(prefixOf(division)), division, isOwn: true },
    ...takenOverPrefixes(division).map((prefix) => ({ owner, range: rangeOf(prefix), division, isOwn: false })),
  ];
}

/** Around before inside. Of one range, a division's own is the innermost, otherwise that of the lowest division. */
function compareNesting(a: OwnedPrefix, b: OwnedPrefix): number {
  return (
    compareCodes(a.range[0], b.range[0]) ||
    compareCodes(b.range[1], a.range[1]) ||
    Number(a.isOwn) - Number(b.isOwn) ||
    prefixOf(a.division).length - prefixOf(b.division).length
  );
}

/**
 * Splits the map where its owner changes: a sweep over the starts of all prefixes, with those that enclose it on a
 * stack. Prefixes nest or are disjoint, so the last one opened closes first.
 */
function splitByOwner(
  prefixes: OwnedPrefix[],
  refuse: (prefix: OwnedPrefix, same: OwnedPrefix) => never,
): OwnedRange[] {
  prefixes.sort(compareNesting);
  const ownedRanges: OwnedRange[] = [];
  const open: OwnedPrefix[] = [];
  let at = '';
  const advance = (to: string): void => {
    const { owner } = open[open.length - 1]!;
    const last = ownedRanges[ownedRanges.length - 1];
    const touches = last?.owner === owner && last.range[1] === at;
    if (at < to && touches) ownedRanges[ownedRanges.length - 1] = { range: [last.range[0], to], owner };
    else if (at < to) ownedRanges.push({ range: [at, to], owner });
    at = to;
  };
  const closeUpTo = (to: string): void => {
    while (open.length > 0 && open[open.length - 1]!.range[1] <= to) {
      advance(open[open.length - 1]!.range[1]);
      open.pop();
    }
  };
  for (const prefix of prefixes) {
    closeUpTo(prefix.range[0]);
    const around = open[open.length - 1];
    if (around?.isOwn && prefix.isOwn && around.division === prefix.division) refuse(around, prefix);
    if (around) advance(prefix.range[0]);
    at = prefix.range[0];
    open.push(prefix);
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
