/** A region that no platform answers for → the fewest divisions that name it. */
import { COUNTRY, covers, type Division, divisions, intersect, type Region, regionOf } from '@yiwang/schema';

const CACHED_MAX = 200;

export interface UnservedNames {
  /** Canonical codes in ascending order: a province where all of it is unserved, otherwise its parts; nominal levels are skipped. */
  namesOf(region: Region): readonly string[];
}

export function createUnservedNames(): UnservedNames {
  const known = new Map<string, readonly string[]>();
  return {
    namesOf: (region) => {
      const key = JSON.stringify(region);
      let names = known.get(key);
      if (!names) {
        names = divisions()
          .visibleChildren(COUNTRY)
          .flatMap((division) => namesIn(division, region));
        if (known.size >= CACHED_MAX) known.clear();
        known.set(key, names);
      }
      return names;
    },
  };
}

/** Each level looks at its own part alone, and at its ranges once, since a region may have one for each of thousands of streets. */
function namesIn(division: Division, region: Region): string[] {
  const own = regionOf(division.code);
  const part = intersect(own, region);
  if (part.length === 0) return [];
  if (part.length === 1 && covers(part, own)) return [division.code];
  return divisions()
    .visibleChildren(division.code)
    .flatMap((child) => namesIn(child, part));
}
