/** A data folder for a network that is thrown away, PostgreSQL's data included: its user may enter, though nobody may look in. */
import { chmodSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Otherwise the data of a server that may not enter would lie elsewhere, and stay. */
export function makeTemporaryFolder(prefix: string): string {
  const folder = mkdtempSync(join(tmpdir(), prefix));
  chmodSync(folder, 0o711);
  return folder;
}
