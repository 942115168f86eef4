/**
 * Hotline × grid quadrants: each subgraph counts rows of its own in the groups of the other's. The gateway merges the
 * groups of all platforms and classifies them again.
 */
import { classifyQuadrants, type Quadrant } from '@yiwang/schema/statistics';
import { parsePeriod } from '@yiwang/schema/time';
import { whereDuring } from '../database/conditions.ts';
import { allOf, raw, runSql, sql } from '../database/sql.ts';
import { type Within, whereWithin } from '../database/where-within.ts';
import type { Context } from '../module.ts';
import {
  compareKeys,
  type Dimension,
  type DimensionColumns,
  EMPTY_KEY,
  type GroupKey,
  KEY_PARTS,
  keyColumns,
} from './dimensions.ts';
import { type GroupKeyView, mapGroupKey } from './group-view.ts';
import { type DivisionMap, onMap } from './today.ts';

/** A table whose rows count by one instant; text from the code. */
export interface CountedTable {
  readonly table: string;
  readonly instant: string;
  readonly columns: Omit<DimensionColumns, 'month'>;
}

export interface HotspotArguments {
  readonly within?: Within;
  readonly period: string;
  readonly groupBy?: readonly Dimension[] | null;
  readonly map?: DivisionMap | null;
}

interface Hotspot {
  readonly key: GroupKeyView;
  readonly requests: number;
  readonly cases: number;
  readonly quadrant: Quadrant;
}

const HOTSPOT_DIMENSIONS: readonly Dimension[] = ['STREET'];

/** A table, and the count of a hotspot that its rows make. */
export type HotspotPart = CountedTable & { readonly count: 'requests' | 'cases' };

/**
 * `counted`: the hotspots that another module of the server counted, if there is one. The groups in the order of their
 * keys; without dimensions exactly one.
 */
export async function countHotspots(
  counted: unknown,
  part: HotspotPart,
  args: HotspotArguments,
  context: Pick<Context, 'db' | 'groups'>,
): Promise<readonly Hotspot[]> {
  const counts = new Map<string, { key: GroupKey; requests: number; cases: number }>();
  const countsOf = (key: GroupKey) => {
    const name = JSON.stringify(KEY_PARTS.map((each) => key[each]));
    const group = counts.get(name) ?? { key, requests: 0, cases: 0 };
    counts.set(name, group);
    return group;
  };
  const earlier: readonly Hotspot[] = Array.isArray(counted) ? counted : [];
  for (const { key, requests, cases } of earlier) Object.assign(countsOf(toGroupKey(key)), { requests, cases });
  for (const { count, ...key } of await readCounts(part, args, context)) countsOf(key)[part.count] += count;
  const groups = [...counts.values()].sort((a, b) => compareKeys(a.key, b.key));
  const quadrants = classifyQuadrants(groups);
  return groups.map(({ key, requests, cases }, index) => ({
    key: mapGroupKey(key),
    requests,
    cases,
    quadrant: quadrants[index]!,
  }));
}

type CountRow = GroupKey & { readonly count: number };

async function readCounts(
  { table, instant, columns }: CountedTable,
  { within, period, groupBy, map }: HotspotArguments,
  { db, groups }: Pick<Context, 'db' | 'groups'>,
): Promise<readonly CountRow[]> {
  const dimensions = groupBy ?? HOTSPOT_DIMENSIONS;
  const textOf = (format: string) => `to_char(${instant} at time zone interval '8 hours', '${format}')`;
  const times = { month: textOf('YYYY-MM'), day: textOf('YYYY-MM-DD'), hour: textOf('HH24') };
  const mapped = onMap({ ...columns, ...times }, instant, { map, places: [within ?? null], groupBy: dimensions });
  const where = allOf([whereWithin(within, columns.division), whereDuring(instant, parsePeriod(period))]);
  const rows = await groups.read((groupsMax) =>
    runSql<CountRow>(
      db,
      `${table}_hotspots`,
      sql`select ${keyColumns(dimensions, mapped)}, count(*)::int as count
        from ${raw(table)} t where ${where} group by ${raw(KEY_PARTS.map((_, index) => index + 1).join(', '))} limit ${groupsMax}::int`,
      'statistics',
    ),
  );
  return rows.length > 0 || dimensions.length > 0 ? rows : [{ ...EMPTY_KEY, count: 0 }];
}

function toGroupKey({
  division,
  category,
  department,
  owner,
  issuedBy,
  hour,
  unattributed,
  ...texts
}: GroupKeyView): GroupKey {
  return {
    ...texts,
    division: division?.code ?? null,
    category: category?.code ?? null,
    department: department?.code ?? null,
    owner: owner?.code ?? null,
    issuer: issuedBy?.code ?? null,
    hour: hour === null ? null : String(hour).padStart(2, '0'),
    unattributed: unattributed ? 'UNATTRIBUTED' : null,
  };
}
