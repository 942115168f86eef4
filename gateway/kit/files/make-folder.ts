/** Makes a folder and what is missing above it. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Does nothing where the folder is there. Rejects with the file system's error; Node's own recursive `mkdir` never ends where a
 * file system says of a folder below an existing one that there is no such place, as `/proc` does.
 */
export async function makeFolder(folder: string, mode = 0o777): Promise<void> {
  try {
    await makeOne(folder, mode);
  } catch (error) {
    const parent = dirname(folder);
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || parent === folder) throw error;
    await makeFolder(parent, mode);
    await makeOne(folder, mode);
  }
}

async function makeOne(folder: string, mode: number): Promise<void> {
  try {
    await mkdir(folder, { mode });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
}
