/** Locks a data folder: stops a server that a killed process left running, and respects one of a living process. */
import { execFile } from 'node:child_process';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { SetupError } from '../setup-error.ts';

const run = promisify(execFile);
const LOCK_FILE = 'yiwang-holder';
const SERVER_FILE = 'postmaster.pid';
const END_WAIT_MS = 10_000;
const END_POLL_MS = 50;

/** Throws `SetupError` while another process uses the folder. */
export async function lockDataFolder(folder: string): Promise<void> {
  const holder = await readPid(join(folder, LOCK_FILE));
  if (holder !== undefined && holder !== process.pid && (await isRun(holder))) {
    throw new SetupError(
      `The data folder ${folder} is in use by process ${holder}; stop it, or choose another folder with YIWANG_DATA`,
    );
  }
  await endOrphan(folder);
  await writeFile(join(folder, LOCK_FILE), `${process.pid}\n`);
}

export async function unlockDataFolder(folder: string): Promise<void> {
  await rm(join(folder, LOCK_FILE), { force: true });
}

async function endOrphan(folder: string): Promise<void> {
  const file = join(folder, SERVER_FILE);
  const pid = await readPid(file);
  if (pid === undefined) return;
  if (await isServerOf(folder, pid)) {
    process.kill(pid, 'SIGINT');
    for (let waitedMs = 0; isAlive(pid) && waitedMs < END_WAIT_MS; waitedMs += END_POLL_MS) await sleep(END_POLL_MS);
    if (isAlive(pid)) {
      throw new SetupError(
        `The data folder ${folder} is held by PostgreSQL process ${pid}, which does not stop; end it and try again`,
      );
    }
  }
  await rm(file, { force: true });
}

async function readPid(file: string): Promise<number | undefined> {
  const pid = Number((await readFile(file, 'utf8').catch(() => '')).split('\n')[0]);
  return Number.isInteger(pid) && pid > 1 ? pid : undefined;
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM';
  }
}

/** Looks at the command of the process, because another program may have got the process id. */
async function isServerOf(folder: string, pid: number): Promise<boolean> {
  const command = isAlive(pid) ? await commandOf(pid) : [];
  return programOf(command) === 'postgres' && command.includes(folder);
}

async function isRun(pid: number): Promise<boolean> {
  return isAlive(pid) && programOf(await commandOf(pid)).startsWith('node');
}

function programOf(command: readonly string[]): string {
  return basename(command[0] ?? '');
}

/** Program and arguments; empty if the system does not report them. */
async function commandOf(pid: number): Promise<readonly string[]> {
  try {
    return (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0');
  } catch {
    const output = await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => undefined);
    return output?.stdout.trim().split(' ') ?? [];
  }
}
