/** Counts → rates: both parts are sums over rows, so that the rates of many platforms are worked out from their sums. */
import type { CaseFact } from '../store/case-statistics.ts';
import type { RequestFact } from '../store/request-statistics.ts';

export interface Rate {
  readonly numerator: number;
  readonly denominator: number;
  /** Null when the denominator is 0. */
  readonly value: number | null;
}

type Counts<Name extends string> = Readonly<Record<Name, number>>;

/** What "basically satisfied" weighs in the satisfaction rate, in tenths: practice of one Beijing unit. */
const BASICALLY_SATISFIED_TENTHS = 9;

export function rateOf(numerator: number, denominator: number): Rate {
  return { numerator, denominator, value: denominator === 0 ? null : numerator / denominator };
}

/** GB/T 30428.4: handleRate, closeRate, onTimeCloseRate, onTimeFileRate, reworkRate. */
export function caseRates(counts: Counts<CaseFact>) {
  return {
    handling: rateOf(counts.handled, counts.handleDue),
    closing: rateOf(counts.closed, counts.due),
    closingOnTime: rateOf(counts.closedOnTime, counts.due),
    filingOnTime: rateOf(counts.filedOnTime, counts.filed),
    rework: rateOf(counts.reworked, counts.due),
  };
}

/** The three rates of the hotline over valid callbacks. */
export function requestRates(counts: Counts<RequestFact>) {
  return {
    response: rateOf(counts.responded, counts.validCallbacks),
    resolution: rateOf(counts.resolved, counts.validCallbacks),
    satisfaction: rateOf(
      10 * counts.satisfied + BASICALLY_SATISFIED_TENTHS * counts.basicallySatisfied,
      10 * counts.validCallbacks,
    ),
  };
}
