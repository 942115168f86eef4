/**
 * Lets a few through in each turn of the event loop; those who wait take turns by group, and within each group by part. Where more comes
 * than can be done, work that is begun goes on before more is begun: less is held at one time, and nobody waits much longer than
 * others. Where the loop is idle, nobody waits.
 */
import { createFairQueue } from '../collections/fair-queue.ts';

export interface Waiter {
  readonly group: unknown;
  readonly part: unknown;
  /** Called when it is its turn. */
  start(): void;
}

export interface AdmissionQueue {
  /**
   * Says that a connection came. The loop takes one in each turn, so that others may be behind it whose requests nobody has seen: turns
   * without a beginning follow then, for half of the time that the last beginning took.
   */
  onConnection(): void;
  /** True where there is room in this turn: whoever asked goes on at once. */
  tryAdmit(): boolean;
  /** For one that did not pass. */
  enqueue(waiter: Waiter): void;
  /** True where it waited. */
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
  #room: number;
  /** When work was begun last; undefined where a turn has ended since. */
  #begunAt: number | undefined;
  /** Up to when connections go before work. */
  #restUntil = 0;
  #isConnected = false;

  constructor(perTurn: number) {
    this.#perTurn = perTurn;
    this.#room = perTurn;
  }

  get waiting(): number {
    return this.#queue.size;
  }

  onConnection(): void {
    this.#isConnected = true;
  }

  tryAdmit(): boolean {
    if (this.#room === 0) return false;
    if (this.#room === this.#perTurn) this.#begin(performance.now());
    this.#room--;
    return true;
  }

  enqueue(waiter: Waiter): void {
    this.#queue.add(waiter.group, waiter.part, waiter);
  }

  cancel(waiter: Waiter): boolean {
    return this.#queue.remove(waiter.group, waiter.part, waiter);
  }

  #begin(now: number): void {
    this.#begunAt = now;
    setImmediate(this.#turn);
  }

  readonly #turn = (): void => {
    const now = performance.now();
    if (this.#begunAt !== undefined) this.#restUntil = now + (now - this.#begunAt) * PAUSE_SHARE;
    this.#begunAt = undefined;
    const isResting = this.#isConnected && now < this.#restUntil;
    this.#isConnected = false;
    if (isResting) {
      setImmediate(this.#turn);
      return;
    }
    this.#room = this.#perTurn;
    for (; this.#room > 0 && this.#queue.size > 0; this.#room--) this.#queue.take()!.start();
    if (this.#room < this.#perTurn) this.#begin(now);
  };
}
