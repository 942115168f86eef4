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

export function createGate({ insideMax, waitingMax }: GateOptions): Gate {
  const queue = createFairQueue<Entrant>();
  let inside = 0;
  let isOpening = false;
  const open = (): void => {
    // One that leaves as soon as it is let in makes room for the next in this same loop, not one call deeper.
    if (isOpening) return;
    isOpening = true;
    try {
      while (queue.size > 0 && inside < insideMax()) {
        inside++;
        queue.take()!.go();
      }
    } finally {
      isOpening = false;
    }
  };
  return {
    enter(entrant) {
      if (inside < insideMax() && queue.size === 0) {
        inside++;
        entrant.go();
        return true;
      }
      if (queue.size >= waitingMax) return false;
      queue.add(entrant.group, entrant);
      return true;
    },
    leave() {
      inside--;
      open();
    },
    withdraw: (entrant) => queue.remove(entrant.group, entrant),
    get inside() {
      return inside;
    },
    get waiting() {
      return queue.size;
    },
  };
}
