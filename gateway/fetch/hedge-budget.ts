/** How many second copies may go out: a share of all calls, saved up to a bound (a token bucket). */
export interface HedgeBudget {
  /** A call that might be hedged adds its share. */
  earn(): void;
  /** True where a second copy may go. */
  spend(): boolean;
}

/** Copies that quiet times save up for a burst. */
const SAVED_COPIES_MAX = 10;
/** So that sums of shares come out even. */
const COPY_PRICE = 100;

export function createHedgeBudget(sharePercent: number): HedgeBudget {
  let saved = 0;
  return {
    earn() {
      saved = Math.min(SAVED_COPIES_MAX * COPY_PRICE, saved + sharePercent);
    },
    spend() {
      if (saved < COPY_PRICE) return false;
      saved -= COPY_PRICE;
      return true;
    },
  };
}
