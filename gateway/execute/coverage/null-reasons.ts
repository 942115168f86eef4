/**
 * Where the answer has nulls, and why they need no further error. The items of a list are one place, except for single
 * fields.
 */
import type { Path } from '../../model/errors.ts';

/** Its sets are made when they are needed: most operations have no such null. */
export class NullReasons {
  #explained: Set<string> | undefined;
  #explainedFields: Set<string> | undefined;
  #missing: Set<string> | undefined;

  /** Explains every null at this path and below it. */
  explain(path: Path): void {
    this.#explained ??= new Set();
    this.#explained.add(patternOf(path));
  }

  /** Explains the null of this one field in this one object. */
  explainField(path: Path): void {
    this.#explainedFields ??= new Set();
    this.#explainedFields.add(JSON.stringify(path));
  }

  /** Marks this path and those below it as missing the part of a platform. */
  markMissing(path: Path): void {
    this.#missing ??= new Set();
    this.#missing.add(patternOf(path));
  }

  isExplained(path: Path): boolean {
    return isWithin(this.#explained, path) || (this.#explainedFields?.has(JSON.stringify(path)) ?? false);
  }

  isMissing(path: Path): boolean {
    return isWithin(this.#missing, path);
  }
}

/** Looks the path up level by level, so that the cost grows with its depth alone. */
function isWithin(patterns: ReadonlySet<string> | undefined, path: Path): boolean {
  if (!patterns) return false;
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
