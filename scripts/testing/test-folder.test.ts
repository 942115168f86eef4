/** `npm test` leaves no processes or files behind, even if it is killed. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { makeTestFolder, removeTestFolder } from './test-folder.js';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const NO_PROCESS = 2 ** 22 + 1;

let parent: string;
let running: ChildProcess | undefined;
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'yiwang-parent-'));
  chmodSync(parent, 0o711);
});
afterEach(async () => {
  running?.kill('SIGKILL');
  await removeTestFolder(parent);
});

async function until(isTrue: () => boolean): Promise<void> {
  while (!isTrue()) await pause(20);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function commandOf(pid: number): string {
  try {
    return execFileSync('ps', ['-o', 'comm=', '-p', String(pid)], { encoding: 'utf8' });
  } catch {
    return '';
  }
}

/** Process ids of all children, and of their children. */
function descendantsOf(pid: number): readonly number[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' }).trim().split('\n');
  const all = lines.map((line) => line.trim().split(/\s+/).map(Number));
  const below = (one: number): number[] =>
    all.flatMap(([child, above]) => (above === one ? [child!, ...below(child!)] : []));
  return below(pid);
}

/** The process id of a PostgreSQL server whose data lie in the folder. Another process may remove files meanwhile. */
function serverOf(folder: string): number | undefined {
  try {
    const names = readdirSync(folder, { recursive: true }).map(String);
    const file = names.find((name) => name.endsWith('/postmaster.pid'));
    return file === undefined
      ? undefined
      : Number(readFileSync(join(folder, file), 'utf8').split('\n')[0]) || undefined;
  } catch {
    return undefined;
  }
}

/** Runs a suite that uses PostgreSQL and resolves when a server of it is up. */
async function startTests(): Promise<{ run: ChildProcess; ended: Promise<number | null>; server: number }> {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const run = spawn(process.execPath, ['scripts/test.js', 'scripts/tools/postgres/postgres.test.ts'], {
    cwd: ROOT,
    env: { ...env, TMPDIR: parent },
    stdio: 'ignore',
  });
  const ended = new Promise<number | null>((resolve) => run.once('exit', resolve));
  running = run;
  await until(() => serverOf(parent) !== undefined);
  return { run, ended, server: serverOf(parent)! };
}

test('a run that is interrupted ends its PostgreSQL servers and removes its folder', async () => {
  const { run, ended, server } = await startTests();
  run.kill('SIGINT');
  run.kill('SIGINT');
  expect(await ended).not.toBe(0);
  expect(readdirSync(parent)).toEqual([]);
  expect(isAlive(server)).toBe(false);
});

test('a run removes the folder of a killed run', async () => {
  const { run, ended, server } = await startTests();
  const orphans = descendantsOf(run.pid!);
  run.kill('SIGKILL');
  await ended;
  // Only the PostgreSQL server outlives the run.
  await until(() => !orphans.some((pid) => isAlive(pid) && commandOf(pid).startsWith('node')));
  expect(readdirSync(parent)).toHaveLength(1);
  const folder = await makeTestFolder(parent);
  expect(readdirSync(parent).map((name) => join(parent, name))).toEqual([folder]);
  expect(isAlive(server)).toBe(false);
});

test('a run keeps the folder of another running test run, and folders that are not of tests', async () => {
  const folder = await makeTestFolder(parent);
  mkdirSync(join(parent, `yiwang-tests-${NO_PROCESS}-left`));
  mkdirSync(join(parent, 'yiwang-else'));
  const other = await makeTestFolder(parent);
  expect(readdirSync(parent).sort()).toEqual(
    [folder, other, join(parent, 'yiwang-else')].map((one) => one.slice(parent.length + 1)).sort(),
  );
  rmSync(other, { recursive: true });
});
