/** Groups of counts → groups of the graph: keys as entities, rates, order and cut. */
import type { PassportClaims } from '@yiwang/schema';
import { DEFAULT_DATA_CLASS, dataClassOf } from '@yiwang/schema/sdl';
import { countNameOf, countsOfRate, type RateValue, wholeRateOf } from '@yiwang/schema/statistics';
import { getNamedType, isObjectType } from 'graphql';
import type { Within } from '../database/where-within.ts';
import { PlatformError } from '../errors.ts';
import { type SelectionInfo, selectedFields } from '../graphql/selected-fields.ts';
import type { Dimension, GroupKey } from './dimensions.ts';
import { parseStatisticsPeriod } from './open-statistics.ts';
import type { Cut, Group } from './statistics.ts';
import type { StatisticsLoader } from './statistics-loader.ts';
import type { DivisionMap } from './today.ts';

/** The arguments that all statistics have, besides their filter. */
export interface StatisticsArguments {
  readonly period: string;
  readonly groupBy?: readonly Dimension[] | null;
  readonly map?: DivisionMap | null;
  readonly orderBy?: StatisticsOrder | null;
  readonly top?: number | null;
}

interface StatisticsOrder {
  /** `counts.overdue`, `rates.closingOnTime` */
  readonly by: string;
  readonly direction: 'ASC' | 'DESC';
}

/** A group's key, with entities for codes. */
export type GroupKeyView = ReturnType<typeof mapGroupKey>;

export interface GroupView<Name extends string, Rates extends string = string> {
  readonly key: GroupKeyView;
  readonly counts: Group<Name>['counts'];
  readonly rates: Readonly<Record<Rates, RateValue>>;
}

/** A kind of statistics: its counts, and its rates by the keys of their metrics. */
export interface StatisticsKind<Name extends string, Rates extends string> {
  readonly names: readonly Name[];
  readonly rates: readonly StatisticsRate<Name, Rates>[];
  /** The paths by which groups can be ordered. */
  readonly measures: readonly string[];
}

interface StatisticsRate<Name extends string, Rates extends string> {
  readonly name: Rates;
  readonly source: RateSource<Name>;
  /** The counts that it is made of. */
  readonly counts: readonly Name[];
}

/** A metric of the standard, or two counts. */
export type RateSource<Name extends string> = string | { readonly numerator: Name; readonly denominator: Name };

/** `rates`: what each rate of the graph is. Throws an `Error` for one made of a count that is not in `names`. */
export function createStatisticsKind<Name extends string, Rates extends string>(
  names: readonly Name[],
  rates: Readonly<Record<Rates, RateSource<Name>>>,
): StatisticsKind<Name, Rates> {
  const list = (Object.keys(rates) as Rates[]).map((name) => {
    const source = rates[name];
    if (typeof source !== 'string') return { name, source, counts: [source.numerator, source.denominator] };
    const counts = countsOfRate(source).map((key) => {
      const count = names.find((candidate) => candidate === (countNameOf(key) ?? key));
      if (count === undefined) throw new Error(`A count that ${source} is made of is missing: ${key}`);
      return count;
    });
    return { name, source, counts };
  });
  const paths = [...names.map((name) => `counts.${name}`), ...list.map(({ name }) => `rates.${name}`)];
  return { names, rates: list, measures: paths };
}

/** What of a group is asked for. */
interface AskedMeasures<Name extends string, Rates extends string> {
  /** With those that the rates are made of. */
  readonly facts: readonly Name[];
  readonly rates: readonly StatisticsRate<Name, Rates>[];
}

function askedMeasures<Name extends string, Rates extends string>(
  { names, rates }: StatisticsKind<Name, Rates>,
  { orderBy }: Pick<StatisticsArguments, 'orderBy'>,
  info: SelectionInfo,
): AskedMeasures<Name, Rates> {
  const [counts, shares] = [selectedFields(info, 'counts'), selectedFields(info, 'rates')];
  const askedRates = rates.filter(({ name }) => shares.has(name) || orderBy?.by === `rates.${name}`);
  const needed = new Set(askedRates.flatMap((rate) => rate.counts));
  const isAsked = (name: Name) => counts.has(name) || needed.has(name) || orderBy?.by === `counts.${name}`;
  return { facts: names.filter(isAsked), rates: askedRates };
}

/**
 * A rate of the standard from counts by the names of the graph. Both parts are whole numbers, so that rates of many
 * platforms come from their sums.
 */
function rateOf<Name extends string>(metric: RateSource<Name>, counts: Readonly<Record<Name, number>>): RateValue {
  if (typeof metric !== 'string') {
    const [numerator, denominator] = [counts[metric.numerator], counts[metric.denominator]];
    return { numerator, denominator, value: denominator === 0 ? null : numerator / denominator };
  }
  const byName: Readonly<Record<string, number>> = counts;
  const figures = Object.fromEntries(countsOfRate(metric).map((key) => [key, byName[countNameOf(key) ?? key]]));
  const rate = wholeRateOf(metric, figures);
  if (rate === null) throw new Error(`A count that ${metric} is made of is missing`);
  return rate;
}

/** GraphQL refuses to write it. */
const NOT_ASKED: RateValue = { numerator: Number.NaN, denominator: Number.NaN, value: Number.NaN };

