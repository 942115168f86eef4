/**
 * Pages of platforms → their rows with positions, and the platforms that must be asked for more rows before the merged
 * page is final.
 */
import { comparePositions, containsDivision, type Position, parsePosition, type Region } from '@yiwang/schema';
import { type Contribution, HIDDEN_PREFIX, type IncompletePage, type RequestedRows } from '../../model/gather.ts';
import { expectList, expectObject, memberOf, NonconformingError } from '../merge-values.ts';

/** Aliases of the edges and the page info that the merge reads. */
export const EDGES_ALIAS = `${HIDDEN_PREFIX}edges`;
export const PAGE_INFO_ALIAS = `${HIDDEN_PREFIX}info`;

export type ConnectionData = Readonly<Record<string, unknown>>;

export interface PositionedRow {
  readonly position: Position;
  readonly cursor: string;
  /** The page that holds it, and its index there. */
  readonly page: ConnectionData;
  readonly index: number;
}

/**
 * Returns all rows of a platform. A row that is in both its page and its refill counts once, in the page. Throws
 * `NonconformingError`.
 */
export function readRows({ value, refill, region }: Contribution): readonly PositionedRow[] {
  const rows = readPageRows(expectObject(value, 'connection'), region);
  if (refill === undefined) return rows;
  const firstPageIds = new Set(rows.map(rowIdentity));
  return [
    ...rows,
    ...readPageRows(expectObject(refill, 'connection'), region).filter((row) => !firstPageIds.has(rowIdentity(row))),
  ];
}

/** True if the platform reports rows after its last one. */
export function hasMore({ value, refill = value }: Contribution): boolean {
  return memberOf(expectObject(refill, 'connection')[PAGE_INFO_ALIAS], 'hasNextPage') === true;
}

export function compareRows(a: PositionedRow, b: PositionedRow): number {
  return comparePositions(a.position, b.position);
}

/**
 * Returns the platforms that have more rows and whose last row lies before the end of the merged page, with the room
 * that is left there. A platform that returned fewer rows than requested has no more, whatever it reports.
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
      .map((row, index) => [row, index + 1]),
  );
  return contributions.flatMap((contribution, index): IncompletePage[] => {
    const rows = rowsByContribution[index]!;
    const last = rows.at(-1);
    if (!last || rows.length < perPlatform || !hasMore(contribution)) return [];
    // The rank is greater unless the platform returned its rows out of order.
    const room = first - Math.max(ranks.get(last)!, rows.length);
    return room > 0 ? [{ index, after: last.cursor, rows: room }] : [];
  });
}

function readPageRows(page: ConnectionData, region: Region): PositionedRow[] {
  return expectList(page[EDGES_ALIAS], 'edges').map((edge, index): PositionedRow => {
    const { cursor } = expectObject(edge, 'edge');
    const position = typeof cursor === 'string' ? parsePosition(cursor) : undefined;
    if (!position) throw new NonconformingError('a cursor does not encode a position');
    if (!containsDivision(region, position.division)) {
      throw new NonconformingError('a row lies outside of the requested region');
    }
    return { position, cursor: String(cursor), page, index };
  });
}

function rowIdentity({ position: { division, id } }: PositionedRow): string {
  return `${division} ${id}`;
}
