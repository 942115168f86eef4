/** Statistics of a table in one query: the counts that were asked for, for each place, span and group. */
import type { Period } from '@yiwang/schema/time';
import { allOf, type Fragment, joinFragments, raw, runSql, sql } from '../database/sql.ts';
import type { GroupBudget } from '../group-budget.ts';
import type { Database } from '../module.ts';
import {
  compareKeys,
  type Dimension,
  type DimensionColumns,
  EMPTY_KEY,
  type GroupKey,
  isByStep,
  KEY_PARTS,
  type KeyPart,
  requestedKeys,
  selectKeys,
} from './dimensions.ts';
import { joinPlaces, type Places } from './places.ts';
import { joinSpans, type Lifetime, type Span, spansOf, whereAlive } from './spans.ts';
import { type DivisionMap, type MapQuery, onMap } from './today.ts';

/** The rows `t` of a table, or what `from` joins to them; text from the code. */
export interface FactSource {
  readonly table: string;
  readonly from?: string;
  readonly columns: DimensionColumns;
  readonly lifetime: Lifetime;
  /** What is true of every row that may be counted. Default: all whose lifetime meets a span. */
  readonly where?: string;
}

/**
 * A fact: conditions on a row and on `span.lo`, `span.hi`; text from the code. Rows are counted by `row`, or by `step`
 * and `rest` together: the steps that make the fact, and the rows for which no step makes it. Groups by officer, post
 * or hour are counted by `step` and `rest`, the others by `row` if there is one. A fact with `sum` adds up this whole
 * number instead of counting. A text is a `row` alone.
 */
export interface Fact {
  readonly row?: string;
  readonly step?: string;
  readonly rest?: string;
  readonly sum?: string;
}

export interface FactTable<Name extends string> extends FactSource {
  /** The steps of the rows, each with its row. Undefined: no fact has a `step`. */
  readonly steps?: FactSource;
  readonly facts: Readonly<Record<Name, Fact | string>>;
}

export interface StatisticsQuery {
  readonly places: Places;
  readonly period: Period;
  readonly groupBy: readonly Dimension[];
  /** By which map rows are placed. Default: that of their day. */
  readonly map?: DivisionMap | null | undefined;
  /** The facts that are counted. Default: all. */
  readonly facts?: readonly string[] | undefined;
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
  /** A count that was not asked for is NaN, which GraphQL refuses to write. */
  readonly counts: Readonly<Record<Name, number>>;
}

/** The instant lies in the span. */
export function during(column: string): string {
  return `(${column} >= span.lo and ${column} < span.hi)`;
}

/**
 * The groups of each place, in the order of their keys. A group has at least one row that was alive in the period; a
 * group by officer, post or hour has at least one of the counts that were asked for. So the groups of all platforms
 * together are the groups of all rows. Without dimensions there is always exactly one.
 */
export async function readStatistics<Name extends string>(
  db: Database,
  table: FactTable<Name>,
  query: StatisticsQuery,
): Promise<Group<Name>[][]> {
  const names = Object.keys(table.facts) as Name[];
  const asked = query.facts ? names.filter((name) => query.facts?.includes(name)) : names;
  const notAsked = Object.fromEntries(names.map((name) => [name, Number.NaN])) as Record<Name, number>;
  const rows = await countFacts(db, withMap(table, query), { ...query, facts: asked });
  const groups: Group<Name>[][] = query.places.map(() => []);
  for (const row of rows) {
    const [key, counts] = [{ ...EMPTY_KEY }, { ...notAsked }];
    for (const part of KEY_PARTS) if (row[part] !== undefined) key[part] = row[part];
    for (const name of asked) counts[name] = row[name];
    groups[row.ordinal]?.push({ key, counts });
  }
  return groups.map((group) => {
    if (query.groupBy.length > 0 || group.length > 0) return group.sort((a, b) => compareKeys(a.key, b.key));
    const zeroes = Object.fromEntries(asked.map((name) => [name, 0])) as Record<Name, number>;
    return [{ key: EMPTY_KEY, counts: { ...notAsked, ...zeroes } }];
  });
}

function withMap<Name extends string>(table: FactTable<Name>, query: MapQuery): FactTable<Name> {
  if (query.map !== 'TODAY') return table;
  const mapped = <Source extends FactSource>(source: Source): Source => ({
    ...source,
    columns: onMap(source.columns, source.lifetime.from, query),
  });
  return { ...mapped(table), ...(table.steps ? { steps: mapped(table.steps) } : {}) };
}

type FactsQuery<Name extends string> = Omit<StatisticsQuery, 'facts'> & { readonly facts: readonly Name[] };
type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type CountRow<Name extends string> = Partial<Mutable<GroupKey>> & { readonly ordinal: number } & Readonly<
    Record<Name, number>
  >;

