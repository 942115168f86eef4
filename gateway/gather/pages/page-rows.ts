/** The rows of platforms' pages by their positions, and who must be asked for more before the page of them all is sure. */
import { comparePositions, containsDivision, type Position, parsePosition, type Region } from '@yiwang/schema';
import { type Contribution, HIDDEN_PREFIX, type IncompletePage, type RequestedRows } from '../../model/gather.ts';
import { expectList, expectObject, NonconformingError } from '../merge-values.ts';

/** Aliases of the edges and the page info that merges go by. */
export const EDGES_ALIAS = `${HIDDEN_PREFIX}edges`;
export const PAGE_INFO_ALIAS = `${HIDDEN_PREFIX}info`;

export type ConnectionData = Readonly<Record<string, unknown>>;

export interface PositionedRow {
  readonly position: Position;
  readonly cursor: string;
  /** The page that it came with, and its place there. */
  readonly page: ConnectionData;
  readonly index: number;
}

/** All rows that a platform gave; one that moved while it was asked for more is where it was met first. Throws `Nonconforming`. */
export function readRows({ value, refill, region }: Contribution): readonly PositionedRow[] {
  const rows = readPageRows(expectObject(value, 'connection'), region);
  if (refill === undefined) return rows;
  const firstPageIds = new Set(rows.map(rowIdentity));
  return [
    ...rows,
    ...readPageRows(expectObject(refill, 'connection'), region).filter((row) => !firstPageIds.has(rowIdentity(row))),
  ];
}

/** True where the platform says that rows come after those that it gave. */
export function hasMore({ value, refill = value }: Contribution): boolean {
  const info = expectObject(refill, 'connection')[PAGE_INFO_ALIAS];
  return typeof info === 'object' && info !== null && (info as ConnectionData).hasNextPage === true;
}

export function compareRows(a: PositionedRow, b: PositionedRow): number {
  return comparePositions(a.position, b.position);
}

/**
 * Platforms that have more rows, and after whose last row the page has room: it is for as many as may be on the page. Who gave less than
 * was asked for has no more to give for this page, whatever it says.
 */
export function findIncomplete(
  contributions: readonly Contribution[],
  { first, perPlatform }: RequestedRows,
): IncompletePage[] {
  const rowsByContribution = contributions.map(readRows);
  const ranks = new Map(
    rowsByContribution
      .flat()
      .sort(compareRows)
      .map((row, place) => [row, place + 1]),
  );
  return contributions.flatMap((contribution, index): IncompletePage[] => {
    const rows = rowsByContribution[index]!;
    const last = rows.at(-1);
    if (!last || rows.length < perPlatform || !hasMore(contribution)) return [];
    // The first is the greater, unless the platform's rows are out of order.
    const room = first - Math.max(ranks.get(last)!, rows.length);
    return room > 0 ? [{ index, after: last.cursor, rows: room }] : [];
  });
}

function readPageRows(page: ConnectionData, region: Region): PositionedRow[] {
  return expectList(page[EDGES_ALIAS], 'edges').map((edge, index): PositionedRow => {
    const { cursor } = expectObject(edge, 'edge');
    const position = typeof cursor === 'string' ? parsePosition(cursor) : undefined;
    if (!position) throw new NonconformingError('a cursor does not tell its position');
    if (!containsDivision(region, position.division))
      throw new NonconformingError('a row lies outside of what was asked for');
    return { position, cursor: String(cursor), page, index };
  });
}

function rowIdentity({ position: { division, id } }: PositionedRow): string {
  return `${division} ${id}`;
}
