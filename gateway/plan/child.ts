/** One process with a planner in it: started, asked by messages, ended without ceremony. */
import { type ChildProcess, fork } from 'node:child_process';
import type { Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import type { Limits } from '../model/limits.ts';
import type { Job } from './jobs.ts';
import type { PlannerSpec, ProcessSpec, RawPlan } from './planners.js';

const MAIN = fileURLToPath(new URL('./planner-main.js', import.meta.url));
/** What a plan leaves behind is short-lived: a small nursery keeps the process small. */
const FLAGS = ['--no-warnings', '--max-semi-space-size=4'];
const MIB = 1_048_576;
const LAST_WORDS_MAX = 500;

export interface ChildEvents {
  onPlan(id: number, plan: RawPlan): void;
  /** The planner has no plan for the operation, and says why. */
  onFailure(id: number, reason: string): void;
  /** The plan has taken `planMs`. The process is stuck with it. */
  onLate(id: number): void;
  /** The process has ended by itself. Not called after `end`. */
  onExit(reason: string): void;
}

export interface PlannerChild {
  readonly pid: number;
  ask(job: Pick<Job, 'id' | 'operation' | 'operationName' | 'draw'>): void;
  /** Whether this process waits for the child before it ends itself. */
  hold(isHeld: boolean): void;
  end(): void;
}

export type ChildLimits = Pick<Limits, 'planMs' | 'plannerStartMs' | 'plannerBytesMax'>;

type Message =
  | { readonly ready: true }
  | { readonly id?: number; readonly failed: string }
  | ({ readonly id: number } & RawPlan);

/** Resolves when the supergraph is read. Throws where the planner does not accept it, or is not ready after `plannerStartMs`. */
export async function startChild(spec: PlannerSpec, limits: ChildLimits, events: ChildEvents): Promise<PlannerChild> {
  // Nothing of this process's environment is for a planner: no secrets, no loader.
  const child = fork(MAIN, [], {
    execArgv: [...FLAGS, `--max-old-space-size=${Math.ceil(limits.plannerBytesMax / MIB)}`],
    env: { APOLLO_TELEMETRY_DISABLED: '1' },
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  const ended = untilEnded(child);
  const clocks = new Map<number, NodeJS.Timeout>();
  const stopClock = (id: number): void => {
    clearTimeout(clocks.get(id));
    clocks.delete(id);
  };
  let isEnded = false;
  const end = (): void => {
    isEnded = true;
    for (const id of clocks.keys()) stopClock(id);
    child.kill('SIGKILL');
  };
  try {
    await untilReady(child, { ...spec, bytesMax: limits.plannerBytesMax }, ended, limits.plannerStartMs);
  } catch (error) {
    end();
    throw error;
  }
  child.on('message', (message: Message) => {
    if ('ready' in message || message.id === undefined) return;
    stopClock(message.id);
    if ('failed' in message) events.onFailure(message.id, message.failed);
    else events.onPlan(message.id, message);
  });
  void ended.then((reason) => {
    if (isEnded) return;
    end();
    events.onExit(reason);
  });
  return {
    pid: child.pid!,
    ask({ id, operation, operationName, draw }) {
      clocks.set(id, setTimeout(() => events.onLate(id), limits.planMs).unref());
      // Where a message cannot be sent, the end of the process is about to be heard of.
      child.send({ id, operation, operationName, draw }, () => {});
    },
    hold(isHeld) {
      const verb = isHeld ? 'ref' : 'unref';
      child[verb]();
      child.channel?.[verb]();
      (child.stderr as Socket | null)?.[verb]();
    },
    end,
  };
}

function untilReady(child: ChildProcess, spec: ProcessSpec, ended: Promise<string>, startMs: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (what: string): void => reject(new Error(`the planner ${spec.kind} ${what}`));
    const timer = setTimeout(() => fail(`was not ready within ${startMs} ms`), startMs);
    child.once('message', (message: Message) => {
      clearTimeout(timer);
      if ('ready' in message) resolve();
      else if ('failed' in message) reject(new Error(message.failed));
    });
    void ended.then((reason) => {
      clearTimeout(timer);
      fail(`ended before it was ready: ${reason}`);
    });
    child.send(spec, () => {});
  });
}

/** How it ended, with its last words: a planner that gives up writes them to its standard error. */
function untilEnded(child: ChildProcess): Promise<string> {
  let lastWords = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    lastWords = (lastWords + chunk.toString()).slice(-LAST_WORDS_MAX);
  });
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(`${signal ?? `code ${code}`} ${lastWords.trim()}`.trim()));
  });
}
