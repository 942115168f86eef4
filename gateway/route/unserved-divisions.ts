/** Region that no platform answers for → the fewest divisions that cover it. */
import { COUNTRY, containsRegion, type Division, divisions, intersect, type Region, regionOf } from '@yiwang/schema';

const CACHED_REGIONS_MAX = 200;

export interface UnservedDivisions {
  /**
   * Returns canonical codes in ascending order: a province if all of it is unserved, otherwise its parts. Nominal
   * levels are skipped.
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
        names = divisions()
          .visibleChildren(COUNTRY)
          .flatMap((division) => listUnserved(division, region));
        if (cache.size >= CACHED_REGIONS_MAX) cache.clear();
        cache.set(key, names);
      }
      return names;
    },
  };
}

/** Each level intersects its own part once, since a region may have a range for each of thousands of streets. */
function listUnserved(division: Division, region: Region): string[] {
  const own = regionOf(division.code);
  const part = intersect(own, region);
  if (part.length === 0) return [];
  if (part.length === 1 && containsRegion(part, own)) return [division.code];
  return divisions()
    .visibleChildren(division.code)
    .flatMap((child) => listUnserved(child, part));
}
