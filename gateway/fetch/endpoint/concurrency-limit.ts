/**
 * How many calls an address takes at one time, found out by trying: one more for each round of answers, a quarter less when it
 * does not keep up (additive increase, multiplicative decrease, as in TCP).
 */
export interface ConcurrencyLimit {
  /** Calls that may be under way. */
  readonly callsMax: number;
  /** `isFull`: as many were under way as might be; otherwise the answer says nothing about more. */
  onSuccess(isAtLimit: boolean): void;
  /** A call that went out at `sentAt` was late, refused or broken off. */
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
    // Those that went out before the cut were lost to the pace before it.
    if (sentAt < this.#decreasedAt) return;
    this.#calls = Math.max(this.#min, this.#calls * DECREASE_FACTOR);
    this.#decreasedAt = this.#now();
  }
}
