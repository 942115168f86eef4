/** How many second copies may go out: a share of all calls, saved up to a bound (a token bucket). */
export interface HedgeBudget {
  /** A call that might be hedged adds its share. */
  earn(): void;
  /** True where a second copy may go. */
  spend(): boolean;
}

/** Copies that quiet times save up for a burst. */
const SAVED_MAX = 10;
/** So that sums of shares come out even. */
const WHOLE = 100;

export function createHedgeBudget(sharePercent: number): HedgeBudget {
  let saved = 0;
  return {
    earn() {
      saved = Math.min(SAVED_MAX * WHOLE, saved + sharePercent);
    },
    spend() {
      if (saved < WHOLE) return false;
      saved -= WHOLE;
      return true;
    },
  };
}
