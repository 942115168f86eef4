/** Where in the answer something lacks, and why no more has to be said of it. Items of lists are all one place, but for fields. */
import type { Path } from '../../model/errors.ts';

export interface NullReasons {
  /** At this path and below it all that lacks is explained. */
  explain(path: Path): void;
  /** This one field of this one object is explained. */
  explainField(path: Path): void;
  /** A platform's part at this path and below it did not come. */
  markMissing(path: Path): void;
  isExplained(path: Path): boolean;
  isMissing(path: Path): boolean;
}

export function createNullReasons(): NullReasons {
  const explainedPaths = new Set<string>();
  const explainedFields = new Set<string>();
  const missing = new Set<string>();
  return {
    explain: (path) => void explainedPaths.add(patternOf(path)),
    explainField: (path) => void explainedFields.add(JSON.stringify(path)),
    markMissing: (path) => void missing.add(patternOf(path)),
    isExplained: (path) =>
      isAtOrBelow(explainedPaths, path) || (explainedFields.size > 0 && explainedFields.has(JSON.stringify(path))),
    isMissing: (path) => isAtOrBelow(missing, path),
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
