/**
 * Keyset pagination: rows in the order of a key, then division, then id, after the cursor.
 *
 * Every part of a page is a function, which GraphQL's default resolver calls: parts that are not selected are not read.
 */
import { encodePosition, PAGE_SIZE_MAX, type Position, parsePosition } from '@yiwang/schema';
import { PlatformError } from '../errors.ts';
import type { Database } from '../module.ts';
import { allOf, type Fragment, joinFragments, raw, runSql, sql } from './sql.ts';

const PAGE_SIZE = 50;

/** Order by a key. An index that serves it: `(expression direction, division, id)`, see `nullable`. */
export interface PageOrder {
  /** Its public name, e.g. `REPORTED_AT`. A cursor is valid for the order of this name and direction only. */
  readonly key: string;
  /** The column or expression, text from the code. */
  readonly expression: string;
  readonly direction: 'ASC' | 'DESC';
  /** An instant is a `timestamptz`, a number any numeric column, a text is compared by its code points. */
  readonly kind: 'instant' | 'number' | 'text';
  /**
   * Nulls come last in either direction; the index is then `(expression desc nulls last, division, id)`. Default
   * false.
   */
  readonly nullable?: boolean;
}

export interface PageQuery {
  /** Names the prepared statements. */
  readonly name: string;
  /** What follows `select`, e.g. `id, division, status, reported_at`. */
  readonly columns: string;
  /** What follows `from`, with joins if need be; a fragment if it has values. */
  readonly from: string | Fragment;
  readonly where?: readonly Fragment[];
  readonly order: PageOrder;
  /** Default 50; more than `PAGE_SIZE_MAX` or less than 0 is refused. */
  readonly first?: number | null;
  /** The cursor after which the page begins. */
  readonly after?: string | null;
  /** Default `id`. */
  readonly idColumn?: string;
  /** Default `division`. */
  readonly divisionColumn?: string;
}

export interface Edge<Row> {
  readonly node: Row;
  readonly cursor: string;
}

export interface PageInfo {
  readonly hasNextPage: boolean;
  readonly endCursor: string | null;
}

export interface Page<Row> {
  edges(): Promise<readonly Edge<Row>[]>;
  nodes(): Promise<readonly Row[]>;
  pageInfo(): Promise<PageInfo>;
  /** Of all rows, not of those after the cursor. */
  totalCount(): Promise<number>;
}

/** The columns that a page adds to its rows: cursors are made of them. */
interface CursorColumns {
  readonly page_value: string | number | null;
  readonly page_division: string;
  readonly page_id: string;
}

/** Throws `PlatformError` `BAD_USER_INPUT` for a size out of bounds, and for a cursor that is not one of this order. */
export function readPage<Row extends object>(db: Database, query: PageQuery): Page<Row> {
  const first = parseSize(query.first);
  const after = parseAfter(query.after, orderName(query.order));
  let rowsPromise: Promise<(Row & CursorColumns)[]> | undefined;
  const readRows = (): Promise<(Row & CursorColumns)[]> => {
    rowsPromise ??= fetchRows<Row>(db, query, { after, limit: first + 1 });
    return rowsPromise;
  };
  const edges = async (): Promise<Edge<Row>[]> =>
    (await readRows()).slice(0, first).map((node) => ({ node, cursor: cursorOf(node, query.order) }));

  return {
    edges,
    nodes: async () => (await readRows()).slice(0, first),
    pageInfo: async () => {
      const rows = await readRows();
      const last = rows[Math.min(first, rows.length) - 1];
      return { hasNextPage: rows.length > first, endCursor: last ? cursorOf(last, query.order) : null };
    },
    totalCount: () => countRows(db, query),
  };
}

async function countRows(db: Database, { name, from, where }: PageQuery): Promise<number> {
  const counting = sql`select count(*)::int as count from ${sourceOf(from)} where ${allOf(where ?? [])}`;
  const rows = await runSql<{ count: number }>(db, `${name}_count`, counting);
  return rows[0]?.count ?? 0;
}

interface PageRange {
  readonly after: Position | undefined;
  readonly limit: number;
}

/** Rows with a value of the key come first, then rows without: each part is one index range. */
async function fetchRows<Row extends object>(
  db: Database,
  query: PageQuery,
  cut: PageRange,
): Promise<(Row & CursorColumns)[]> {
  const rows = cut.after?.value === null ? [] : await fetchPart<Row>(db, query, { ...cut, part: 'valued' });
  if (!query.order.nullable || rows.length >= cut.limit) return rows;
  const after = cut.after?.value === null ? cut.after : undefined;
  return [...rows, ...(await fetchPart<Row>(db, query, { after, limit: cut.limit - rows.length, part: 'null' }))];
}

