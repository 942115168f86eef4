/**
 * Outcomes of calls → how many calls an endpoint may have in flight: additive increase, multiplicative decrease (AIMD),
 * as in TCP congestion control.
 */
export interface ConcurrencyLimit {
  /** Calls that may be in flight. */
  readonly callsMax: number;
  /** `isAtLimit`: as many calls were in flight as allowed. Otherwise the success says nothing of a higher limit. */
  onSuccess(isAtLimit: boolean): void;
  /** Records that a call sent at `sentAt` timed out, was refused or lost its connection. */
  onDrop(sentAt: number): void;
}

export interface ConcurrencyLimitOptions {
  readonly min: number;
  readonly max: number;
  readonly now: () => number;
}

const DECREASE_FACTOR = 0.75;

export function createConcurrencyLimit(options: ConcurrencyLimitOptions): ConcurrencyLimit {
  return new AimdConcurrencyLimit(options);
}

class AimdConcurrencyLimit implements ConcurrencyLimit {
  readonly #min: number;
  readonly #max: number;
  readonly #now: () => number;
  #calls: number;
  #decreasedAt = Number.NEGATIVE_INFINITY;

  constructor({ min, max, now }: ConcurrencyLimitOptions) {
    this.#min = min;
    this.#max = max;
    this.#now = now;
    this.#calls = Math.max(min, max);
  }

  get callsMax(): number {
    return Math.floor(this.#calls);
  }

  onSuccess(isAtLimit: boolean): void {
    if (isAtLimit && this.#calls < this.#max) this.#calls = Math.min(this.#max, this.#calls + 1 / this.#calls);
  }

  onDrop(sentAt: number): void {
    // Calls sent before the last decrease failed under the limit before it.
    if (sentAt < this.#decreasedAt) return;
    this.#calls = Math.max(this.#min, this.#calls * DECREASE_FACTOR);
    this.#decreasedAt = this.#now();
  }
}
