/** Compares committed files with what their generators make. */
import { readFileSync } from 'node:fs';

export interface GeneratedFile {
  /** From the root of the repository. */
  readonly path: string;
  /** Command that generates the file. */
  readonly command: string;
  make(): string | Promise<string>;
}

/** Resolves to one line for each file that is stale. */
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
