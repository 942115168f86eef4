/** A gate: so many may be inside at one time, and the rest wait, group by group in turns. */
import { createFairQueue } from './fair-queue.ts';

export interface Entrant {
  /** Groups take turns, and within each group its parts. */
  readonly group: unknown;
  readonly part: unknown;
  /** Called when it is let in, perhaps before `enter` returns. */
  go(): void;
}

export interface Gate {
  /** False where the queue is full, and the group has its share of it: `go` is not called then. */
  enter(entrant: Entrant): boolean;
  /** For one that was let in: makes room for the next. */
  leave(): void;
  /** For one that waits: true where it did. */
  withdraw(entrant: Entrant): boolean;
  /** How many would be let in before one more of the group, at most. */
  waitingBefore(group: unknown): number;
  /** True where the queue is full, and the group has its share of it. */
  isFullFor(group: unknown): boolean;
  readonly inside: number;
  readonly waiting: number;
}

export interface GateOptions {
  /** How many may be inside; asked anew each time, and may change. */
  readonly insideMax: () => number;
  readonly waitingMax: number;
}

export function createGate(options: GateOptions): Gate {
  return new QueuedGate(options);
}

/** A class, so that the gates of hundreds of platforms have one shape. */
class QueuedGate implements Gate {
  readonly #queue = createFairQueue<Entrant>();
  readonly #insideMax: () => number;
  readonly #waitingMax: number;
  #isOpening = false;
  inside = 0;

  constructor({ insideMax, waitingMax }: GateOptions) {
    this.#insideMax = insideMax;
    this.#waitingMax = waitingMax;
  }

  get waiting(): number {
    return this.#queue.size;
  }

  enter(entrant: Entrant): boolean {
    const queue = this.#queue;
    if (queue.size === 0 && this.inside < this.#insideMax()) {
      this.inside++;
      entrant.go();
      return true;
    }
    if (this.isFullFor(entrant.group)) return false;
    queue.add(entrant.group, entrant.part, entrant);
    return true;
  }

  waitingBefore(group: unknown): number {
    const { size, groups } = this.#queue;
    return Math.min(size, (this.#queue.sizeOf(group) + 1) * groups);
  }

  /** A queue that others have filled has room for one with less than its share: of the queue, by those who wait. */
  isFullFor(group: unknown): boolean {
    const queue = this.#queue;
    if (queue.size < this.#waitingMax) return false;
    const own = queue.sizeOf(group);
    return own * (own === 0 ? queue.groups + 1 : queue.groups) >= this.#waitingMax;
  }

  leave(): void {
    this.inside--;
    if (this.#queue.size > 0) this.#open();
  }

  withdraw(entrant: Entrant): boolean {
    return this.#queue.remove(entrant.group, entrant.part, entrant);
  }

  #open(): void {
    // One that leaves as soon as it is let in makes room for the next in this same loop, not one call deeper.
    if (this.#isOpening) return;
    this.#isOpening = true;
    try {
      while (this.#queue.size > 0 && this.inside < this.#insideMax()) {
        this.inside++;
        this.#queue.take()!.go();
      }
    } finally {
      this.#isOpening = false;
    }
  }
}
