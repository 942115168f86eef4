/**
 * A planner in a child process: what ends the process, or does not end, takes no other operation with it. A few operations at a
 * time are with the child, and the clock of each runs only there. After a child was lost, another stands by for a while.
 */
import { PublicError } from '../model/errors.ts';
import type { Limits } from '../model/limits.ts';
import { type ChildEvents, type ChildLimits, type PlannerChild, startChild } from './child.ts';
import { createJobs, type Job, type Jobs } from './jobs.ts';
import type { PlannerSpec } from './planners.js';
import type { PlannerHost } from './port.ts';
import { createStandby } from './standby.ts';

export type ProcessLimits = ChildLimits & Pick<Limits, 'plansWaitingMax' | 'plannerIdleMs'>;

/** The operation ended the planner's process. */
export class PlannerEndedError extends Error {}

export interface PlannerProcess extends PlannerHost {
  /** Of the child; undefined while there is none. */
  pid(): number | undefined;
}

/**
 * The Rust planner has four threads, Apollo's has one. What ended the first is planned by the second at once; after that there is none,
 * so that the process gets a second chance, with empty memory.
 */
const JOB_RULES = { hive: { atOnceMax: 4, aloneMax: 1 }, apollo: { atOnceMax: 1, aloneMax: 2 } } as const;

/** Throws where the planner does not accept the supergraph. `isSpare`: the child ends after `plannerIdleMs` without work. */
export async function startPlannerProcess(
  spec: PlannerSpec,
  isSpare: boolean,
  limits: ProcessLimits,
): Promise<PlannerProcess> {
  const jobs = createJobs(JOB_RULES[spec.kind]);
  const standby = createStandby(spec, limits);
  let child: PlannerChild | undefined;
  let idle: NodeJS.Timeout | undefined;
  let isReplaced = false;
  let isStarting = false;
  let isClosed = false;
  let nextId = 1;

  const endChild = (): void => {
    child?.end();
    child = undefined;
  };
  const events = eventsOf(spec, limits, {
    jobs,
    work: () => work(),
    loseChild: () => {
      endChild();
      isReplaced = true;
    },
  });
  const start = async (): Promise<void> => {
    isStarting = true;
    try {
      const started = await (standby.take(events) ?? startChild(spec, limits, events));
      if (isClosed) started.end();
      else child = started;
      if (isReplaced && !isClosed) standby.prepare();
    } finally {
      isStarting = false;
    }
    work();
  };
  /** Called whenever something has changed. */
  const work = (): void => {
    clearTimeout(idle);
    if (isClosed || isStarting) return;
    if (!child) {
      if (jobs.size === 0) return;
      start().catch((reason) => rejectAll(jobs, reason));
      return;
    }
    for (let job = jobs.next(); job; job = jobs.next()) child.ask(job);
    child.hold(jobs.working > 0);
    if (isSpare && jobs.size === 0) idle = setTimeout(endChild, limits.plannerIdleMs).unref();
  };

  await start();
  return {
    pid: () => child?.pid,
    plan: (operation, operationName, draw) =>
      new Promise((resolve, reject) => {
        if (isClosed) return reject(new Error('the planner is closed'));
        if (jobs.size >= limits.plansWaitingMax) return reject(tooMany(limits.plansWaitingMax));
        jobs.add({ id: nextId++, operation, operationName, draw, resolve, reject });
        work();
      }),
    close() {
      isClosed = true;
      clearTimeout(idle);
      endChild();
      standby.close();
      rejectAll(jobs, new Error('the planner is closed'));
    },
  };
}

interface Parts {
  readonly jobs: Jobs;
  work(): void;
  loseChild(): void;
}

/** What becomes of operations by what the child says and does. */
function eventsOf({ kind }: PlannerSpec, { planMs }: ProcessLimits, parts: Parts): ChildEvents {
  const { jobs, work, loseChild } = parts;
  const settle = (id: number, how: (job: Job) => void): void => {
    const job = jobs.take(id);
    if (job) how(job);
    work();
  };
  return {
    onPlan: (id, plan) => settle(id, (job) => job.resolve(plan)),
    onFailure: (id, reason) => settle(id, (job) => job.reject(new Error(reason))),
    onLate(id) {
      loseChild();
      settle(id, (job) => {
        jobs.putBack();
        job.reject(tooLong(planMs));
      });
    },
    onExit(reason) {
      loseChild();
      const error = new PlannerEndedError(`the operation ended the planner ${kind}: ${reason}`);
      for (const job of jobs.lose()) job.reject(error);
      work();
    },
  };
}

function rejectAll(jobs: Jobs, reason: unknown): void {
  for (const job of jobs.clear()) job.reject(reason);
}

function tooLong(planMs: number): PublicError {
  const message = `The operation takes more than ${planMs} ms to plan; ask for less at a time.`;
  return new PublicError('TOO_COSTLY', message, { extensions: { limit: 'planMs', max: planMs } });
}

function tooMany(plansWaitingMax: number): PublicError {
  const message = `${plansWaitingMax} operations wait to be planned already; ask again later.`;
  return new PublicError('OVERLOADED', message, { extensions: { limit: 'plansWaitingMax', max: plansWaitingMax } });
}