export interface StatisticsRequest<Filter, Name extends string, Rates extends string> {
  readonly kind: StatisticsKind<Name, Rates>;
  readonly loader: Pick<StatisticsLoader<Filter, Name>, 'load'>;
  /** Canonical codes; null for everything in the caller's scope. */
  readonly place: Within;
  readonly args: StatisticsArguments;
  readonly filter: Filter | null;
  readonly passport: PassportClaims;
  /** Of the field: only what it selects is counted. */
  readonly info: SelectionInfo;
}

/** Throws `BAD_USER_INPUT` for an order, a period or a cut that the statistics do not have. */
export async function resolveStatistics<Filter, Name extends string, Rates extends string>({
  kind,
  loader,
  place,
  args,
  filter,
  passport,
  info,
}: StatisticsRequest<Filter, Name, Rates>): Promise<readonly GroupView<Name, Rates>[]> {
  checkOrder(args, visibleMeasures(kind, passport, info));
  const asked = askedMeasures(kind, args, info);
  const groups = await loader.load({
    place,
    period: parseStatisticsPeriod(args.period, passport, args.groupBy),
    filter,
    groupBy: args.groupBy ?? [],
    map: args.map ?? 'OF_THE_DAY',
    facts: asked.facts,
    cut: cutOf(args),
  });
  return orderAndCut(groups, args, { ...asked, kind });
}

export function mapGroupKey({ division, category, department, owner, issuer, hour, unattributed, ...texts }: GroupKey) {
  return {
    ...texts,
    division: toEntityRefOrNull(division),
    category: toEntityRefOrNull(category),
    department: toEntityRefOrNull(department),
    owner: toEntityRefOrNull(owner),
    issuedBy: toEntityRefOrNull(issuer),
    hour: hour === null ? null : Number(hour),
    unattributed: unattributed !== null,
  };
}

export function toEntityRef(code: string): { readonly code: string } {
  return { code };
}

export function toEntityRefOrNull(code: string | null): { readonly code: string } | null {
  return code === null ? null : { code };
}

/** The database cuts by counts and keys. Rates are computed here. */
function cutOf({ orderBy, top }: Pick<StatisticsArguments, 'orderBy' | 'top'>): Cut | null {
  if (top === null || top === undefined) return null;
  if (!orderBy) return { by: null, direction: 'ASC', top };
  const [part, name] = orderBy.by.split('.') as [string, string];
  return part === 'counts' ? { by: name, direction: orderBy.direction, top } : null;
}

/** Groups come in the order of their keys, which stays the order of groups that are equal by `orderBy`. */
function orderAndCut<Name extends string, Rates extends string>(
  groups: readonly Group<Name>[],
  { orderBy, top }: Pick<StatisticsArguments, 'orderBy' | 'top'>,
  asked: AskedMeasures<Name, Rates> & { readonly kind: StatisticsKind<Name, Rates> },
): readonly GroupView<Name, Rates>[] {
  const notAsked = Object.fromEntries(asked.kind.rates.map(({ name }) => [name, NOT_ASKED])) as Record<
    Rates,
    RateValue
  >;
  const views = groups.map(({ key, counts }) => {
    const rates = { ...notAsked };
    for (const { name, source } of asked.rates) rates[name] = rateOf(source, counts);
    return { key: mapGroupKey(key), counts, rates };
  });
  const ordered = orderBy ? sortBy(views, orderBy) : views;
  return ordered.slice(0, top ?? undefined);
}

/** Those whose data class the passport has: an order by others would tell of them. */
function visibleMeasures(
  { measures }: Pick<StatisticsKind<string, string>, 'measures'>,
  { classes }: Pick<PassportClaims, 'classes'>,
  { returnType }: SelectionInfo,
): readonly string[] {
  const group = getNamedType(returnType);
  return measures.filter((path) => {
    const [part = '', name = ''] = path.split('.');
    const type = isObjectType(group) ? getNamedType(group.getFields()[part]?.type) : undefined;
    if (!isObjectType(type)) return false;
    const field = type.getFields()[name]?.astNode;
    const dataClass = (field && dataClassOf(field)) ?? (type.astNode && dataClassOf(type.astNode));
    return classes.some((allowed) => allowed === (dataClass ?? DEFAULT_DATA_CLASS));
  });
}

function checkOrder({ orderBy, top }: Pick<StatisticsArguments, 'orderBy' | 'top'>, measures: readonly string[]): void {
  if (orderBy && !measures.includes(orderBy.by)) {
    const expected = measures.join(', ');
    throw new PlatformError(
      'BAD_USER_INPUT',
      `groups cannot be ordered by "${orderBy.by}"; expected one of ${expected}`,
    );
  }
  if (top !== null && top !== undefined && top < 0) {
    throw new PlatformError('BAD_USER_INPUT', `"top" is ${top}; expected 0 or more`);
  }
}

function sortBy<Name extends string, Rates extends string>(
  groups: readonly GroupView<Name, Rates>[],
  { by, direction }: StatisticsOrder,
): GroupView<Name, Rates>[] {
  const withMeasures = groups.map((group) => ({ group, measure: measureOf(group, by) }));
  return withMeasures.sort((a, b) => compareMeasures(a.measure, b.measure, direction)).map(({ group }) => group);
}

/** Null comes last in either direction. */
function compareMeasures(a: number | null, b: number | null, direction: StatisticsOrder['direction']): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return direction === 'DESC' ? b - a : a - b;
}

function measureOf<Name extends string, Rates extends string>(
  { counts, rates }: GroupView<Name, Rates>,
  by: string,
): number | null {
  const [part, name] = by.split('.') as [string, string];
  return part === 'counts' ? counts[name as Name] : rates[name as Rates].value;
}
