/** `npm start` stops everything, whichever of its processes gets a signal or is killed. */
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const WAIT_MS = 180_000;

let home: string;
beforeAll(() => {
  home = mkdtempSync(join(tmpdir(), 'yiwang-stop-'));
  chmodSync(home, 0o755);
});
/** A test that fails leaves nothing behind. */
afterEach(() => {
  for (const { pid } of processesOf(home)) process.kill(pid, 'SIGKILL');
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
}

/** Processes with the folder in their arguments. */
function processesOf(folder: string): readonly Process[] {
  const lines = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' }).split('\n');
  return lines.flatMap((line) => {
    const [, pid, parent, command] = /^\s*(\d+)\s+(\d+)\s+(.*)$/.exec(line) ?? [];
    return command?.includes(folder) && !command.startsWith('ps ')
      ? [{ pid: Number(pid), parent: Number(parent), command }]
      : [];
  });
}

/** Starts through npm, and resolves when the network is ready. */
async function startByNpm(folder: string): Promise<void> {
  const { NODE_OPTIONS: _, ...env } = process.env;
  const npm = spawn('npm', ['start', '--silent', '--', '--data', folder, '--scale', '0.01'], {
    cwd: ROOT,
    // In a group of its own, so that a signal to one of its processes reaches no other.
    detached: true,
    env: { ...env, PORT: '0' },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let output = '';
  npm.stdout.on('data', (chunk) => {
    output += chunk;
  });
  while (!output.includes('Stop all')) {
    if (npm.exitCode !== null) throw new Error(`npm start ended: ${output}`);
    await pause(50);
  }
}

test.each([
  ['SIGINT to npm alone', 'SIGINT', /^npm start/],
  ['SIGKILL to npm alone', 'SIGKILL', /^npm start/],
  ['SIGKILL to the supervisor', 'SIGKILL', /scripts\/demo\/network\/main\.ts/],
] as const)(
  '%s stops platforms, gateway and PostgreSQL',
  async (name, signal, victim) => {
    const folder = join(home, name.replaceAll(' ', '-').toLowerCase());
    await startByNpm(folder);
    const before = processesOf(folder);
    expect(before.some(({ command }) => /postgres -D/.test(command))).toBe(true);
    process.kill(before.find(({ command }) => victim.test(command))!.pid, signal);
    while (processesOf(folder).length > 0) await pause(50);
    expect(existsSync(join(folder, 'postgres', 'postmaster.pid'))).toBe(false);
    expect(readdirSync(folder)).toContain('postgres');
  },
  WAIT_MS,
);
