/** The divisions of one statistics query: one, or a batch. */
import { type Fragment, raw, sql } from '../database/sql.ts';
import { regionOfPlaces, type Within, whereWithin } from '../database/where-within.ts';

/** One, or several that count as one; null stands for everything in the caller's scope. */
export type Places = readonly Within[];

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
  const ranges = places.flatMap((place, ordinal) =>
    regionOfPlaces(place).map(([low, high]) => ({ ordinal, low, high })),
  );
  const name = raw(column);
  return {
    join: sql`join unnest(
        ${ranges.map(({ low }) => low)}::text[], ${ranges.map(({ high }) => high)}::text[], ${ranges.map(({ ordinal }) => ordinal)}::int[]
      ) as place (low, high, ordinal)
      on ${name} >= place.low collate "C" and ${name} < place.high collate "C"`,
    where: raw('true'),
  };
}
