/** A measured server as a process: starts it on its core, waits until it answers, reads its CPU time and memory, stops it. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ServerSpec {
  readonly name: string;
  /** Arguments for Node. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly port: number;
  /** List of cores for `taskset`; undefined for any. */
  readonly cores: string | undefined;
}

export interface ServerProcess {
  readonly pid: number;
  usage(): Usage;
  stop(): Promise<void>;
}

export interface Usage {
  /** CPU time since the start, of all threads and child processes. */
  readonly cpuMs: number;
  readonly rssBytes: number;
  /** Peak resident memory; undefined if the system does not report it. */
  readonly rssPeakBytes: number | undefined;
}

const EXIT_WITH_PARENT = new URL('../../tools/process/exit-with-parent.js', import.meta.url).href;
const READY_WAIT_MS = 60_000;
const STOP_WAIT_MS = 5_000;
const OUTPUT_CHARACTERS_MAX = 2_000;

/** Resolves when the server answers HTTP. Throws an `Error` with its last output if it exits first or takes too long. */
export async function startServer(spec: ServerSpec): Promise<ServerProcess> {
  const [command, args] = commandOf(spec);
  const child = spawn(command, args, {
    cwd: spec.cwd,
    env: { ...environmentWithoutOptions(), ...spec.env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  let output = '';
  const appendOutput = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-OUTPUT_CHARACTERS_MAX);
  };
  child.stdout!.on('data', appendOutput);
  child.stderr!.on('data', appendOutput);
  const server: ServerProcess = { pid: child.pid!, usage: () => readUsage(child.pid!), stop: () => stop(child) };
  try {
    await untilAnswering(child, spec);
  } catch (error) {
    await server.stop();
    throw new Error(`${spec.name} ${(error as Error).message}: ${output.trim()}`, { cause: error });
  }
  return server;
}

function commandOf({ args, cores }: ServerSpec): [string, string[]] {
  const node = ['--no-warnings', '--import', EXIT_WITH_PARENT, ...args];
  return cores === undefined ? [process.execPath, node] : ['taskset', ['-c', cores, process.execPath, ...node]];
}

/** `NODE_OPTIONS` of this process are not for the servers. */
function environmentWithoutOptions(): NodeJS.ProcessEnv {
  const { NODE_OPTIONS: _options, ...rest } = { ...process.env };
  return rest;
}

async function untilAnswering(child: ChildProcess, { port }: ServerSpec): Promise<void> {
  const until = performance.now() + READY_WAIT_MS;
  for (;;) {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error('ended before it was ready');
    if (performance.now() > until) throw new Error(`was not ready within ${READY_WAIT_MS / 1_000} s`);
    const answered = await fetch(`http://127.0.0.1:${port}/graphql`).then(
      async (response) => (await response.arrayBuffer()) !== undefined,
      () => false,
    );
    if (answered) return;
    await sleep(50);
  }
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_WAIT_MS);
  await ended;
  clearTimeout(timer);
}

/** Linux counts CPU time in hundredths of a second. */
const TICK_MS = 10;

/** Of a process and its children. */
export function readUsage(pid: number): Usage {
  if (process.platform !== 'linux') return readUsageOfPs(pid);
  const all = [readUsageOfProc(pid), ...childrenOf(pid).map((child) => withoutShared(child, readUsageOfProc(child)))];
  const sum = (read: (usage: Usage) => number): number => all.reduce((total, usage) => total + read(usage), 0);
  return {
    cpuMs: sum(({ cpuMs }) => cpuMs),
    rssBytes: sum(({ rssBytes }) => rssBytes),
    rssPeakBytes: sum(({ rssPeakBytes }) => rssPeakBytes ?? 0),
  };
}

function childrenOf(pid: number): number[] {
  const text = readText(`/proc/${pid}/task/${pid}/children`);
  const children = text.split(' ').filter(Boolean).map(Number);
  return children.flatMap((child) => [child, ...childrenOf(child)]);
}

function readUsageOfProc(pid: number): Usage {
  // The name, in brackets, may contain blanks. User and system time are the 12th and 13th fields after it.
  const fields = readText(`/proc/${pid}/stat`).split(') ').at(-1)!.split(' ');
  const status = readText(`/proc/${pid}/status`);
  const bytesOf = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0) * 1_024;
  return {
    cpuMs: (Number(fields[11] ?? 0) + Number(fields[12] ?? 0)) * TICK_MS,
    rssBytes: bytesOf('VmRSS'),
    rssPeakBytes: bytesOf('VmHWM'),
  };
}

/** Leaves out memory that a child shares with its parent, which would count twice. */
function withoutShared(pid: number, usage: Usage): Usage {
  const rollup = readText(`/proc/${pid}/smaps_rollup`);
  const shared = [...rollup.matchAll(/^Shared_\w+:\s+(\d+) kB$/gm)].reduce(
    (total, [, kib]) => total + Number(kib) * 1_024,
    0,
  );
  const rssPeakBytes = usage.rssPeakBytes === undefined ? undefined : usage.rssPeakBytes - shared;
  return { ...usage, rssBytes: usage.rssBytes - shared, rssPeakBytes };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

function readUsageOfPs(pid: number): Usage {
  const answer = execFileSync('ps', ['-o', 'time=,rss=', '-p', String(pid)], { encoding: 'utf8' });
  const [time = '0', rss = '0'] = answer.trim().split(/\s+/);
  const seconds = time.split(':').reduce((total, part) => total * 60 + Number(part), 0);
  return { cpuMs: seconds * 1_000, rssBytes: Number(rss) * 1_024, rssPeakBytes: undefined };
}
