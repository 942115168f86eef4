/** Figures of periodic accounts → what this platform's rows say: the counts that the statistics have of their metrics. */
import { countNameOf } from '@yiwang/schema/statistics';
import { parsePeriod } from '@yiwang/schema/time';
import DataLoader from 'dataloader';
import type { PlaceQuery, StatisticsLoader } from './statistics-loader.ts';

export interface FigureKey {
  readonly id: string;
  readonly kind: string;
  readonly division: string;
  readonly period: string;
  readonly metric: string;
}

/** Null for a figure of another kind, and for a metric that the statistics do not count. */
export type FigureLoader = DataLoader<FigureKey, number | null, string>;

const BATCH_MAX = 2000;

/** All metrics that are asked for are counted together: one query for each period, whatever the divisions. */
export function createFigureLoader<Filter, Name extends string>(
  counted: 'CASES' | 'HOTLINE',
  statistics: StatisticsLoader<Filter, Name>,
): FigureLoader {
  const nameOf = ({ kind, metric }: FigureKey) => (kind === counted ? countNameOf(metric) : undefined);
  return new DataLoader(
    (figures: readonly FigureKey[]) => {
      const facts = [...new Set(figures.flatMap((figure) => nameOf(figure) ?? []))].sort();
      return Promise.all(
        figures.map(async (figure) => {
          const name = nameOf(figure);
          if (name === undefined) return null;
          const query: PlaceQuery<Filter> = {
            place: figure.division,
            period: parsePeriod(figure.period),
            filter: null,
            groupBy: [],
            map: 'OF_THE_DAY',
            facts,
            cut: null,
          };
          const [group] = await statistics.load(query);
          const counts: Readonly<Record<string, number>> | undefined = group?.counts;
          return counts?.[name] ?? null;
        }),
      );
    },
    {
      maxBatchSize: BATCH_MAX,
      cacheKeyFn: ({ kind, division, period, metric }) => `${kind} ${division} ${period} ${metric}`,
    },
  );
}
