/** The statistics of requests: the three rates over valid callbacks. */
import { createStatisticsKind, type GroupView, rateOf, resolveStatistics } from '@yiwang/platform/statistics';
import type { DivisionRequestStatisticsArgs } from './generated/schema.ts';
import type { HotlineContext } from './loaders.ts';
import { parseRequestFilter } from './store/request-filter.ts';
import { REQUEST_FACT_NAMES, type RequestFact } from './store/request-statistics.ts';

export type RequestGroup = GroupView<RequestFact, keyof ReturnType<typeof requestRates>>;

const REQUEST_STATISTICS = createStatisticsKind(REQUEST_FACT_NAMES, requestRates);

export function resolveRequestStatistics(
  place: string | null,
  args: DivisionRequestStatisticsArgs,
  { loaders, passport }: HotlineContext,
): Promise<readonly RequestGroup[]> {
  const filter = parseRequestFilter(args.filter);
  const loader = loaders.requestStatistics;
  return resolveStatistics({ kind: REQUEST_STATISTICS, loader, place, args, filter, passport });
}

/** Some counts have other names in the graph than in the standard. */
function requestRates(counts: Readonly<Record<RequestFact, number>>) {
  const figures = { ...counts, contacted: counts.responded, callbacksValid: counts.validCallbacks };
  return {
    response: rateOf('responseRate', figures),
    resolution: rateOf('resolutionRate', figures),
    satisfaction: rateOf('satisfactionRate', figures),
  };
}
