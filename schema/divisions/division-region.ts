/**
 * The region of a division by today's map: its prefix and the codes that it took over whole, without those that others
 * did. Regions of divisions in force nest or are disjoint, as the divisions do.
 */
import { once } from '../standard/data-file.ts';
import { COUNTRY } from './division-level.ts';
import { EVERYWHERE, prefixOf, type Region, regionOfPrefix, subtract, union } from './region.ts';
import { type FormerPrefix, type Succession, succession } from './succession.ts';

export interface DivisionRegions {
  /** A division and all below it. A former division is its own prefix: the rows of its day. */
  regionOf(division: string): Region;
  /** The prefixes of former codes outside of its own that the division took over whole, ascending. */
  takenOver(division: string): readonly string[];
}

const NO_PREFIXES: readonly string[] = [];
/** Digits of provinces, cities and counties. */
const PREFIX_LENGTHS = [2, 4, 6];

const regions: () => DivisionRegions = once(() => createDivisionRegions(succession()));

/** A division and all below it. `division` is a canonical code. A former division is its own prefix. */
export function regionOf(division: string): Region {
  return regions().regionOf(division);
}

/** The prefixes of former codes outside of its own that the division took over whole, ascending. */
export function takenOverPrefixes(division: string): readonly string[] {
  return regions().takenOver(division);
}

/** The codes that a platform of these divisions may hold rows of: theirs, and those that they took over whole. */
export function regionOfPlatform(divisions: readonly string[]): Region {
  return union(
    ...divisions.map((division) => regionOfPrefix(prefixOf(division))),
    ...divisions.flatMap(takenOverPrefixes).map(regionOfPrefix),
  );
}

/** How a division differs from its prefix. */
interface Change {
  readonly taken: readonly string[];
  readonly region: Region;
}

export function createDivisionRegions(changes: Succession): DivisionRegions {
  const changeByPrefix = readChanges(changes);
  const changeOf = (division: string): Change | undefined =>
    division.length <= 6 ? changeByPrefix.get(prefixOf(division)) : changeOfStreet(division, changes);
  return {
    regionOf(division) {
      if (division === COUNTRY) return EVERYWHERE;
      return changeOf(division)?.region ?? regionOfPrefix(prefixOf(division));
    },
    takenOver: (division) => changeOf(division)?.taken ?? NO_PREFIXES,
  };
}

/** By the prefix of the province, city or county. */
function readChanges({ formerPrefixes, endOf }: Succession): Map<string, Change> {
  const changes = new Map<string, Change>();
  for (const [own, former] of groupByOwner(formerPrefixes)) {
    const change = changeOfPrefix(own, former);
    if (change && !endOf(own.padEnd(6, '0'))) changes.set(own, change);
  }
  return changes;
}

/** The former prefixes that matter to each prefix: of its heirs, around the former one, and of a taken one around it. */
function groupByOwner(formerPrefixes: readonly FormerPrefix[]): Map<string, FormerPrefix[]> {
  const byPrefix = new Map(formerPrefixes.map((former) => [former.prefix, former]));
  const groups = new Map<string, FormerPrefix[]>();
  for (const former of formerPrefixes) {
    const around = PREFIX_LENGTHS.flatMap((length) => byPrefix.get(former.prefix.slice(0, length)) ?? []);
    const owners = new Set(
      PREFIX_LENGTHS.flatMap((length) => [
        former.prefix.slice(0, length),
        ...[former, ...around].map((each) => ownerOf(each, length) ?? former.prefix.slice(0, length)),
      ]),
    );
    for (const own of owners) {
      const group = groups.get(own);
      if (group) group.push(former);
      else groups.set(own, [former]);
    }
  }
  return groups;
}

/** The first digits that all heirs have in common; undefined if it was divided. */
function ownerOf({ heirs }: FormerPrefix, length: number): string | undefined {
  const [owner, ...others] = new Set(heirs.map((heir) => heir.slice(0, length)));
  return others.length === 0 ? owner : undefined;
}

/** `former` ascending: what is said of a longer prefix comes after what is said of the shorter one around it. */
function changeOfPrefix(own: string, former: readonly FormerPrefix[]): Change | undefined {
  const plain = regionOfPrefix(own);
  let region = plain;
  const taken: string[] = [];
  for (const each of former) {
    const owner = ownerOf(each, own.length);
    const isInside = each.prefix.startsWith(own);
    if (owner === own) region = union(region, regionOfPrefix(each.prefix));
    else if (!isInside || owner !== undefined) region = subtract(region, regionOfPrefix(each.prefix));
    if (owner === own && !isInside) taken.push(each.prefix);
  }
  const isPlain = region.length === 1 && region[0]![0] === plain[0]![0] && region[0]![1] === plain[0]![1];
  return isPlain ? undefined : { taken, region };
}

function changeOfStreet(division: string, { earlierCodes }: Succession): Change | undefined {
  const taken = earlierCodes(division);
  if (taken.length === 0) return undefined;
  return { taken, region: union(regionOfPrefix(division), ...taken.map(regionOfPrefix)) };
}
