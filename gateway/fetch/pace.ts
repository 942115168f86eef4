/**
 * How many calls an address takes at one time, found out by trying: one more for each round of answers, a quarter less when it
 * does not keep up (additive increase, multiplicative decrease, as in TCP).
 */
export interface Pace {
  /** Calls that may be under way. */
  readonly callsMax: number;
  /** `isFull`: as many were under way as might be; otherwise the answer says nothing about more. */
  kept(isFull: boolean): void;
  /** A call that went out at `sentAt` was late, refused or broken off. */
  lost(sentAt: number): void;
}

export interface PaceOptions {
  readonly min: number;
  readonly max: number;
  readonly now: () => number;
}

const CUT = 0.75;

export function createPace(options: PaceOptions): Pace {
  return new FoundPace(options);
}

class FoundPace implements Pace {
  readonly #min: number;
  readonly #max: number;
  readonly #now: () => number;
  #calls: number;
  #cutAt = Number.NEGATIVE_INFINITY;

  constructor({ min, max, now }: PaceOptions) {
    this.#min = min;
    this.#max = max;
    this.#now = now;
    this.#calls = Math.max(min, max);
  }

  get callsMax(): number {
    return Math.floor(this.#calls);
  }

  kept(isFull: boolean): void {
    if (isFull && this.#calls < this.#max) this.#calls = Math.min(this.#max, this.#calls + 1 / this.#calls);
  }

  lost(sentAt: number): void {
    // Those that went out before the cut were lost to the pace before it.
    if (sentAt < this.#cutAt) return;
    this.#calls = Math.max(this.#min, this.#calls * CUT);
    this.#cutAt = this.#now();
  }
}
