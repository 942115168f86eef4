/** One child process with a planner: it is started, sent messages, and killed. */
import { type ChildProcess, fork } from 'node:child_process';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Limits } from '../../../model/limits.ts';
import type { PlannerSpec, ProcessSpec, RawPlan } from '../load-planner.js';
import type { Job } from './job-queue.ts';

const PLANNER_MAIN = fileURLToPath(new URL('./planner-main.js', import.meta.url));
/** Plans are short-lived: a small young generation keeps the process small. */
const NODE_FLAGS = ['--no-warnings', '--max-semi-space-size=4'];
const MIB = 1_048_576;
const STDERR_CHARACTERS_MAX = 500;

export interface ChildListener {
  onPlan(id: number, plan: RawPlan): void;
  /** The planner has no plan for the operation. */
  onFailure(id: number, reason: string): void;
  /** Planning took `planMs`; the process is stuck with it. */
  onTimeout(id: number): void;
  /** The process ended by itself. Not called after `kill`. */
  onExit(reason: string): void;
}

export interface PlannerChild {
  readonly pid: number;
  plan(job: Pick<Job, 'id' | 'operation' | 'operationName' | 'draw'>): void;
  /** Whether this process waits for the child before it ends. */
  setReferenced(isReferenced: boolean): void;
  kill(): void;
}

export type ChildLimits = Pick<Limits, 'planMs' | 'plannerStartMs' | 'plannerBytesMax'>;

type PlannerMessage =
  | { readonly ready: true }
  | { readonly id?: number; readonly failed: string }
  | ({ readonly id: number } & RawPlan);

/**
 * Resolves when the planner has read the supergraph. Throws an `Error` if the planner does not accept it, or is not
 * ready within `plannerStartMs`.
 */
export async function startChild(
  spec: PlannerSpec,
  limits: ChildLimits,
  listener: ChildListener,
): Promise<PlannerChild> {
  // The child gets nothing of this process's environment: no secrets, no loader.
  const child = fork(PLANNER_MAIN, [], {
    execArgv: [...NODE_FLAGS, `--max-old-space-size=${Math.ceil(limits.plannerBytesMax / MIB)}`],
    env: { APOLLO_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const exited = waitUntilExited(child);
  const timers = new Map<number, NodeJS.Timeout>();
  const stopTimer = (id: number): void => {
    clearTimeout(timers.get(id));
    timers.delete(id);
  };
  let isKilled = false;
  const kill = (): void => {
    isKilled = true;
    for (const id of timers.keys()) stopTimer(id);
    child.kill('SIGKILL');
  };
  try {
    await waitUntilReady(child, { ...spec, bytesMax: limits.plannerBytesMax }, exited, limits.plannerStartMs);
  } catch (error) {
    kill();
    throw error;
  }
  child.on('message', (message: PlannerMessage) => {
    if ('ready' in message || message.id === undefined) return;
    stopTimer(message.id);
    if ('failed' in message) listener.onFailure(message.id, message.failed);
    else listener.onPlan(message.id, message);
  });
  void exited.then((reason) => {
    if (isKilled) return;
    kill();
    listener.onExit(reason);
  });
  return {
    pid: child.pid!,
    plan({ id, operation, operationName, draw }) {
      timers.set(id, setTimeout(() => listener.onTimeout(id), limits.planMs).unref());
      // If a message cannot be sent, `onExit` is about to be called.
      child.send({ id, operation, operationName, draw }, () => {});
    },
    setReferenced(isReferenced) {
      const verb = isReferenced ? 'ref' : 'unref';
      child[verb]();
      child.channel?.[verb]();
      (child.stderr as Socket | null)?.[verb]();
    },
    kill,
  };
}

function waitUntilReady(
  child: ChildProcess,
  spec: ProcessSpec,
  exited: Promise<string>,
  startMs: number,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (what: string): void => reject(new Error(`the planner ${spec.kind} ${what}`));
    const timer = setTimeout(() => fail(`was not ready within ${startMs} ms`), startMs);
    child.once('message', (message: PlannerMessage) => {
      clearTimeout(timer);
      if ('ready' in message) resolve();
      else if ('failed' in message) reject(new Error(message.failed));
    });
    void exited.then((reason) => {
      clearTimeout(timer);
      fail(`ended before it was ready: ${reason}`);
    });
    child.send(spec, () => {});
  });
}

/** Resolves with how the process ended and the end of its standard error, where a planner that panics writes why. */
function waitUntilExited(child: ChildProcess): Promise<string> {
  let stderrTail = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    stderrTail = (stderrTail + chunk.toString()).slice(-STDERR_CHARACTERS_MAX);
  });
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(`${signal ?? `code ${code}`} ${stderrTail.trim()}`.trim()));
  });
}
