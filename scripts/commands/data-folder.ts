/** The data folder that commands work with: `--data`, then `YIWANG_DATA`, then `.yiwang` in the repository. */
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export function dataFolderOf(flag: string | undefined): string {
  const given = flag ?? process.env.YIWANG_DATA;
  return given ? resolve(given) : join(fileURLToPath(new URL('../..', import.meta.url)), '.yiwang');
}
