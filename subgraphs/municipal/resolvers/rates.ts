/** Counts → rates of the standard. */
import { rateOf } from '@yiwang/platform/statistics';
import type { CaseFact } from '../store/statistics/case-statistics.ts';
import type { RequestFact } from '../store/statistics/request-statistics.ts';

type Counts<Name extends string> = Readonly<Record<Name, number>>;

/** Rates of GB/T 30428.4. Some counts have other names in the graph than in the standard. */
export function caseRates(counts: Counts<CaseFact>) {
  const figures = { ...counts, closeDue: counts.due };
  return {
    handling: rateOf('handleRate', figures),
    closing: rateOf('closeRate', figures),
    closingOnTime: rateOf('onTimeCloseRate', figures),
    filingOnTime: rateOf('onTimeFileRate', figures),
    rework: rateOf('reworkRate', figures),
  };
}

/** The three rates of the hotline over valid callbacks. */
export function requestRates(counts: Counts<RequestFact>) {
  const figures = { ...counts, contacted: counts.responded, callbacksValid: counts.validCallbacks };
  return {
    response: rateOf('responseRate', figures),
    resolution: rateOf('resolutionRate', figures),
    satisfaction: rateOf('satisfactionRate', figures),
  };
}
