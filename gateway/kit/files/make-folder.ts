/** Creates a folder and its missing parents. */
import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Does nothing if the folder exists. Rejects with the file system's error. Node's recursive `mkdir` never ends if a
 * file system reports ENOENT for a folder whose parent exists, as `/proc` does.
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
