/** Batches statistics: one query for many divisions with the same arguments, such as the children of a city. */
import type { Period } from '@yiwang/schema/time';
import DataLoader from 'dataloader';
import type { Within } from '../database/where-within.ts';
import type { Dimension } from './dimensions.ts';
import type { Places } from './places.ts';
import type { Cut, Group } from './statistics.ts';
import type { DivisionMap } from './today.ts';

/** The statistics of one place. `filter` is plain data. */
export interface PlaceQuery<Filter> {
  /** Canonical codes; null for everything in the caller's scope. */
  readonly place: Within;
  readonly period: Period;
  readonly filter: Filter | null | undefined;
  readonly groupBy: readonly Dimension[];
  /** By which map rows are placed. */
  readonly map: DivisionMap;
  /** The facts that are counted, in any order. */
  readonly facts: readonly string[];
  /** The part of the groups that is returned; null: all. */
  readonly cut: Cut | null;
}

export type BatchQuery<Filter> = Omit<PlaceQuery<Filter>, 'place'> & { readonly places: Places };

export type StatisticsLoader<Filter, Name extends string> = DataLoader<
  PlaceQuery<Filter>,
  readonly Group<Name>[],
  string
>;

const BATCH_MAX = 500;

/** `read` returns the groups of each place, in the order of the places. */
export function createStatisticsLoader<Filter, Name extends string>(
  read: (query: BatchQuery<Filter>) => Promise<readonly (readonly Group<Name>[])[]>,
): StatisticsLoader<Filter, Name> {
  return new DataLoader<PlaceQuery<Filter>, readonly Group<Name>[], string>(
    async (queries) => {
      const batches = groupByBatchKey(queries);
      const groupsByQuery = new Map<PlaceQuery<Filter>, readonly Group<Name>[]>();
      await Promise.all(
        [...batches.values()].map(async (batch) => {
          const facts = [...new Set(batch.flatMap((query) => query.facts))];
          const groups = await read({ ...batch[0]!, facts, places: batch.map(({ place }) => place) });
          batch.forEach((query, index) => {
            groupsByQuery.set(query, groups[index] ?? []);
          });
        }),
      );
      return queries.map((query) => groupsByQuery.get(query) ?? []);
    },
    { maxBatchSize: BATCH_MAX, cacheKeyFn: (query) => `${query.place}|${query.facts}|${batchKey(query)}` },
  );
}

function groupByBatchKey<Filter>(queries: readonly PlaceQuery<Filter>[]): Map<string, PlaceQuery<Filter>[]> {
  const batches = new Map<string, PlaceQuery<Filter>[]>();
  for (const query of queries) {
    const key = batchKey(query);
    const batch = batches.get(key);
    if (batch) batch.push(query);
    else batches.set(key, [query]);
  }
  return batches;
}

/** Queries that differ in their facts alone are one, which counts all of them. */
function batchKey<Filter>({ period, filter, groupBy, map, cut }: PlaceQuery<Filter>): string {
  return JSON.stringify([period.canonical, filter ?? null, groupBy, map, cut]);
}
