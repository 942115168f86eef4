/**
 * Starts a bounded number of waiters in each turn of the event loop. Under overload, work that has started finishes
 * before more starts: less memory is held, and the slowest waiter waits little longer than the others. An idle loop
 * starts everybody at once.
 */
import { createFairQueue } from '../collections/fair-queue.ts';
import type { Waiter } from './waiter.ts';

export interface AdmissionQueue {
  /**
   * Reports a new connection. The loop accepts one in each turn, so more may be pending behind it: the queue then
   * pauses for half of the time that the work of the last turn took.
   */
  onConnection(): void;
  /** Returns true if this turn has room: the caller starts at once, without a waiter. */
  tryAdmit(): boolean;
  enqueue(waiter: Waiter): void;
  /** Returns false if the waiter was not in the queue. */
  cancel(waiter: Waiter): boolean;
  readonly waiting: number;
}

const PAUSE_SHARE = 0.5;

export function createAdmissionQueue(perTurn: number): AdmissionQueue {
  return new LoopAdmissionQueue(perTurn);
}

class LoopAdmissionQueue implements AdmissionQueue {
  readonly #perTurn: number;
  readonly #queue = createFairQueue<Waiter>();
  /** How many may still start in this turn. */
  #room: number;
  /** When this turn started its first work; undefined if it started none. */
  #startedAt: number | undefined;
  #pausedUntil = 0;
  #hasNewConnection = false;

  constructor(perTurn: number) {
    this.#perTurn = perTurn;
    this.#room = perTurn;
  }

  get waiting(): number {
    return this.#queue.size;
  }

  onConnection(): void {
    this.#hasNewConnection = true;
  }

  tryAdmit(): boolean {
    if (this.#room === 0) return false;
    if (this.#room === this.#perTurn) this.#startTurn(performance.now());
    this.#room--;
    return true;
  }

  enqueue(waiter: Waiter): void {
    this.#queue.add(waiter.group, waiter.part, waiter);
  }

  cancel(waiter: Waiter): boolean {
    return this.#queue.remove(waiter.group, waiter.part, waiter);
  }

  #startTurn(now: number): void {
    this.#startedAt = now;
    setImmediate(this.#nextTurn);
  }

  readonly #nextTurn = (): void => {
    const now = performance.now();
    if (this.#startedAt !== undefined) this.#pausedUntil = now + (now - this.#startedAt) * PAUSE_SHARE;
    this.#startedAt = undefined;
    const isPaused = this.#hasNewConnection && now < this.#pausedUntil;
    this.#hasNewConnection = false;
    if (isPaused) {
      setImmediate(this.#nextTurn);
      return;
    }
    this.#room = this.#perTurn;
    for (; this.#room > 0 && this.#queue.size > 0; this.#room--) this.#queue.take()!.start();
    if (this.#room < this.#perTurn) this.#startTurn(now);
  };
}
