/** Operations on their way to a planner's process: which may go, and what becomes of those that a process took with it. */
import type { RawPlan } from './planners.js';

export interface Job {
  readonly id: number;
  readonly operation: string;
  readonly operationName: string | undefined;
  /** What percentages of `@override` are compared with. */
  readonly draw?: number | undefined;
  resolve(plan: RawPlan): void;
  reject(reason: unknown): void;
}

export interface Jobs {
  /** All of them. */
  readonly size: number;
  /** Those that a process has. */
  readonly working: number;
  add(job: Job): void;
  /** One that may go, and counts as gone; undefined where none may. */
  next(): Job | undefined;
  /** The job is done with; undefined where it is already. */
  take(id: number): Job | undefined;
  /**
   * The process ended by itself: each job that it had is tried once more, alone, so that it shows which of them ends processes.
   * Gives those that it ended with alone `aloneMax` times, which are done with.
   */
  lose(): readonly Job[];
  /** The process was ended for another reason: the jobs that it had go before all others. */
  putBack(): void;
  /** All of them, done with. */
  clear(): readonly Job[];
}

export interface JobRules {
  /** With a process at a time. */
  readonly atOnceMax: number;
  /** So many times a process may end with a job alone before the job is given up. */
  readonly aloneMax: number;
}

export function createJobs({ atOnceMax, aloneMax }: JobRules): Jobs {
  const waiting: Job[] = [];
  const suspects: Job[] = [];
  const tried = new WeakSet<Job>();
  const endedAlone = new WeakMap<Job, number>();
  const working = new Map<number, Job>();

  const takeAll = (): Job[] => {
    const jobs = [...working.values()];
    working.clear();
    return jobs;
  };
  const isSuspectAtWork = (): boolean => [...working.values()].some((job) => tried.has(job));
  const choose = (): Job | undefined => {
    if (suspects.length > 0) return working.size === 0 ? suspects.shift() : undefined;
    return working.size < atOnceMax && !isSuspectAtWork() ? waiting.shift() : undefined;
  };

  return {
    get size() {
      return waiting.length + suspects.length + working.size;
    },
    get working() {
      return working.size;
    },
    add: (job) => void waiting.push(job),
    next() {
      const job = choose();
      if (job) working.set(job.id, job);
      return job;
    },
    take(id) {
      const job = working.get(id);
      working.delete(id);
      return job;
    },
    lose() {
      const jobs = takeAll();
      const [alone] = jobs;
      if (alone && jobs.length === 1) {
        const times = (endedAlone.get(alone) ?? 0) + 1;
        if (times >= aloneMax) return jobs;
        endedAlone.set(alone, times);
      }
      for (const job of jobs) {
        suspects.push(job);
        tried.add(job);
      }
      return [];
    },
    putBack() {
      for (const job of takeAll()) (tried.has(job) ? suspects : waiting).unshift(job);
    },
    clear: () => [...takeAll(), ...suspects.splice(0), ...waiting.splice(0)],
  };
}
