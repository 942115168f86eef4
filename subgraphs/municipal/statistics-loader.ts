/** Statistics asked of many divisions alike (the children of a city) → one query for all of them. */
import type { Period } from '@yiwang/schema';
import DataLoader from 'dataloader';
import type { Dimension } from './store/dimensions.ts';
import type { Places } from './store/places.ts';
import type { Cut, Group } from './store/statistics.ts';

/** What is asked of a place; `filter` is plain data. */
export interface PlaceQuestion<Filter> {
  /** A canonical code; null for everything in the caller's scope. */
  readonly place: string | null;
  readonly period: Period;
  readonly filter: Filter | null | undefined;
  readonly groupBy: readonly Dimension[];
  /** What of the groups is wanted; null: all. */
  readonly cut: Cut | null;
}

export type BatchQuestion<Filter> = Omit<PlaceQuestion<Filter>, 'place'> & { readonly places: Places };

export type StatisticsLoader<Filter, Name extends string> = DataLoader<
  PlaceQuestion<Filter>,
  readonly Group<Name>[],
  string
>;

const BATCH_MAX = 500;

/** `read` gives the groups of each place, in the order of the places. */
export function createStatisticsLoader<Filter, Name extends string>(
  read: (question: BatchQuestion<Filter>) => Promise<readonly (readonly Group<Name>[])[]>,
): StatisticsLoader<Filter, Name> {
  return new DataLoader<PlaceQuestion<Filter>, readonly Group<Name>[], string>(
    async (questions) => {
      const alike = groupAlike(questions);
      const answers = new Map<PlaceQuestion<Filter>, readonly Group<Name>[]>();
      await Promise.all(
        [...alike.values()].map(async (batch) => {
          const groups = await read({ ...batch[0]!, places: batch.map(({ place }) => place) });
          batch.forEach((question, index) => {
            answers.set(question, groups[index] ?? []);
          });
        }),
      );
      return questions.map((question) => answers.get(question) ?? []);
    },
    { maxBatchSize: BATCH_MAX, cacheKeyFn: (question) => `${question.place}|${likenessOf(question)}` },
  );
}

function groupAlike<Filter>(questions: readonly PlaceQuestion<Filter>[]): Map<string, PlaceQuestion<Filter>[]> {
  const alike = new Map<string, PlaceQuestion<Filter>[]>();
  for (const question of questions) {
    const likeness = likenessOf(question);
    const batch = alike.get(likeness);
    if (batch) batch.push(question);
    else alike.set(likeness, [question]);
  }
  return alike;
}

function likenessOf<Filter>({ period, filter, groupBy, cut }: PlaceQuestion<Filter>): string {
  return JSON.stringify([period.canonical, filter ?? null, groupBy, cut]);
}
