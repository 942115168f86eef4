/** The statistics of cases and of requests. */
import { createStatisticsKind, type GroupView, resolveStatistics } from '@yiwang/platform/statistics';
import type { DivisionCaseStatisticsArgs, DivisionRequestStatisticsArgs } from '../generated/schema.ts';
import type { MunicipalContext } from '../loaders.ts';
import { CASE_FACT_NAMES, type CaseFact } from '../store/statistics/case-statistics.ts';
import { REQUEST_FACT_NAMES, type RequestFact } from '../store/statistics/request-statistics.ts';
import { parseCaseFilter, parseRequestFilter } from './arguments.ts';
import { caseRates, requestRates } from './rates.ts';

export type CaseGroup = GroupView<CaseFact, keyof ReturnType<typeof caseRates>>;
export type RequestGroup = GroupView<RequestFact, keyof ReturnType<typeof requestRates>>;

const CASE_STATISTICS = createStatisticsKind(CASE_FACT_NAMES, caseRates);
const REQUEST_STATISTICS = createStatisticsKind(REQUEST_FACT_NAMES, requestRates);

export async function resolveCaseStatistics(
  place: string | null,
  args: DivisionCaseStatisticsArgs,
  { loaders, passport }: MunicipalContext,
): Promise<readonly CaseGroup[]> {
  const filter = parseCaseFilter(args.filter);
  return resolveStatistics({ kind: CASE_STATISTICS, loader: loaders.caseStatistics, place, args, filter, passport });
}

export async function resolveRequestStatistics(
  place: string | null,
  args: DivisionRequestStatisticsArgs,
  { loaders, passport }: MunicipalContext,
): Promise<readonly RequestGroup[]> {
  const filter = parseRequestFilter(args.filter);
  const loader = loaders.requestStatistics;
  return resolveStatistics({ kind: REQUEST_STATISTICS, loader, place, args, filter, passport });
}
