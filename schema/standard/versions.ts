/** Versions of the standard: whole numbers as text, each later one greater. */

/** What came with a version and may have gone with another. */
export interface Versioned {
  /** First version that has it. */
  readonly since: string;
  /** First version without it; null while it is there. */
  readonly until: string | null;
}

export function isInVersion({ since, until }: Versioned, version: string): boolean {
  return Number(since) <= Number(version) && (until === null || Number(version) < Number(until));
}
