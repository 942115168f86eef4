/** Where in the answer something lacks, and why no more has to be said of it. Items of lists are all one place, but for fields. */
import type { Path } from '../model/errors.ts';

export interface Lacks {
  /** At this path and below it all that lacks is explained. */
  explain(path: Path): void;
  /** This one field of this one object is explained. */
  explainField(path: Path): void;
  /** A platform's part at this path and below it did not come. */
  gap(path: Path): void;
  isExplained(path: Path): boolean;
  isGap(path: Path): boolean;
}

export function createLacks(): Lacks {
  const explained = new Set<string>();
  const fields = new Set<string>();
  const gaps = new Set<string>();
  return {
    explain: (path) => void explained.add(patternOf(path)),
    explainField: (path) => void fields.add(JSON.stringify(path)),
    gap: (path) => void gaps.add(patternOf(path)),
    isExplained: (path) => isAtOrBelow(explained, path) || (fields.size > 0 && fields.has(JSON.stringify(path))),
    isGap: (path) => isAtOrBelow(gaps, path),
  };
}

/** Looks the path up level by level, so that the work grows with its depth alone. */
function isAtOrBelow(patterns: ReadonlySet<string>, path: Path): boolean {
  if (patterns.size === 0) return false;
  let pattern: string | undefined;
  for (const part of path) {
    if (typeof part !== 'string') continue;
    pattern = pattern === undefined ? part : `${pattern}/${part}`;
    if (patterns.has(pattern)) return true;
  }
  return pattern === undefined && patterns.has('');
}

function patternOf(path: Path): string {
  return path.filter((part) => typeof part === 'string').join('/');
}
