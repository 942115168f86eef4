/** The statistics of cases. */
import type { Within } from '@yiwang/platform';
import {
  createStatisticsKind,
  type GroupView,
  resolveStatistics,
  type SelectionInfo,
} from '@yiwang/platform/statistics';
import type { DivisionCaseStatisticsArgs } from '../generated/schema.ts';
import type { MunicipalContext } from '../loaders.ts';
import { CASE_FACT_NAMES, type CaseFact } from '../store/case-statistics.ts';
import { parseCaseFilter } from './arguments.ts';
import { CASE_RATES, type CaseRate } from './rates.ts';

export type CaseGroup = GroupView<CaseFact, CaseRate>;

const CASE_STATISTICS = createStatisticsKind(CASE_FACT_NAMES, CASE_RATES);

export async function resolveCaseStatistics(
  place: Within,
  args: DivisionCaseStatisticsArgs,
  { loaders, passport }: MunicipalContext,
  info: SelectionInfo,
): Promise<readonly CaseGroup[]> {
  const filter = parseCaseFilter(args.filter);
  return resolveStatistics({
    kind: CASE_STATISTICS,
    loader: loaders.caseStatistics,
    place,
    args,
    filter,
    passport,
    info,
  });
}
