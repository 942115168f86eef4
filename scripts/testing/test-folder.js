/** The temporary folder of one test run. It is removed with all files that tests leave behind. */
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { commandOf, endServersIn } from '../tools/postgres/end-servers.js';

const NAME = /^yiwang-tests-(\d+)-/;
const REMOVE_WAIT_MS = 10_000;
const REMOVE_PAUSE_MS = 250;

/** Creates the folder of this process, and removes the folders of killed runs. */
export async function makeTestFolder(parent = tmpdir()) {
  for (const name of readdirSync(parent)) {
    const owner = Number(NAME.exec(name)?.[1]);
    if (owner > 0 && !commandOf(owner).includes('node')) await removeTestFolder(join(parent, name));
  }
  const folder = mkdtempSync(join(parent, `yiwang-tests-${process.pid}-`));
  // If this user is root, PostgreSQL runs as another user.
  chmodSync(folder, 0o711);
  return folder;
}

/**
 * Stops the PostgreSQL servers whose data lie in the folder, then removes it. Processes of a killed run end by themselves and
 * may still write for a moment. The folder of another user stays.
 */
export async function removeTestFolder(folder) {
  for (let waitedMs = 0; waitedMs < REMOVE_WAIT_MS; waitedMs += REMOVE_PAUSE_MS) {
    // An immediate shutdown: the data are thrown away.
    await endServersIn(folder, 'SIGQUIT');
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      if (['EACCES', 'EPERM'].includes(error.code)) return;
    }
    await pause(REMOVE_PAUSE_MS);
  }
}
