/** The dimensions of statistics → the columns of `group by`, and the key of a group. */
import { type Fragment, raw } from '../database/sql.ts';

/** From coarse to fine. The finest requested one is `key.division`. */
const PLACE_DIMENSIONS = ['PROVINCE', 'CITY', 'COUNTY', 'STREET', 'COMMUNITY'] as const;

export type PlaceDimension = (typeof PLACE_DIMENSIONS)[number];

/** The part of the key that a dimension fills, in the order of groups. */
const PART_OF = {
  PROVINCE: 'division',
  CITY: 'division',
  COUNTY: 'division',
  STREET: 'division',
  COMMUNITY: 'division',
  CATEGORY: 'category',
  MAJOR_CATEGORY: 'category',
  SOURCE: 'source',
  DEPARTMENT: 'department',
  MONTH: 'month',
  OFFICER: 'officer',
  POST: 'post',
  GRID: 'grid',
  KIND: 'kind',
  CHANNEL: 'channel',
  DAY: 'day',
  HOUR: 'hour',
  FIELD: 'field',
  LEVEL: 'level',
  STATE: 'state',
  OWNER: 'owner',
  ISSUER: 'issuer',
} as const;

export type Dimension = keyof typeof PART_OF;
export type KeyPart = (typeof PART_OF)[Dimension] | 'unattributed';

export const KEY_PARTS: readonly KeyPart[] = [...new Set<KeyPart>([...Object.values(PART_OF), 'unattributed'])];

/** The dimensions that belong to a step of the flow: what no step did, is in the group without them. */
const STEP_DIMENSIONS: readonly Dimension[] = ['OFFICER', 'POST', 'HOUR'];

/** The parts of a group's key; null if the dimension was not requested. */
export type GroupKey = Readonly<Record<KeyPart, string | null>>;

export const EMPTY_KEY: GroupKey = Object.freeze({
  division: null,
  category: null,
  source: null,
  department: null,
  month: null,
  officer: null,
  post: null,
  grid: null,
  kind: null,
  channel: null,
  day: null,
  hour: null,
  field: null,
  level: null,
  state: null,
  owner: null,
  issuer: null,
  unattributed: null,
});

/** Digits of a major class: kind and major. */
const MAJOR_DIGITS = 3;

/** The SQL expression of each part in a table, text from the code. Rows are in the group without a part they lack. */
export type DimensionColumns = Readonly<Partial<Record<Exclude<KeyPart, 'division'>, string>>> & {
  readonly division: string;
  /** The unit of the division at a level, if it is not that of the code; see `today.ts`. */
  readonly unit?: string;
};

/** A part of the key that was requested, and its expression. */
export type KeyColumn = readonly [part: KeyPart, expression: string];

export function isByStep(groupBy: readonly Dimension[]): boolean {
  return groupBy.some((dimension) => STEP_DIMENSIONS.includes(dimension));
}

/** The parts of the key that were requested, in the order of groups. */
export function requestedKeys(groupBy: readonly Dimension[], columns: DimensionColumns): readonly KeyColumn[] {
  const requested: ReadonlySet<Dimension> = new Set(groupBy);
  const parts: Set<KeyPart> = new Set(groupBy.map((dimension) => PART_OF[dimension]));
  if (columns.unattributed !== undefined) parts.add('unattributed');
  return KEY_PARTS.filter((part) => parts.has(part)).map((part) => [
    part,
    expressionOf(part, requested, columns) ?? 'null::text',
  ]);
}

function expressionOf(part: KeyPart, requested: ReadonlySet<Dimension>, columns: DimensionColumns): string | undefined {
  if (part === 'division') {
    const place = finestPlace(requested);
    return place && (columns.unit ?? `division_at(${columns.division}, '${place}')`);
  }
  const column = columns[part];
  return part === 'category' && !requested.has('CATEGORY') && column !== undefined
    ? `left(${column}, ${MAJOR_DIGITS})`
    : column;
}

export function finestPlace(requested: ReadonlySet<Dimension>): PlaceDimension | undefined {
  return PLACE_DIMENSIONS.findLast((dimension) => requested.has(dimension));
}

/** All parts of the key as columns of a `select`, each null if it was not requested. */
export function keyColumns(groupBy: readonly Dimension[], columns: DimensionColumns): Fragment {
  const requested = new Map(requestedKeys(groupBy, columns));
  return raw(KEY_PARTS.map((part) => `${requested.get(part) ?? 'null::text'} as ${part}`).join(', '));
}

/** The list of a `select`, with a comma after each. */
export function selectKeys(keys: readonly KeyColumn[]): Fragment {
  return raw(keys.map(([part, expression]) => `${expression} as ${part}, `).join(''));
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
