/** Generated files against their sources: which are not committed as their makers make them. */
import { readFileSync } from 'node:fs';

export interface GeneratedFile {
  /** From the root of the repository. */
  readonly path: string;
  /** How to make it anew. */
  readonly command: string;
  make(): string | Promise<string>;
}

/** One line for each file that is not what its maker makes; empty if all are. */
export async function findStale(files: readonly GeneratedFile[], root: URL): Promise<readonly string[]> {
  const stale: string[] = [];
  for (const { path, command, make } of files) {
    try {
      const committed = readFileSync(new URL(path, root), 'utf8');
      if (committed !== (await make())) {
        stale.push(`${path} is not what its sources make; run "${command}" and review the diff`);
      }
    } catch (error) {
      stale.push(`${path} could not be compared: ${(error as Error).message}`);
    }
  }
  return stale;
}