async function fetchPart<Row extends object>(
  db: Database,
  query: PageQuery,
  { part, after, limit }: PageRange & { readonly part: 'valued' | 'null' },
): Promise<(Row & CursorColumns)[]> {
  const { name, columns, from, where = [], order } = query;
  const key = raw(order.expression);
  const division = raw(query.divisionColumn ?? 'division');
  const id = raw(query.idColumn ?? 'id');
  const tie = sql`${division}, ${id}`;
  const conditions = [...where];
  if (part === 'null') conditions.push(sql`${key} is null`);
  else if (order.nullable) conditions.push(sql`${key} is not null`);
  if (after) conditions.push(afterPosition(part, { after, order, division, id }));
  const ordering = part === 'null' ? tie : joinFragments([sql`${key} ${raw(orderingOf(order))}`, tie], ', ');
  const statement = sql`select ${raw(columns)}, ${orderValue(order)} as page_value, ${division} as page_division, ${id} as page_id
    from ${sourceOf(from)} where ${allOf(conditions)} order by ${ordering} limit ${limit}`;
  try {
    return await runSql<Row & CursorColumns>(db, `${name}_page`, statement);
  } catch (error) {
    throw after && isDataException(error) ? createCursorError() : error;
  }
}

interface PageStart {
  readonly after: Position;
  readonly order: PageOrder;
  readonly division: Fragment;
  readonly id: Fragment;
}

/** The first comparison is the index range; the rest drops rows of the same key that the last page had. */
function afterPosition(part: 'valued' | 'null', { after, order, division, id }: PageStart): Fragment {
  const tieBreak = sql`(${division}, ${id}) > (${after.division}, ${after.id})`;
  if (part === 'null') return tieBreak;
  const key = raw(order.expression);
  const [from, beyond] = order.direction === 'DESC' ? [raw('<='), raw('<')] : [raw('>='), raw('>')];
  return sql`${key} ${from} ${after.value} and (${key} ${beyond} ${after.value} or ${tieBreak})`;
}

function sourceOf(from: PageQuery['from']): Fragment {
  return typeof from === 'string' ? raw(from) : from;
}

function orderingOf({ direction, nullable }: PageOrder): string {
  if (direction === 'ASC') return 'asc';
  return nullable ? 'desc nulls last' : 'desc';
}

/** The key as a value that JavaScript compares as the database does. */
function orderValue({ kind, expression }: PageOrder): Fragment {
  switch (kind) {
    case 'instant':
      return raw(`to_char((${expression}) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`);
    case 'number':
      return raw(`(${expression})::float8`);
    case 'text':
      return raw(`(${expression})::text`);
  }
}

function cursorOf(row: CursorColumns, order: PageOrder): string {
  return encodePosition({
    order: orderName(order),
    value: row.page_value,
    division: row.page_division,
    id: row.page_id,
  });
}

function orderName({ key, direction }: PageOrder): string {
  return `${key}:${direction}`;
}

function parseSize(first: number | null | undefined): number {
  const size = first ?? PAGE_SIZE;
  if (!Number.isInteger(size) || size < 0 || size > PAGE_SIZE_MAX) {
    throw new PlatformError('BAD_USER_INPUT', `"first" is ${size}; expected 0 to ${PAGE_SIZE_MAX}`);
  }
  return size;
}

function parseAfter(after: string | null | undefined, order: string): Position | undefined {
  if (after === null || after === undefined) return undefined;
  const position = parsePosition(after);
  if (!position) throw createCursorError();
  if (position.order !== order) {
    throw new PlatformError(
      'BAD_USER_INPUT',
      `"after" is a cursor of the order ${position.order}, but the rows are ordered by ${order}; take a cursor of this query`,
    );
  }
  return position;
}

function createCursorError(): PlatformError {
  return new PlatformError(
    'BAD_USER_INPUT',
    '"after" is no cursor of this query; take one from "endCursor" or an edge',
  );
}

/** SQLSTATE class 22: the type of the key cannot hold the value. */
function isDataException(error: unknown): boolean {
  return typeof (error as { code?: unknown })?.code === 'string' && (error as { code: string }).code.startsWith('22');
}
