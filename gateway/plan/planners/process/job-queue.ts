/** Operations for a planner's process: which of them may start, and what happens to those in a process that ended. */
import type { RawPlan } from '../load-planner.js';

export interface Job {
  readonly id: number;
  readonly operation: string;
  readonly operationName: string | undefined;
  /** Compared with the percentages of `@override`. */
  readonly draw?: number | undefined;
  resolve(plan: RawPlan): void;
  reject(reason: unknown): void;
}

export interface JobQueue {
  /** Of all jobs. */
  readonly size: number;
  /** Of the jobs that a process has. */
  readonly activeCount: number;
  add(job: Job): void;
  /** Returns a job that may start, and counts it as active; undefined if none may. */
  startNext(): Job | undefined;
  /** Removes an active job; undefined if it is done already. */
  finish(id: number): Job | undefined;
  /**
   * The process ended by itself. Each of its jobs is tried once more, alone, which shows the one that ends processes.
   * Returns the jobs with which a process ended `soloCrashesMax` times when they were alone; they are done.
   */
  onProcessExit(): readonly Job[];
  /** The process was ended for another reason: its jobs go before all others. */
  requeueActive(): void;
  /** Removes all jobs, and returns them. */
  clear(): readonly Job[];
}

export interface JobQueueOptions {
  /** Jobs that one process has at a time. */
  readonly concurrencyMax: number;
  /** How often a process may end with one job alone before the job is rejected. */
  readonly soloCrashesMax: number;
}

export function createJobQueue({ concurrencyMax, soloCrashesMax }: JobQueueOptions): JobQueue {
  const waiting: Job[] = [];
  const suspects: Job[] = [];
  const suspected = new WeakSet<Job>();
  const soloCrashes = new WeakMap<Job, number>();
  const active = new Map<number, Job>();

  const removeActive = (): Job[] => {
    const jobs = [...active.values()];
    active.clear();
    return jobs;
  };
  const isSuspectActive = (): boolean => [...active.values()].some((job) => suspected.has(job));
  const choose = (): Job | undefined => {
    if (suspects.length > 0) return active.size === 0 ? suspects.shift() : undefined;
    return active.size < concurrencyMax && !isSuspectActive() ? waiting.shift() : undefined;
  };

  return {
    get size() {
      return waiting.length + suspects.length + active.size;
    },
    get activeCount() {
      return active.size;
    },
    add: (job) => void waiting.push(job),
    startNext() {
      const job = choose();
      if (job) active.set(job.id, job);
      return job;
    },
    finish(id) {
      const job = active.get(id);
      active.delete(id);
      return job;
    },
    onProcessExit() {
      const jobs = removeActive();
      const [only] = jobs;
      if (only && jobs.length === 1) {
        const crashes = (soloCrashes.get(only) ?? 0) + 1;
        if (crashes >= soloCrashesMax) return jobs;
        soloCrashes.set(only, crashes);
      }
      for (const job of jobs) {
        suspects.push(job);
        suspected.add(job);
      }
      return [];
    },
    requeueActive() {
      for (const job of removeActive()) (suspected.has(job) ? suspects : waiting).unshift(job);
    },
    clear: () => [...removeActive(), ...suspects.splice(0), ...waiting.splice(0)],
  };
}