async function countFacts<Name extends string>(
  db: Database,
  table: FactTable<Name>,
  query: FactsQuery<Name>,
): Promise<CountRow<Name>[]> {
  const { places, cut, groups, facts } = query;
  const spans = spansOf(query.period, query);
  if (spans.length === 0 || places.length === 0) return [];
  const keys = requestedKeys(query.groupBy, table.columns).map(([part]) => part);
  const grouping = writeGrouping(table, query, spans);
  const statement = cut && places.length === 1 ? cutTo(grouping, cut, { facts, keys }) : grouping;
  const read = (limit: Fragment) =>
    runSql<CountRow<Name>>(db, `${table.table}_statistics`, sql`${statement}${limit}`, 'statistics');
  return groups ? groups.read((groupsMax) => read(sql` limit ${groupsMax}::int`)) : read(raw(''));
}

/** One source that is counted, and the condition of each fact in it; undefined for a fact that it does not have. */
interface CountedSource {
  readonly source: FactSource;
  /** False: what none of the facts counts makes no group. */
  readonly makesGroups: boolean;
  readonly conditionOf: (fact: Fact) => string | undefined;
}

function writeGrouping<Name extends string>(
  table: FactTable<Name>,
  query: FactsQuery<Name>,
  spans: readonly Span[],
): Fragment {
  const byStep = isByStep(query.groupBy);
  const rows: CountedSource = {
    source: table,
    makesGroups: !byStep,
    conditionOf: byStep ? ({ row, step, rest }) => rest ?? (step ? undefined : row) : ({ row, rest }) => row ?? rest,
  };
  const steps: CountedSource[] = table.steps
    ? [
        {
          source: table.steps,
          makesGroups: false,
          conditionOf: ({ row, step }) => (byStep || row === undefined ? step : undefined),
        },
      ]
    : [];
  const counts = (source: CountedSource) =>
    query.facts.some((name) => source.conditionOf(toFact(table.facts[name])) !== undefined);
  // Rows make the groups, whether or not any of their facts was asked for.
  const sources = [...(byStep && !counts(rows) ? [] : [rows]), ...steps.filter(counts)];
  const parts = (sources.length > 0 ? sources : [rows]).map((source) => groupSource(source, table, query, spans));
  const [first, ...others] = parts;
  if (others.length === 0 && !byStep) return first!;
  const keys = requestedKeys(query.groupBy, table.columns).map(([part]) => part);
  const sums = query.facts.map((name) => `sum("${name}")::${typeOf(toFact(table.facts[name]))} as "${name}"`);
  const having = byStep ? query.facts.map((name) => `sum("${name}") <> 0`).join(' or ') || 'false' : 'true';
  return sql`select ${raw(['ordinal', ...keys, ...sums].join(', '))} from (${joinFragments(parts, ' union all ')}) as part
    group by ${raw(['ordinal', ...keys].join(', '))} having ${raw(having)}`;
}

function groupSource<Name extends string>(
  { source, makesGroups, conditionOf }: CountedSource,
  { facts }: FactTable<Name>,
  { places, groupBy, where, facts: names }: FactsQuery<Name>,
  spans: readonly Span[],
): Fragment {
  const place = joinPlaces(places, source.columns.division);
  const keys = requestedKeys(groupBy, source.columns);
  const conditions = names.map((name) => conditionOf(toFact(facts[name])));
  const counts = names.map((name, i) => `, ${writeCount(toFact(facts[name]), conditions[i])} as "${name}"`);
  const counted = conditions.flatMap((condition) => (condition === undefined ? [] : [`(${condition})`]));
  return sql`select ${selectKeys(keys)}place.ordinal::int as ordinal${raw(counts.join(''))}
      from ${raw(source.from ?? `${source.table} t`)} ${place.join} ${joinSpans(spans, source.lifetime)}
      where ${allOf([
        place.where,
        whereAlive(spans, source.lifetime),
        ...(source.where === undefined ? [] : [raw(`(${source.where})`)]),
        ...(makesGroups || counted.length === 0 ? [] : [raw(`(${counted.join(' or ')})`)]),
        ...where,
      ])}
      group by ${raw([...keys.keys()].map((index) => `${index + 1}, `).join(''))}${raw(String(keys.length + 1))}`;
}

function toFact(fact: Fact | string): Fact {
  return typeof fact === 'string' ? { row: fact } : fact;
}

function writeCount({ sum }: Fact, condition: string | undefined): string {
  if (condition === undefined) return '0';
  const filter = `filter (where ${condition})`;
  return sum === undefined ? `count(*) ${filter}::int` : `coalesce(sum(${sum}) ${filter}, 0)::float8`;
}

/** A sum of whole numbers may be larger than an integer. */
function typeOf({ sum }: Fact): 'int' | 'float8' {
  return sum === undefined ? 'int' : 'float8';
}

/** The same order as that of a merge: a fact, then the parts of the key by code points, null first. */
function cutTo(
  grouping: Fragment,
  { by, direction, top }: Cut,
  { facts, keys }: { readonly facts: readonly string[]; readonly keys: readonly KeyPart[] },
): Fragment {
  const fact = facts.find((name) => name === by);
  const order = [
    ...(fact === undefined ? [] : [`"${fact}" ${direction === 'DESC' ? 'desc' : 'asc'}`]),
    ...keys.map((part) => `${part} collate "C" nulls first`),
    'ordinal',
  ].join(', ');
  return sql`select * from (select * from (${grouping}) as grouped order by ${raw(order)} limit ${top}::int) as cut`;
}
