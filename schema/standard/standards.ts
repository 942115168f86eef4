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

interface Manifest extends Standard {
  readonly parts: readonly (Standard & { readonly files: readonly string[] })[];
}

const manifest = once(() => readData<Manifest>('standard.json'));

/** The standard itself first, then its parts. */
export const standards: () => readonly Standard[] = once(() =>
  [manifest(), ...manifest().parts].map(({ id, name, version, effectiveFrom, effectiveTo }) => ({
    id,
    name,
    version,
    effectiveFrom,
    effectiveTo,
  })),
);

/** The version of the whole, as platforms declare it. */
export function standardVersion(): string {
  return manifest().version;
}
