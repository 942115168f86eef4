/** The statistics of requests: the three rates over valid callbacks. */
import type { Within } from '@yiwang/platform';
import {
  createStatisticsKind,
  type GroupView,
  resolveStatistics,
  type SelectionInfo,
} from '@yiwang/platform/statistics';
import type { DivisionRequestStatisticsArgs } from './generated/schema.ts';
import type { HotlineContext } from './loaders.ts';
import { parseRequestFilter } from './store/request-filter.ts';
import { REQUEST_FACT_NAMES, type RequestFact } from './store/request-statistics.ts';

/** Metrics of the standard, and shares of two counts. */
const REQUEST_RATES = {
  response: 'responseRate',
  resolution: 'resolutionRate',
  satisfaction: 'satisfactionRate',
  answerOnTime: { numerator: 'answeredOnTime', denominator: 'due' },
  signOnTime: { numerator: 'signedOnTime', denominator: 'signed' },
} as const;

export type RequestGroup = GroupView<RequestFact, keyof typeof REQUEST_RATES>;

const REQUEST_STATISTICS = createStatisticsKind(REQUEST_FACT_NAMES, REQUEST_RATES);

export function resolveRequestStatistics(
  place: Within,
  args: DivisionRequestStatisticsArgs,
  { loaders, passport }: HotlineContext,
  info: SelectionInfo,
): Promise<readonly RequestGroup[]> {
  const filter = parseRequestFilter(args.filter);
  const loader = loaders.requestStatistics;
  return resolveStatistics({ kind: REQUEST_STATISTICS, loader, place, args, filter, passport, info });
}
