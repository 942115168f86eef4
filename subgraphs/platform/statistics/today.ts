/** Statistics by today's map: rows of former codes count under the divisions that took them over. */
import { type DivisionLevel, type MappedRange, todaysMap, union } from '@yiwang/schema';
import { regionOfPlaces } from '../database/where-within.ts';
import { type Dimension, type DimensionColumns, finestPlace } from './dimensions.ts';
import type { Places } from './places.ts';

/** By which map rows are placed. Default: that of their day. */
export type DivisionMap = 'TODAY' | 'OF_THE_DAY';

export interface MapQuery {
  readonly map?: DivisionMap | null | undefined;
  readonly places: Places;
  readonly groupBy: readonly Dimension[];
}

/**
 * The columns by the map that the query asks for. A row of a code that was divided, or of a day before its county gave a
 * part away, keeps its unit and is `unattributed`. `instant` is an expression of the row's day, text from the code. Only
 * what changed within the places is in the statement, so that it stays as it is for all others.
 */
export function onMap<Columns extends DimensionColumns>(
  columns: Columns,
  instant: string,
  { map, places, groupBy }: MapQuery,
): Columns {
  const level = finestPlace(new Set(groupBy));
  if (map !== 'TODAY' || level === undefined) return columns;
  const ranges = todaysMap(union(...places.map(regionOfPlaces)), level);
  if (ranges.length === 0) return { ...columns, unattributed: 'null::text' };
  const { division } = columns;
  const ofTheDay = `division_at(${division}, '${level}')`;
  const range = `width_bucket(${division}, ${arrayOf(ranges, ({ from }) => from, 'text')})`;
  const until = `(${arrayOf(ranges, untilOf, 'timestamptz')})[${range}]`;
  return {
    ...columns,
    unit: `coalesce(${placeAtLevel(level, division, `(${arrayOf(ranges, ({ unit }) => unit, 'text')})[${range}]`)}, ${ofTheDay})`,
    unattributed: `case when ${instant} < ${until} and ${ofTheDay} is not null then 'UNATTRIBUTED' end`,
  };
}

/** Communities keep their last digits below the street of today. */
function placeAtLevel(level: DivisionLevel, division: string, unit: string): string {
  return level === 'COMMUNITY'
    ? `case when length(${division}) = 12 then ${unit} || substr(${division}, 10, 3) end`
    : unit;
}

/** At +08:00, as all days of the standard. */
function untilOf({ unattributedUntil }: MappedRange): string | null {
  if (unattributedUntil === null || unattributedUntil === 'infinity') return unattributedUntil;
  return `${unattributedUntil}T00:00:00+08:00`;
}

/** A literal, since expressions of columns have no parameters: codes and days of the standard, never of a caller. */
function arrayOf(ranges: readonly MappedRange[], item: (range: MappedRange) => string | null, type: string): string {
  return `'{${ranges.map((range) => item(range) ?? 'NULL').join(',')}}'::${type}[]`;
}
