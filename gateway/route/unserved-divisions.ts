/** Region that no platform answers for → the fewest divisions that cover it. */
import {
  COUNTRY,
  containsRegion,
  type Division,
  divisions,
  intersect,
  prefixOf,
  type Region,
  regionOfPrefix,
} from '@yiwang/schema';

const CACHED_REGIONS_MAX = 200;

export interface UnservedDivisions {
  /**
   * Returns canonical codes in ascending order: a province if all of it is unserved, otherwise its parts; former
   * divisions with rows of their own prefix. Nominal levels are skipped.
   */
  list(region: Region): readonly string[];
}

export function createUnservedDivisions(): UnservedDivisions {
  const cache = new Map<string, readonly string[]>();
  return {
    list: (region) => {
      const key = JSON.stringify(region);
      let names = cache.get(key);
      if (!names) {
        names = listDivisions(region);
        if (cache.size >= CACHED_REGIONS_MAX) cache.clear();
        cache.set(key, names);
      }
      return names;
    },
  };
}

/** By prefixes: a former code that nobody serves is listed under itself, unless all around it is. */
function listDivisions(region: Region): string[] {
  const inForce = divisions()
    .visibleChildren(COUNTRY)
    .flatMap((division) => listUnserved(division, region));
  const listed = new Set(inForce.map(prefixOf));
  const former = divisions()
    .former()
    .map(({ code }) => code)
    .filter((code) => {
      const prefix = prefixOf(code);
      const isListed = [2, 4, 6].some((length) => listed.has(prefix.slice(0, length)));
      if (isListed || intersect(regionOfPrefix(prefix), region).length === 0) return false;
      // A city before its counties: what is listed first stands for what lies below it.
      if (prefix.length < 6 && !containsRegion(region, regionOfPrefix(prefix))) return false;
      listed.add(prefix);
      return true;
    });
  return [...inForce, ...former].sort();
}

/** Each level intersects its own part once, since a region may have a range for each of thousands of streets. */
function listUnserved(division: Division, region: Region): string[] {
  const own = regionOfPrefix(prefixOf(division.code));
  const part = intersect(own, region);
  if (part.length === 0) return [];
  if (part.length === 1 && containsRegion(part, own)) return [division.code];
  return divisions()
    .visibleChildren(division.code)
    .flatMap((child) => listUnserved(child, part));
}
