/** The temporary folder of one run of the tests: all that they leave behind lies in it and goes with it. */
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const NAME = /^yiwang-tests-(\d+)-/;
/** A database's folder lies at most so deep. */
const DEPTH_MAX = 4;
const SERVER_FILE = 'postmaster.pid';
const END_WAIT_MS = 10_000;
const END_POLL_MS = 50;
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
  for (let waitedMs = 0; waitedMs < END_WAIT_MS; waitedMs += REMOVE_PAUSE_MS) {
    await Promise.all(serversIn(folder, DEPTH_MAX).map(endServer));
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      if (['EACCES', 'EPERM'].includes(error.code)) return;
    }
    await pause(REMOVE_PAUSE_MS);
  }
}

function serversIn(folder, depth) {
  const file = join(folder, SERVER_FILE);
  if (existsSync(file)) return [{ folder, pid: Number(readFileSync(file, 'utf8').split('\n')[0]) }];
  if (depth === 0) return [];
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries.flatMap((entry) => (entry.isDirectory() ? serversIn(join(folder, entry.name), depth - 1) : []));
  } catch {
    return [];
  }
}

async function endServer({ folder, pid }) {
  const runs = () => pid > 1 && commandOf(pid).includes(folder);
  if (!runs()) return;
  // At once: its data are thrown away.
  process.kill(pid, 'SIGQUIT');
  for (let waitedMs = 0; runs() && waitedMs < END_WAIT_MS; waitedMs += END_POLL_MS) await pause(END_POLL_MS);
}

/** Program and arguments of a process; empty if there is none. A number may have passed to another program. */
function commandOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    if (existsSync('/proc/self')) return '';
  }
  try {
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8', stdio: 'pipe' });
  } catch {
    return '';
  }
}
