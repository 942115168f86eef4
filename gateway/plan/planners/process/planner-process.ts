/**
 * A planner in a child process: what ends the process, or does not end, takes no other operation with it. A few operations at a
 * time are with the child, and the clock of each runs only there. After a child was lost, another stands by for a while.
 */
import { PublicError } from '../../../model/errors.ts';
import type { Limits } from '../../../model/limits.ts';
import type { PlannerSpec } from '../load-planner.js';
import type { PlannerHost } from '../planner-host.ts';
import { createJobQueue, type Job, type JobQueue } from './job-queue.ts';
import { type ChildLimits, type ChildListener, type PlannerChild, startChild } from './planner-child.ts';
import { createStandbyChild } from './standby-child.ts';

export type PlannerProcessLimits = ChildLimits & Pick<Limits, 'plansWaitingMax' | 'plannerIdleMs'>;

/** The operation ended the planner's process. */
export class PlannerCrashedError extends Error {}

export interface PlannerProcess extends PlannerHost {
  /** Of the child; undefined while there is none. */
  pid(): number | undefined;
}

/**
 * The Rust planner has four threads, Apollo's has one. What ended the first is planned by the second at once; after that there is none,
 * so that the process gets a second chance, with empty memory.
 */
const QUEUE_OPTIONS = { hive: { atOnceMax: 4, aloneMax: 1 }, apollo: { atOnceMax: 1, aloneMax: 2 } } as const;

/** Throws where the planner does not accept the supergraph. `isSpare`: the child ends after `plannerIdleMs` without work. */
export async function startPlannerProcess(
  spec: PlannerSpec,
  isFallback: boolean,
  limits: PlannerProcessLimits,
): Promise<PlannerProcess> {
  const jobs = createJobQueue(QUEUE_OPTIONS[spec.kind]);
  const standby = createStandbyChild(spec, limits);
  let child: PlannerChild | undefined;
  let idleTimer: NodeJS.Timeout | undefined;
  let hasLostChild = false;
  let isStarting = false;
  let isClosed = false;
  let nextId = 1;

  const killChild = (): void => {
    child?.kill();
    child = undefined;
  };
  const listener = createChildListener(spec, limits, {
    jobs,
    dispatch: () => dispatch(),
    dropChild: () => {
      killChild();
      hasLostChild = true;
    },
  });
  const start = async (): Promise<void> => {
    isStarting = true;
    try {
      const started = await (standby.takeOver(listener) ?? startChild(spec, limits, listener));
      if (isClosed) started.kill();
      else child = started;
      if (hasLostChild && !isClosed) standby.start();
    } finally {
      isStarting = false;
    }
    dispatch();
  };
  /** Called whenever something has changed. */
  const dispatch = (): void => {
    clearTimeout(idleTimer);
    if (isClosed || isStarting) return;
    if (!child) {
      if (jobs.size === 0) return;
      start().catch((reason) => rejectAll(jobs, reason));
      return;
    }
    for (let job = jobs.startNext(); job; job = jobs.startNext()) child.plan(job);
    child.setReferenced(jobs.activeCount > 0);
    if (isFallback && jobs.size === 0) idleTimer = setTimeout(killChild, limits.plannerIdleMs).unref();
  };

  await start();
  return {
    pid: () => child?.pid,
    plan: (operation, operationName, draw) =>
      new Promise((resolve, reject) => {
        if (isClosed) return reject(new Error('the planner is closed'));
        if (jobs.size >= limits.plansWaitingMax) return reject(createOverloadError(limits.plansWaitingMax));
        jobs.add({ id: nextId++, operation, operationName, draw, resolve, reject });
        dispatch();
      }),
    close() {
      isClosed = true;
      clearTimeout(idleTimer);
      killChild();
      standby.close();
      rejectAll(jobs, new Error('the planner is closed'));
    },
  };
}

interface ProcessState {
  readonly jobs: JobQueue;
  dispatch(): void;
  dropChild(): void;
}

/** What becomes of operations by what the child says and does. */
function createChildListener(
  { kind }: PlannerSpec,
  { planMs }: PlannerProcessLimits,
  state: ProcessState,
): ChildListener {
  const { jobs, dispatch, dropChild } = state;
  const finishJob = (id: number, settleJob: (job: Job) => void): void => {
    const job = jobs.finish(id);
    if (job) settleJob(job);
    dispatch();
  };
  return {
    onPlan: (id, plan) => finishJob(id, (job) => job.resolve(plan)),
    onFailure: (id, reason) => finishJob(id, (job) => job.reject(new Error(reason))),
    onTimeout(id) {
      dropChild();
      finishJob(id, (job) => {
        jobs.requeueActive();
        job.reject(createTooCostlyError(planMs));
      });
    },
    onExit(reason) {
      dropChild();
      const error = new PlannerCrashedError(`the operation ended the planner ${kind}: ${reason}`);
      for (const job of jobs.onProcessExit()) job.reject(error);
      dispatch();
    },
  };
}

function rejectAll(jobs: JobQueue, reason: unknown): void {
  for (const job of jobs.clear()) job.reject(reason);
}

function createTooCostlyError(planMs: number): PublicError {
  const message = `The operation takes more than ${planMs} ms to plan; ask for less at a time.`;
  return new PublicError('TOO_COSTLY', message, { extensions: { limit: 'planMs', max: planMs } });
}

function createOverloadError(plansWaitingMax: number): PublicError {
  const message = `${plansWaitingMax} operations wait to be planned already; ask again later.`;
  return new PublicError('OVERLOADED', message, { extensions: { limit: 'plansWaitingMax', max: plansWaitingMax } });
}
