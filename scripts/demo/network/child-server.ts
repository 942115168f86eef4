/** One server process of the network: starts it, waits until it is ready, stops it with a signal. */
import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { SetupError } from '../../tools/postgres/index.ts';

export interface ChildServerSpec {
  /** As users know it, e.g. `municipal/420100` or `gateway`. */
  readonly id: string;
  /** The module to run. */
  readonly entry: URL;
  readonly args?: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Where its output goes. */
  readonly logFile: string;
}

export interface ChildServer {
  readonly pid: number;
  /** Resolves when the process is gone: an exit code, or the name of the signal that ended it. */
  readonly ended: Promise<number | string>;
  /** Sends SIGTERM, then SIGKILL if that is not enough. Resolves when the process is gone. */
  stop(): Promise<void>;
}

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const EXIT_WITH_PARENT = new URL('../../tools/process/exit-with-parent.js', import.meta.url).href;
const READY_WAIT_MS = 60_000;
const STOP_WAIT_MS = 12_000;
const OUTPUT_LINES_MAX = 20;

/**
 * Resolves when the process prints a JSON line with `"ready": true` or `"kind": "ready"`. Throws a `SetupError` with its last output
 * if it ends earlier or is not ready in time.
 */
export async function startChildServer(spec: ChildServerSpec): Promise<ChildServer> {
  // In a process group of its own, so that Ctrl-C reaches the supervisor only, which stops the children in order.
  const child = spawn(
    process.execPath,
    ['--no-warnings', '--import', 'tsx', '--import', EXIT_WITH_PARENT, fileURLToPath(spec.entry), ...(spec.args ?? [])],
    { cwd: ROOT, env: spec.env, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] },
  );
  const ended = new Promise<number | string>((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('exit', (code, signal) => resolve(code ?? signal ?? 'unknown'));
  });
  const stop = () => stopChildServer(child, ended);
  try {
    await untilReady(child, spec, ended);
  } catch (error) {
    await stop();
    throw error;
  }
  return { pid: child.pid!, ended, stop };
}

function untilReady(child: ChildProcess, spec: ChildServerSpec, ended: Promise<number | string>): Promise<void> {
  const log = createWriteStream(spec.logFile, { flags: 'a' });
  const recentLines: string[] = [];
  return new Promise((resolve, reject) => {
    const fail = (what: string) => {
      const words = recentLines.join(' ').replace(/\s+/g, ' ').slice(-500);
      reject(new SetupError(`${spec.id} ${what}${words ? `: ${words}` : ''} (see ${spec.logFile})`));
    };
    const timer = setTimeout(() => fail(`was not ready within ${READY_WAIT_MS / 1000} s`), READY_WAIT_MS);
    const recordLine = (line: string) => {
      log.write(`${line}\n`);
      recentLines.push(line);
      if (recentLines.length > OUTPUT_LINES_MAX) recentLines.shift();
    };
    createInterface({ input: child.stderr! }).on('line', recordLine);
    createInterface({ input: child.stdout! }).on('line', (line) => {
      recordLine(line);
      if (!isReady(line)) return;
      clearTimeout(timer);
      resolve();
    });
    void ended.then((exit) => {
      clearTimeout(timer);
      log.end();
      fail(`ended (${exit}) before it was ready`);
    });
  });
}

function isReady(line: string): boolean {
  if (!line.startsWith('{')) return false;
  try {
    const message = JSON.parse(line) as { ready?: unknown; kind?: unknown };
    return message.ready === true || message.kind === 'ready';
  } catch {
    return false;
  }
}

async function stopChildServer(child: ChildProcess, ended: Promise<number | string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WAIT_MS);
  await ended;
  clearTimeout(timer);
}
