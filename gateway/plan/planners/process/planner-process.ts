/**
 * A planner in a child process, so that an operation which ends the process, or never ends, affects no other operation.
 * The child has a few operations at a time, and the time of each counts only there. After a child was lost, another one
 * stands by for a while.
 */
import { PublicError } from '../../../model/errors.ts';
import type { Limits } from '../../../model/limits.ts';
import { createOverloadError } from '../../overload-error.ts';
import type { PlannerSpec, RawPlan } from '../load-planner.js';
import type { PlannerHost } from '../planner-host.ts';
import { createJobQueue, type Job, type JobQueue } from './job-queue.ts';
import { type ChildLimits, type ChildListener, type PlannerChild, startChild } from './planner-child.ts';
import { createStandbyChild, type StandbyChild } from './standby-child.ts';

export type PlannerProcessLimits = ChildLimits & Pick<Limits, 'plansWaitingMax' | 'plannerIdleMs'>;

/** The operation ended the planner's process. */
export class PlannerCrashedError extends Error {}

export interface PlannerProcess extends PlannerHost {
  /** Of the child; undefined while there is none. */
  pid(): number | undefined;
}

/**
 * The Rust planner has four threads, Apollo's has one. If an operation ends the Rust planner's process, Apollo's plans
 * it; if it ends Apollo's, it is tried once more, in a process with empty memory.
 */
const QUEUE_OPTIONS = {
  hive: { concurrencyMax: 4, soloCrashesMax: 1 },
  apollo: { concurrencyMax: 1, soloCrashesMax: 2 },
} as const;

/**
 * Throws an `Error` if the planner does not accept the supergraph. `isFallback`: the child ends after `plannerIdleMs`
 * without work.
 */
export async function startPlannerProcess(
  spec: PlannerSpec,
  isFallback: boolean,
  limits: PlannerProcessLimits,
): Promise<PlannerProcess> {
  const host = new ProcessHost(spec, isFallback, limits);
  await host.start();
  return host;
}

class ProcessHost implements PlannerProcess, ChildListener {
  readonly #spec: PlannerSpec;
  readonly #isFallback: boolean;
  readonly #limits: PlannerProcessLimits;
  readonly #jobs: JobQueue;
  readonly #standby: StandbyChild;
  #child: PlannerChild | undefined;
  #idleTimer: NodeJS.Timeout | undefined;
  #hasLostChild = false;
  #isStarting = false;
  #isClosed = false;
  #nextId = 1;

  constructor(spec: PlannerSpec, isFallback: boolean, limits: PlannerProcessLimits) {
    this.#spec = spec;
    this.#isFallback = isFallback;
    this.#limits = limits;
    this.#jobs = createJobQueue(QUEUE_OPTIONS[spec.kind]);
    this.#standby = createStandbyChild(spec, limits);
  }

  pid(): number | undefined {
    return this.#child?.pid;
  }

  plan(operation: string, operationName: string | undefined, draw?: number): Promise<RawPlan> {
    return new Promise((resolve, reject) => {
      const { plansWaitingMax } = this.#limits;
      if (this.#isClosed) return reject(new Error('the planner is closed'));
      if (this.#jobs.size >= plansWaitingMax) return reject(createOverloadError(plansWaitingMax, plansWaitingMax));
      this.#jobs.add({ id: this.#nextId++, operation, operationName, draw, resolve, reject });
      this.#dispatch();
    });
  }

  close(): void {
    this.#isClosed = true;
    clearTimeout(this.#idleTimer);
    this.#killChild();
    this.#standby.close();
    this.#rejectAll(new Error('the planner is closed'));
  }

  async start(): Promise<void> {
    this.#isStarting = true;
    try {
      const child = await (this.#standby.takeOver(this) ?? startChild(this.#spec, this.#limits, this));
      if (this.#isClosed) child.kill();
      else this.#child = child;
      if (this.#hasLostChild && !this.#isClosed) this.#standby.start();
    } finally {
      this.#isStarting = false;
    }
    this.#dispatch();
  }

  onPlan(id: number, plan: RawPlan): void {
    this.#finish(id, (job) => job.resolve(plan));
  }

  onFailure(id: number, reason: string): void {
    this.#finish(id, (job) => job.reject(new Error(reason)));
  }

  onTimeout(id: number): void {
    this.#dropChild();
    this.#finish(id, (job) => {
      this.#jobs.requeueActive();
      job.reject(createTooCostlyError(this.#limits.planMs));
    });
  }

  onExit(reason: string): void {
    this.#dropChild();
    const error = new PlannerCrashedError(`the operation ended the planner ${this.#spec.kind}: ${reason}`);
    for (const job of this.#jobs.onProcessExit()) job.reject(error);
    this.#dispatch();
  }

  /** Called after every change of state. */
  #dispatch(): void {
    clearTimeout(this.#idleTimer);
    if (this.#isClosed || this.#isStarting) return;
    const child = this.#child;
    if (!child) {
      if (this.#jobs.size > 0) this.start().catch((reason) => this.#rejectAll(reason));
      return;
    }
    for (let job = this.#jobs.startNext(); job; job = this.#jobs.startNext()) child.plan(job);
    child.setReferenced(this.#jobs.activeCount > 0);
    if (!this.#isFallback || this.#jobs.size > 0) return;
    this.#idleTimer = setTimeout(() => this.#killChild(), this.#limits.plannerIdleMs).unref();
  }

  #finish(id: number, settle: (job: Job) => void): void {
    const job = this.#jobs.finish(id);
    if (job) settle(job);
    this.#dispatch();
  }

  #dropChild(): void {
    this.#killChild();
    this.#hasLostChild = true;
  }

  #killChild(): void {
    this.#child?.kill();
    this.#child = undefined;
  }

  #rejectAll(reason: unknown): void {
    for (const job of this.#jobs.clear()) job.reject(reason);
  }
}

function createTooCostlyError(planMs: number): PublicError {
  const message = `The operation takes more than ${planMs} ms to plan; ask for less at a time.`;
  return new PublicError('TOO_COSTLY', message, { extensions: { limit: 'planMs', max: planMs } });
}
