/** Stops PostgreSQL servers that a killed process left running. Imports only Node's own modules. */
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** How deep data folders may lie. */
const DEPTH_MAX = 4;
const SERVER_FILE = 'postmaster.pid';
const END_WAIT_MS = 15_000;
const END_POLL_MS = 50;

/** Stops the servers whose data lie in the folder or below it. Resolves when they are gone. */
export async function endServersIn(folder, signal) {
  await Promise.all(serversIn(folder, DEPTH_MAX).map((server) => endServer(server, signal)));
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

async function endServer({ folder, pid }, signal) {
  const runs = () => pid > 1 && commandOf(pid).includes(folder);
  if (!runs()) return;
  process.kill(pid, signal);
  for (let waitedMs = 0; runs() && waitedMs < END_WAIT_MS; waitedMs += END_POLL_MS) await pause(END_POLL_MS);
}

/** Program and arguments of a process; empty if there is none. Another program may have got the process id. */
export function commandOf(pid) {
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
