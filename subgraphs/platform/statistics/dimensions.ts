/** The dimensions of statistics → the columns of `group by`, and the key of a group. */
import { type Fragment, raw } from '../database/sql.ts';

/** From coarse to fine. The finest requested one is `key.division`. */
const PLACE_DIMENSIONS = ['PROVINCE', 'CITY', 'COUNTY', 'STREET', 'COMMUNITY'] as const;

export type PlaceDimension = (typeof PLACE_DIMENSIONS)[number];
export type Dimension = PlaceDimension | 'CATEGORY' | 'MAJOR_CATEGORY' | 'SOURCE' | 'DEPARTMENT' | 'MONTH';

/** The parts of a group's key, in the order of groups; null if the dimension was not requested. */
export interface GroupKey {
  readonly division: string | null;
  readonly category: string | null;
  readonly source: string | null;
  readonly department: string | null;
  readonly month: string | null;
}

export const KEY_PARTS = ['division', 'category', 'source', 'department', 'month'] as const;

/** Digits of a major class: kind and major. */
const MAJOR_DIGITS = 3;

/** The SQL expression of each dimension in a table, text from the code. */
export interface DimensionColumns {
  readonly division: string;
  readonly category: string;
  /** Undefined if the rows have no source. */
  readonly source?: string;
  readonly department: string;
  readonly month: string;
}

/** The columns `division, category, source, department, month` of a `select`, each null if it was not requested. */
export function keyColumns(groupBy: readonly Dimension[], columns: DimensionColumns): Fragment {
  const requested = new Set(groupBy);
  const place = PLACE_DIMENSIONS.findLast((dimension) => requested.has(dimension));
  const parts: Readonly<Record<(typeof KEY_PARTS)[number], string | undefined>> = {
    division: place && `division_at(${columns.division}, '${place}')`,
    category: categoryOf(requested, columns.category),
    source: requested.has('SOURCE') ? columns.source : undefined,
    department: requested.has('DEPARTMENT') ? columns.department : undefined,
    month: requested.has('MONTH') ? columns.month : undefined,
  };
  return raw(KEY_PARTS.map((part) => `${parts[part] ?? 'null::text'} as ${part}`).join(', '));
}

function categoryOf(requested: ReadonlySet<Dimension>, column: string): string | undefined {
  if (requested.has('CATEGORY')) return column;
  return requested.has('MAJOR_CATEGORY') ? `left(${column}, ${MAJOR_DIGITS})` : undefined;
}

/** Ascending by the parts of the key, null first, by code points. */
export function compareKeys(a: GroupKey, b: GroupKey): number {
  for (const part of KEY_PARTS) {
    const [left, right] = [a[part], b[part]];
    if (left === right) continue;
    if (left === null) return -1;
    if (right === null) return 1;
    return left < right ? -1 : 1;
  }
  return 0;
}
