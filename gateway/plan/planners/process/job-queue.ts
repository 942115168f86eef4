/** Operations on their way to a planner's process: which may go, and what becomes of those that a process took with it. */
import type { RawPlan } from '../load-planner.js';

export interface Job {
  readonly id: number;
  readonly operation: string;
  readonly operationName: string | undefined;
  /** What percentages of `@override` are compared with. */
  readonly draw?: number | undefined;
  resolve(plan: RawPlan): void;
  reject(reason: unknown): void;
}

export interface JobQueue {
  /** All of them. */
  readonly size: number;
  /** Those that a process has. */
  readonly activeCount: number;
  add(job: Job): void;
  /** One that may go, and counts as gone; undefined where none may. */
  startNext(): Job | undefined;
  /** The job is done with; undefined where it is already. */
  finish(id: number): Job | undefined;
  /**
   * The process ended by itself: each job that it had is tried once more, alone, so that it shows which of them ends processes.
   * Gives those that it ended with alone `soloCrashesMax` times, which are done with.
   */
  onProcessExit(): readonly Job[];
  /** The process was ended for another reason: the jobs that it had go before all others. */
  requeueActive(): void;
  /** All of them, done with. */
  clear(): readonly Job[];
}

export interface JobQueueOptions {
  /** With a process at a time. */
  readonly concurrencyMax: number;
  /** So many times a process may end with a job alone before the job is given up. */
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
