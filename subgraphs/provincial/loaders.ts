/** Keys → one batch, per request. */
import { type Context, createBatchLoader, createGroupLoader } from '@yiwang/platform';
import DataLoader from 'dataloader';
import {
  type EvaluationFilter,
  type EvaluationRow,
  type InspectionRow,
  type InspectionStageRow,
  type ReportRow,
  readEvaluationsOf,
  readInspectionStages,
  readInspections,
  readReports,
  readTasks,
  type TaskRow,
} from './store.ts';

export interface EvaluationsKey {
  readonly division: string;
  readonly filter: EvaluationFilter;
}

export interface ProvincialLoaders {
  readonly evaluations: DataLoader<EvaluationsKey, readonly EvaluationRow[]>;
  readonly inspection: DataLoader<string, InspectionRow | null>;
  readonly inspectionTasks: DataLoader<string, readonly TaskRow[]>;
  readonly inspectionStages: DataLoader<string, readonly InspectionStageRow[]>;
  readonly periodicReport: DataLoader<string, ReportRow | null>;
}

export function createProvincialLoaders({ db }: Omit<Context, 'loaders'>): ProvincialLoaders {
  return {
    evaluations: createEvaluationsLoader(db),
    inspection: createBatchLoader(
      (ids: readonly string[]) => readInspections(db, ids),
      (row) => row.id,
    ),
    inspectionTasks: createGroupLoader(
      (inspections: readonly string[]) => readTasks(db, inspections),
      (row) => row.inspection,
    ),
    inspectionStages: createGroupLoader(
      (ids: readonly string[]) => readInspectionStages(db, ids),
      (row) => row.of,
    ),
    periodicReport: createBatchLoader(
      (ids: readonly string[]) => readReports(db, ids),
      (row) => row.id,
    ),
  };
}

/** One query for each filter of an operation; as a rule there is one, asked of many divisions. */
function createEvaluationsLoader(db: Context['db']): ProvincialLoaders['evaluations'] {
  return new DataLoader(
    async (keys: readonly EvaluationsKey[]) => {
      const filters = new Map(keys.map(({ filter }) => [filterKey(filter), filter]));
      const rowsByKey = new Map<string, EvaluationRow[]>();
      await Promise.all(
        [...filters].map(async ([name, filter]) => {
          const divisions = keys.filter((key) => filterKey(key.filter) === name).map((key) => key.division);
          for (const row of await readEvaluationsOf(db, divisions, filter)) {
            const key = `${row.division} ${name}`;
            const rows = rowsByKey.get(key);
            if (rows) rows.push(row);
            else rowsByKey.set(key, [row]);
          }
        }),
      );
      return keys.map(({ division, filter }) => rowsByKey.get(`${division} ${filterKey(filter)}`) ?? []);
    },
    { cacheKeyFn: ({ division, filter }) => `${division} ${filterKey(filter)}`, maxBatchSize: 1000 },
  );
}

function filterKey({ months, scheme }: EvaluationFilter): string {
  return `${months.from} ${months.to} ${scheme ?? ''}`;
}
