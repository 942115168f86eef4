/** A gate: so many may be inside at one time, and the rest wait, group by group in turns. */
import { createFairQueue } from './fair-queue.ts';

export interface Entrant {
  /** Those of one group take one turn together. */
  readonly group: object;
  /** Called when it is let in, perhaps before `enter` returns. */
  go(): void;
}

export interface Gate {
  /** False where the queue is full: `go` is not called then. */
  enter(entrant: Entrant): boolean;
  /** For one that was let in: makes room for the next. */
  leave(): void;
  /** For one that waits: true where it did. */
  withdraw(entrant: Entrant): boolean;
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
    if (queue.size >= this.#waitingMax) return false;
    queue.add(entrant.group, entrant);
    return true;
  }

  leave(): void {
    this.inside--;
    if (this.#queue.size > 0) this.#open();
  }

  withdraw(entrant: Entrant): boolean {
    return this.#queue.remove(entrant.group, entrant);
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
