/** The temporary folder of one run of the tests: all that they leave behind lies in it and goes with it. */
import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { commandOf, endServersIn } from '../tools/postgres/end-servers.js';

const NAME = /^yiwang-tests-(\d+)-/;
const REMOVE_WAIT_MS = 10_000;
const REMOVE_PAUSE_MS = 250;

/** Makes the folder of this process, and removes those of runs that were killed. */
export async function makeTestFolder(parent = tmpdir()) {
  for (const name of readdirSync(parent)) {
    const owner = Number(NAME.exec(name)?.[1]);
    if (owner > 0 && !commandOf(owner).includes('node')) await removeTestFolder(join(parent, name));
  }
  const folder = mkdtempSync(join(parent, `yiwang-tests-${process.pid}-`));
  // PostgreSQL runs as another user where this one is root.
  chmodSync(folder, 0o711);
  return folder;
}

/**
 * Ends the PostgreSQL servers whose data lie in the folder, then removes it. What a killed run started ends by itself, and
 * may write for a moment more. The folder of another user stays.
 */
export async function removeTestFolder(folder) {
  for (let waitedMs = 0; waitedMs < REMOVE_WAIT_MS; waitedMs += REMOVE_PAUSE_MS) {
    // At once: their data are thrown away.
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
