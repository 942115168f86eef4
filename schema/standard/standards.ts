/** The manifest of the standard: its own version, and that of each part. */
import { once, readData } from './data-file.ts';

export interface Standard {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  /** First day in force, `YYYY-MM-DD`. */
  readonly effectiveFrom: string;
  /** First day no longer in force; null while it is. */
  readonly effectiveTo: string | null;
}

/** A version of the whole. Two are in force at once while platforms move from one to the next. */
export type StandardVersion = Pick<Standard, 'version' | 'effectiveFrom' | 'effectiveTo'>;

interface Manifest {
  readonly id: string;
  readonly name: string;
  /** From the oldest to the newest. */
  readonly versions: readonly StandardVersion[];
  readonly parts: readonly (Standard & { readonly files: readonly string[] })[];
}

/**
 * What a version that a platform declares comes to: `CURRENT` the newest, `IN_FORCE` an older one that still holds,
 * `NOT_IN_FORCE` one that holds no longer or not yet, `UNKNOWN` one that the standard never had.
 */
export type VersionStatus = 'CURRENT' | 'IN_FORCE' | 'NOT_IN_FORCE' | 'UNKNOWN';

const manifest = once(() => readData<Manifest>('standard.json'));

/** The standard itself in its newest version first, then its parts. */
export const standards: () => readonly Standard[] = once(() => {
  const { id, name, versions, parts } = manifest();
  const rows = [{ id, name, ...versions.at(-1)! }, ...parts];
  return rows.map(({ id, name, version, effectiveFrom, effectiveTo }) => ({
    id,
    name,
    version,
    effectiveFrom,
    effectiveTo,
  }));
});

/** The version of the whole that this program speaks, as platforms declare it: the newest. */
export function standardVersion(): string {
  return manifest().versions.at(-1)!.version;
}

/** A part of the standard with its files in `schema/data`; folders end in a slash. */
export type StandardPart = Manifest['parts'][number];

export function standardParts(): readonly StandardPart[] {
  return manifest().parts;
}

/** All versions, from the oldest to the newest. */
export function standardVersions(): readonly StandardVersion[] {
  return manifest().versions;
}

/** `day` is a day of the calendar, `YYYY-MM-DD`. */
export function versionStatus(version: string, day: string): VersionStatus {
  const row = manifest().versions.find((candidate) => candidate.version === version);
  if (row === undefined) return 'UNKNOWN';
  if (day < row.effectiveFrom || (row.effectiveTo !== null && day >= row.effectiveTo)) return 'NOT_IN_FORCE';
  return version === standardVersion() ? 'CURRENT' : 'IN_FORCE';
}
