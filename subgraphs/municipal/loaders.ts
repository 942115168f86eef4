/** Keys → one batch, for each request: rows by their ids, lists by their owner, and statistics by their division. */
import { type Context, createBatchLoader, createGroupLoader } from '@yiwang/platform';
import {
  type BatchQuery,
  createFigureLoader,
  createStatisticsLoader,
  statisticsNow,
} from '@yiwang/platform/statistics';
import { readComponents, readGridCells } from './store/assets.ts';
import type { CaseFilter } from './store/case-filter.ts';
import { readCaseStatistics } from './store/case-statistics.ts';
import { readCaseStages, readCases } from './store/cases.ts';
import { readEnforcementCases } from './store/enforcement.ts';
import { readFacilities } from './store/facilities.ts';
import { readAlarms, readPoints } from './store/monitoring.ts';

export type MunicipalLoaders = ReturnType<typeof createMunicipalLoaders>;
export type MunicipalContext = Context<MunicipalLoaders>;

export function createMunicipalLoaders({ db, now, passport, groups }: Omit<Context, 'loaders'>) {
  const statistics = { clearance: passport, now: statisticsNow(passport, now), groups };
  const caseStatistics = createStatisticsLoader((query: BatchQuery<CaseFilter>) =>
    readCaseStatistics(db, { ...query, ...statistics }),
  );
  return {
    cases: createBatchLoader((ids: readonly string[]) => readCases(db, ids), byId),
    caseStages: createGroupLoader(
      (ids: readonly string[]) => readCaseStages(db, ids),
      (row) => row.of,
    ),
    components: createBatchLoader((codes: readonly string[]) => readComponents(db, codes), byCode),
    gridCells: createBatchLoader((codes: readonly string[]) => readGridCells(db, codes), byCode),
    points: createBatchLoader((ids: readonly string[]) => readPoints(db, ids), byId),
    alarms: createBatchLoader((ids: readonly string[]) => readAlarms(db, ids), byId),
    facilities: createBatchLoader((ids: readonly string[]) => readFacilities(db, ids), byId),
    enforcementCases: createBatchLoader((ids: readonly string[]) => readEnforcementCases(db, ids), byId),
    caseStatistics,
    caseFigures: createFigureLoader('CASES', caseStatistics),
  };
}

function byId(row: { readonly id: string }): string {
  return row.id;
}

function byCode(row: { readonly code: string }): string {
  return row.code;
}
