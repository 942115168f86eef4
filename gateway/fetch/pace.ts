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

export function createPace({ min, max, now }: PaceOptions): Pace {
  let calls = Math.max(min, max);
  let cutAt = Number.NEGATIVE_INFINITY;
  return {
    get callsMax() {
      return Math.floor(calls);
    },
    kept(isFull) {
      if (isFull && calls < max) calls = Math.min(max, calls + 1 / calls);
    },
    lost(sentAt) {
      // Those that went out before the cut were lost to the pace before it.
      if (sentAt < cutAt) return;
      calls = Math.max(min, calls * CUT);
      cutAt = now();
    },
  };
}
