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
    isExplained: (path) => fields.has(JSON.stringify(path)) || isAtOrBelow(explained, path),
    isGap: (path) => gaps.size > 0 && isAtOrBelow(gaps, path),
  };
}

function isAtOrBelow(patterns: ReadonlySet<string>, path: Path): boolean {
  const pattern = patternOf(path);
  return [...patterns].some((known) => pattern === known || pattern.startsWith(`${known}/`));
}

function patternOf(path: Path): string {
  return path.filter((part) => typeof part === 'string').join('/');
}
