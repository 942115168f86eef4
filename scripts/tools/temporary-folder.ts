/** A temporary data folder that PostgreSQL's user may enter but nobody may list. */
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** If PostgreSQL's user could not enter it, its data would lie elsewhere and stay. */
export function makeTemporaryFolder(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(folder, 0o711);
  return folder;
}
