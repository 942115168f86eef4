/** A token bucket for hedges: each call adds a share of a token, and each hedge takes one. */
export interface HedgeBudget {
  /** Adds the share of a call that might be hedged. */
  earn(): void;
  /** Returns false if there is no token left. */
  spend(): boolean;
}

/** Tokens that the bucket holds. */
const TOKENS_MAX = 10;
/** A token is counted in percent, so that shares add up without rounding. */
const TOKEN = 100;

export function createHedgeBudget(sharePercent: number): HedgeBudget {
  let saved = 0;
  return {
    earn() {
      saved = Math.min(TOKENS_MAX * TOKEN, saved + sharePercent);
    },
    spend() {
      if (saved < TOKEN) return false;
      saved -= TOKEN;
      return true;
    },
  };
}
