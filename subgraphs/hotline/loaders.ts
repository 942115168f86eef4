/** Keys → one batch, for each request: rows by their ids, flow records by their request, statistics by their division. */
import { type Context, createBatchLoader, createGroupLoader } from '@yiwang/platform';
import {
  type BatchQuery,
  createFigureLoader,
  createStatisticsLoader,
  statisticsNow,
} from '@yiwang/platform/statistics';
import type { RequestFilter } from './store/request-filter.ts';
import { readRequestStatistics } from './store/request-statistics.ts';
import { readRequestStages, readRequests } from './store/requests.ts';

export type HotlineLoaders = ReturnType<typeof createHotlineLoaders>;
export type HotlineContext = Context<HotlineLoaders>;

export function createHotlineLoaders({ db, now, passport, groups }: Omit<Context, 'loaders'>) {
  const statistics = { clearance: passport, now: statisticsNow(passport, now), groups };
  const requestStatistics = createStatisticsLoader((query: BatchQuery<RequestFilter>) =>
    readRequestStatistics(db, { ...query, ...statistics }),
  );
  return {
    requests: createBatchLoader(
      (ids: readonly string[]) => readRequests(db, ids),
      (row) => row.id,
    ),
    requestStages: createGroupLoader(
      (ids: readonly string[]) => readRequestStages(db, ids),
      (row) => row.of,
    ),
    requestStatistics,
    requestFigures: createFigureLoader('HOTLINE', requestStatistics),
  };
}
