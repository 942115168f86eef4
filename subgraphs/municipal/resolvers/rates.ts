/** Counts → rates of the standard. */
import { rateOf } from '@yiwang/platform/statistics';
import type { CaseFact } from '../store/case-statistics.ts';

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
