/** A figure of a periodic account → what this platform's rows say: the count that the statistics have of its metric. */
import { countNameOf } from '@yiwang/schema/statistics';
import { parsePeriod } from '@yiwang/schema/time';
import type { PlaceQuery, StatisticsLoader } from './statistics-loader.ts';

export interface FigureKey {
  readonly id: string;
  readonly kind: string;
  readonly division: string;
  readonly period: string;
  readonly metric: string;
}

/** Null for a figure of the other kind, and for a metric that the statistics do not count. */
export async function countRows<Filter, Name extends string>(
  { kind, division, period, metric }: FigureKey,
  counted: 'CASES' | 'HOTLINE',
  loader: StatisticsLoader<Filter, Name>,
): Promise<number | null> {
  const name = countNameOf(metric);
  if (kind !== counted || name === undefined) return null;
  const query: Omit<PlaceQuery<Filter>, 'place'> = {
    period: parsePeriod(period),
    filter: null,
    groupBy: [],
    facts: [name],
    cut: null,
  };
  const [group] = await loader.load({ ...query, place: division });
  const counts: Readonly<Record<string, number>> | undefined = group?.counts;
  return counts?.[name] ?? null;
}
