/** A figure of a periodic account → what this platform's rows say: the count that the statistics have of its metric. */
import type { BatchQuery, createStatisticsLoader } from '@yiwang/platform/statistics';
import { countNameOf } from '@yiwang/schema/statistics';
import { parsePeriod } from '@yiwang/schema/time';

export interface FigureKey {
  readonly id: string;
  readonly kind: string;
  readonly division: string;
  readonly period: string;
  readonly metric: string;
}

type Loader<Filter, Name extends string> = ReturnType<typeof createStatisticsLoader<Filter, Name>>;

/** Null for a figure of the other kind, and for a metric that the statistics do not count. */
export async function countRows<Filter, Name extends string>(
  { kind, division, period, metric }: FigureKey,
  counted: 'CASES' | 'HOTLINE',
  loader: Loader<Filter, Name>,
): Promise<number | null> {
  const name = countNameOf(metric);
  if (kind !== counted || name === undefined) return null;
  const query: Omit<BatchQuery<Filter>, 'places'> = {
    period: parsePeriod(period),
    filter: null,
    groupBy: [],
    cut: null,
  };
  const [group] = await loader.load({ ...query, place: division });
  const counts: Readonly<Record<string, number>> | undefined = group?.counts;
  return counts?.[name] ?? null;
}
