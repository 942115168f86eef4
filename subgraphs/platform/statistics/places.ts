/** The divisions of one statistics query: one, or a batch. */
import { regionOf } from '@yiwang/schema';
import { type Fragment, raw, sql } from '../database/sql.ts';
import { whereWithin } from '../database/where-within.ts';

/** Canonical codes; null stands for everything in the caller's scope. */
export type Places = readonly (string | null)[];

export interface PlaceJoin {
  /** What follows the table in `from`; `place.ordinal` counts the places from 0. */
  readonly join: Fragment;
  readonly where: Fragment;
}

/** Rows of each place. A row of several places, such as a province and its city, counts for each. */
export function joinPlaces(places: Places, column: string): PlaceJoin {
  if (places.length === 1) {
    return { join: raw('cross join (values (0)) as place (ordinal)'), where: whereWithin(places[0], column) };
  }
  const ranges = places.map((code) => (code === null ? undefined : regionOf(code)[0]));
  const lows = ranges.map((range) => range?.[0] ?? '');
  const highs = ranges.map((range) => range?.[1] ?? '~');
  const name = raw(column);
  return {
    join: sql`join (select low, high, place - 1 as ordinal
      from unnest(${lows}::text[], ${highs}::text[]) with ordinality as given (low, high, place)) as place
      on ${name} >= place.low collate "C" and ${name} < place.high collate "C"`,
    where: raw('true'),
  };
}
