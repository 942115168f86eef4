/**
 * A position in a connection: the value of the order key, then division and id as tie-breaks. All platforms of a
 * subgraph order alike, so that one position, which platforms encode and the gateway decodes, tells each of them
 * where the next page begins.
 */
export interface Position {
  /** What the connection is ordered by, with its direction: `REPORTED_AT:DESC`. */
  readonly order: string;
  /** The value of the order key: a number or an ISO instant in UTC; null sorts last in either direction. */
  readonly value: string | number | null;
  readonly division: string;
  readonly id: string;
}

/** Rows of one page: more are refused by the gateway and by every platform. */
export const PAGE_SIZE_MAX = 500;

/** Groups of all statistics of one request to a platform, before they are cut to `top`. */
export const GROUPS_MAX = 20_000;

/** Characters of an encoded position: connections are ordered by numbers and instants. */
export const POSITION_LENGTH_MAX = 512;

export function encodePosition(position: Position): string {
  return Buffer.from(JSON.stringify([position.order, position.value, position.division, position.id])).toString(
    'base64url',
  );
}

/** Returns undefined for a text that is no encoded position. */
export function parsePosition(cursor: string): Position | undefined {
  if (cursor.length > POSITION_LENGTH_MAX) return undefined;
  try {
    const parts: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (!Array.isArray(parts) || parts.length !== 4) return undefined;
    const [order, value, division, id] = parts as readonly unknown[];
    const orderable =
      value === null || typeof value === 'string' || (typeof value === 'number' && Number.isFinite(value));
    if (typeof order !== 'string' || typeof division !== 'string' || typeof id !== 'string' || !orderable)
      return undefined;
    return { order, value: value as string | number | null, division, id };
  } catch {
    return undefined;
  }
}

/** Before (< 0), the same (0), or after (> 0) in the connection's order. Division and id always ascend. */
export function comparePositions(a: Position, b: Position): number {
  return compareValues(a, b) || compareText(a.division, b.division) || compareText(a.id, b.id);
}

function compareValues(a: Position, b: Position): number {
  if (a.value === b.value) return 0;
  if (a.value === null) return 1;
  if (b.value === null) return -1;
  const ascending =
    typeof a.value === 'number' && typeof b.value === 'number'
      ? a.value - b.value
      : compareText(String(a.value), String(b.value));
  return a.order.endsWith(':DESC') ? -ascending : ascending;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
