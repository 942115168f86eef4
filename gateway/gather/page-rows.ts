/** The rows of platforms' pages by their positions, and who must be asked for more before the page of them all is sure. */
import { comparePositions, isIn, type Position, parsePosition, type Region } from '@yiwang/schema';
import { type Contribution, HIDDEN, type Lacking, type RowsAsked } from '../model/gather.ts';
import { asList, asObject, Nonconforming } from './values.ts';

/** Aliases of the edges and the page info that merges go by. */
export const EDGES = `${HIDDEN}edges`;
export const INFO = `${HIDDEN}info`;

export type Connection = Readonly<Record<string, unknown>>;

export interface Row {
  readonly position: Position;
  readonly cursor: string;
  /** The page that it came with, and its place there. */
  readonly page: Connection;
  readonly index: number;
}

/** All rows that a platform gave; one that moved while it was asked for more is where it was met first. Throws `Nonconforming`. */
export function rowsOf({ value, refill, region }: Contribution): readonly Row[] {
  const rows = readRows(asObject(value, 'connection'), region);
  if (refill === undefined) return rows;
  const met = new Set(rows.map(idOf));
  return [...rows, ...readRows(asObject(refill, 'connection'), region).filter((row) => !met.has(idOf(row)))];
}

/** True where the platform says that rows come after those that it gave. */
export function hasMore({ value, refill = value }: Contribution): boolean {
  const info = asObject(refill, 'connection')[INFO];
  return typeof info === 'object' && info !== null && (info as Connection).hasNextPage === true;
}

export function compareRows(a: Row, b: Row): number {
  return comparePositions(a.position, b.position);
}

/**
 * Platforms that have more rows, and after whose last row the page has room: it is for as many as may be on the page. Who gave less than
 * was asked for has no more to give for this page, whatever it says.
 */
export function lackingOf(contributions: readonly Contribution[], { first, share }: RowsAsked): Lacking[] {
  const given = contributions.map(rowsOf);
  const places = new Map(
    given
      .flat()
      .sort(compareRows)
      .map((row, place) => [row, place + 1]),
  );
  return contributions.flatMap((contribution, index): Lacking[] => {
    const rows = given[index]!;
    const last = rows.at(-1);
    if (!last || rows.length < share || !hasMore(contribution)) return [];
    // The first is the greater, unless the platform's rows are out of order.
    const room = first - Math.max(places.get(last)!, rows.length);
    return room > 0 ? [{ index, after: last.cursor, rows: room }] : [];
  });
}

function readRows(page: Connection, region: Region): Row[] {
  return asList(page[EDGES], 'edges').map((edge, index): Row => {
    const { cursor } = asObject(edge, 'edge');
    const position = typeof cursor === 'string' ? parsePosition(cursor) : undefined;
    if (!position) throw new Nonconforming('a cursor does not tell its position');
    if (!isIn(region, position.division)) throw new Nonconforming('a row lies outside of what was asked for');
    return { position, cursor: String(cursor), page, index };
  });
}

function idOf({ position: { division, id } }: Row): string {
  return `${division} ${id}`;
}
