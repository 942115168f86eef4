/** Runs a bounded number of waiters at one time. The others queue, and groups take turns. */
import { createFairQueue } from '../collections/fair-queue.ts';
import type { Waiter } from './waiter.ts';

export interface ConcurrencyLimiter {
  /**
   * Starts the waiter, at once if there is room. Returns false if the queue is full for its group: the waiter is not
   * started then.
   */
  acquire(waiter: Waiter): boolean;
  /** To be called once for each waiter that was started: starts the next. */
  release(): void;
  /** Returns false if the waiter was not in the queue. */
  cancel(waiter: Waiter): boolean;
  /** Returns how many waiters at most would start before one more of the group. */
  queuedAheadOf(group: unknown): number;
  /** Returns true if the queue is full and the group has its share of it. */
  isQueueFullFor(group: unknown): boolean;
  readonly running: number;
  readonly waiting: number;
}

export interface ConcurrencyLimiterOptions {
  /** How many may run; the limiter asks each time, so the bound may change. */
  readonly runningMax: () => number;
  readonly queueMax: number;
}

export function createConcurrencyLimiter(options: ConcurrencyLimiterOptions): ConcurrencyLimiter {
  return new QueuedConcurrencyLimiter(options);
}

/** A class, so that hundreds of limiters share one hidden class. */
class QueuedConcurrencyLimiter implements ConcurrencyLimiter {
  readonly #queue = createFairQueue<Waiter>();
  readonly #runningMax: () => number;
  readonly #queueMax: number;
  #isStarting = false;
  running = 0;

  constructor({ runningMax, queueMax }: ConcurrencyLimiterOptions) {
    this.#runningMax = runningMax;
    this.#queueMax = queueMax;
  }

  get waiting(): number {
    return this.#queue.size;
  }

  acquire(waiter: Waiter): boolean {
    const queue = this.#queue;
    if (queue.size === 0 && this.running < this.#runningMax()) {
      this.running++;
      waiter.start();
      return true;
    }
    if (this.isQueueFullFor(waiter.group)) return false;
    queue.add(waiter.group, waiter.part, waiter);
    return true;
  }

  queuedAheadOf(group: unknown): number {
    const { size, groups } = this.#queue;
    return Math.min(size, (this.#queue.sizeOf(group) + 1) * groups);
  }

  /** A full queue still takes a group that has less than its share: the queue divided by the groups that wait. */
  isQueueFullFor(group: unknown): boolean {
    const queue = this.#queue;
    if (queue.size < this.#queueMax) return false;
    const own = queue.sizeOf(group);
    return own * (own === 0 ? queue.groups + 1 : queue.groups) >= this.#queueMax;
  }

  release(): void {
    this.running--;
    if (this.#queue.size > 0) this.#startNext();
  }

  cancel(waiter: Waiter): boolean {
    return this.#queue.remove(waiter.group, waiter.part, waiter);
  }

  #startNext(): void {
    // A waiter that releases inside `start` makes room for the next in this same loop, not one call deeper.
    if (this.#isStarting) return;
    this.#isStarting = true;
    try {
      while (this.#queue.size > 0 && this.running < this.#runningMax()) {
        this.running++;
        this.#queue.take()!.start();
      }
    } finally {
      this.#isStarting = false;
    }
  }
}
