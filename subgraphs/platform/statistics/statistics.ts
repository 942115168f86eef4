/** Statistics of a table in one query: counts of its facts for each place, span and group. */
import type { Period } from '@yiwang/schema/time';
import { allOf, type Fragment, joinFragments, raw, runSql, sql } from '../database/sql.ts';
import type { GroupBudget } from '../group-budget.ts';
import type { Database } from '../module.ts';
import {
  compareKeys,
  type Dimension,
  type DimensionColumns,
  type GroupKey,
  KEY_PARTS,
  keyColumns,
} from './dimensions.ts';
import { joinPlaces, type Places } from './places.ts';
import { joinSpans, type Lifetime, spansOf, whereAlive } from './spans.ts';

/**
 * A table and the facts that are counted in it: conditions on its row and on `span.lo`, `span.hi`; text from the
 * code.
 */
export interface FactTable<Name extends string> {
  readonly table: string;
  readonly columns: DimensionColumns;
  readonly lifetime: Lifetime;
  readonly facts: Readonly<Record<Name, string>>;
}

export interface StatisticsQuery {
  readonly places: Places;
  readonly period: Period;
  readonly groupBy: readonly Dimension[];
  readonly where: readonly Fragment[];
  readonly now: Date;
  /** The part of the groups that is returned; the database cuts if the query has one place. Default: all. */
  readonly cut?: Cut | null;
  /** The budget that bounds the groups. Default: no bound. */
  readonly groups?: GroupBudget;
}

/** The first groups in the order of a fact or of their keys. Equal groups follow by key. */
export interface Cut {
  readonly by: string | null;
  readonly direction: 'ASC' | 'DESC';
  readonly top: number;
}

export interface Group<Name extends string> {
  readonly key: GroupKey;
  readonly counts: Readonly<Record<Name, number>>;
}

/** The instant lies in the span. */
export function during(column: string): string {
  return `(${column} >= span.lo and ${column} < span.hi)`;
}

/**
 * The groups of each place, in the order of their keys. A group in which nothing is counted is left out, so that the
 * groups of all platforms together are the groups of all rows; without dimensions there is always exactly one.
 */
export async function readStatistics<Name extends string>(
  db: Database,
  table: FactTable<Name>,
  query: StatisticsQuery,
): Promise<Group<Name>[][]> {
  const names = Object.keys(table.facts) as Name[];
  const rows = await countFacts(db, table, query);
  const groups: Group<Name>[][] = query.places.map(() => []);
  for (const row of rows) {
    const counts = Object.fromEntries(names.map((name) => [name, row[name]])) as unknown as Record<Name, number>;
    const key = Object.fromEntries(KEY_PARTS.map((part) => [part, row[part]])) as unknown as GroupKey;
    groups[row.ordinal]?.push({ key, counts });
  }
  return groups.map((group) => {
    if (query.groupBy.length === 0 && group.length === 0) return [emptyGroup(names)];
    return group.sort((a, b) => compareKeys(a.key, b.key));
  });
}

type CountRow<Name extends string> = GroupKey & { readonly ordinal: number } & Readonly<Record<Name, number>>;

async function countFacts<Name extends string>(
  db: Database,
  { table, columns, lifetime, facts }: FactTable<Name>,
  { places, period, groupBy, where, now, cut, groups }: StatisticsQuery,
): Promise<CountRow<Name>[]> {
  const spans = spansOf(period, { byMonth: groupBy.includes('MONTH'), now });
  if (spans.length === 0 || places.length === 0) return [];
  const place = joinPlaces(places, columns.division);
  const counts = Object.entries<string>(facts).map(
    ([name, fact]) => [name, `count(*) filter (where ${fact})::int`] as const,
  );
  const grouping = sql`select place.ordinal::int as ordinal, ${keyColumns(groupBy, columns)},
      ${raw(counts.map(([name, count]) => `${count} as "${name}"`).join(', '))}
      from ${raw(table)} t ${place.join} ${joinSpans(spans, lifetime)}
      where ${allOf([place.where, whereAlive(spans, lifetime), ...where])}
      group by 1, 2, 3, 4, 5, 6
      having ${raw(counts.map(([, count]) => `${count} <> 0`).join(' or '))}`;
  const statement = cut && places.length === 1 ? cutTo(grouping, cut, Object.keys(facts)) : grouping;
  const read = (limit: Fragment) =>
    runSql<CountRow<Name>>(db, `${table}_statistics`, sql`${statement}${limit}`, 'statistics');
  return groups ? groups.read((groupsMax) => read(sql` limit ${groupsMax}::int`)) : read(raw(''));
}

/** The same order as that of a merge: a fact, then the parts of the key by code points, null first. */
function cutTo(grouping: Fragment, { by, direction, top }: Cut, facts: readonly string[]): Fragment {
  const fact = facts.find((name) => name === by);
  const order = [
    ...(fact === undefined ? [] : [raw(`"${fact}" ${direction === 'DESC' ? 'desc' : 'asc'}`)]),
    ...KEY_PARTS.map((part) => raw(`${part} collate "C" nulls first`)),
  ];
  return sql`select * from (
    select * from (${grouping}) as grouped order by ${joinFragments(order, ', ')} limit ${top}::int) as cut`;
}

function emptyGroup<Name extends string>(names: readonly Name[]): Group<Name> {
  return {
    key: { division: null, category: null, source: null, department: null, month: null },
    counts: Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>,
  };
}
