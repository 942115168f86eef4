/** A gate: so many may be inside at one time, and the rest wait, group by group in turns. */
import { createFairQueue } from '../collections/fair-queue.ts';

export interface Waiter {
  /** Groups take turns, and within each group its parts. */
  readonly group: unknown;
  readonly part: unknown;
  /** Called when it is let in, perhaps before `enter` returns. */
  start(): void;
}

export interface ConcurrencyLimiter {
  /** False where the queue is full, and the group has its share of it: `go` is not called then. */
  acquire(waiter: Waiter): boolean;
  /** For one that was let in: makes room for the next. */
  release(): void;
  /** For one that waits: true where it did. */
  cancel(waiter: Waiter): boolean;
  /** How many would be let in before one more of the group, at most. */
  queuedAheadOf(group: unknown): number;
  /** True where the queue is full, and the group has its share of it. */
  isQueueFullFor(group: unknown): boolean;
  readonly running: number;
  readonly waiting: number;
}

export interface ConcurrencyLimiterOptions {
  /** How many may be inside; asked anew each time, and may change. */
  readonly runningMax: () => number;
  readonly queueMax: number;
}

export function createConcurrencyLimiter(options: ConcurrencyLimiterOptions): ConcurrencyLimiter {
  return new QueuedConcurrencyLimiter(options);
}

/** A class, so that the gates of hundreds of platforms have one shape. */
class QueuedConcurrencyLimiter implements ConcurrencyLimiter {
  readonly #queue = createFairQueue<Waiter>();
  readonly #insideMax: () => number;
  readonly #waitingMax: number;
  #isOpening = false;
  running = 0;

  constructor({ runningMax, queueMax }: ConcurrencyLimiterOptions) {
    this.#insideMax = runningMax;
    this.#waitingMax = queueMax;
  }

  get waiting(): number {
    return this.#queue.size;
  }

  acquire(waiter: Waiter): boolean {
    const queue = this.#queue;
    if (queue.size === 0 && this.running < this.#insideMax()) {
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

  /** A queue that others have filled has room for one with less than its share: of the queue, by those who wait. */
  isQueueFullFor(group: unknown): boolean {
    const queue = this.#queue;
    if (queue.size < this.#waitingMax) return false;
    const own = queue.sizeOf(group);
    return own * (own === 0 ? queue.groups + 1 : queue.groups) >= this.#waitingMax;
  }

  release(): void {
    this.running--;
    if (this.#queue.size > 0) this.#open();
  }

  cancel(waiter: Waiter): boolean {
    return this.#queue.remove(waiter.group, waiter.part, waiter);
  }

  #open(): void {
    // One that leaves as soon as it is let in makes room for the next in this same loop, not one call deeper.
    if (this.#isOpening) return;
    this.#isOpening = true;
    try {
      while (this.#queue.size > 0 && this.running < this.#insideMax()) {
        this.running++;
        this.#queue.take()!.start();
      }
    } finally {
      this.#isOpening = false;
    }
  }
}
