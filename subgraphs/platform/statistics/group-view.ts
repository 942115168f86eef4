/** Groups of counts → groups of the graph: keys as entities, rates, order and cut. */
import type { PassportClaims } from '@yiwang/schema';
import { type RateValue, wholeRateOf } from '@yiwang/schema/statistics';
import { PlatformError } from '../errors.ts';
import type { Dimension, GroupKey } from './dimensions.ts';
import { parseStatisticsPeriod } from './open-statistics.ts';
import type { Cut, Group } from './statistics.ts';
import type { StatisticsLoader } from './statistics-loader.ts';

/** The arguments that all statistics have, besides their filter. */
export interface StatisticsArguments {
  readonly period: string;
  readonly groupBy?: readonly Dimension[] | null;
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

/** A kind of statistics: its rates, and the paths by which its groups can be ordered. */
export interface StatisticsKind<Name extends string, Rates extends string> {
  readonly ratesOf: (counts: Group<Name>['counts']) => Readonly<Record<Rates, RateValue>>;
  readonly measures: readonly string[];
}

export function createStatisticsKind<Name extends string, Rates extends string>(
  names: readonly Name[],
  ratesOf: StatisticsKind<Name, Rates>['ratesOf'],
): StatisticsKind<Name, Rates> {
  const zeroCounts = Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
  const rates = Object.keys(ratesOf(zeroCounts)).map((name) => `rates.${name}`);
  return { ratesOf, measures: [...names.map((name) => `counts.${name}`), ...rates] };
}

/**
 * A rate of the standard from counts by the names of the standard. Both parts are whole numbers, so that rates of many
 * platforms come from their sums.
 */
export function rateOf(key: string, figures: Readonly<Record<string, number>>): RateValue {
  const rate = wholeRateOf(key, figures);
  if (rate === null) throw new Error(`A count that ${key} is made of is missing`);
  return rate;
}

export interface StatisticsRequest<Filter, Name extends string, Rates extends string> {
  readonly kind: StatisticsKind<Name, Rates>;
  readonly loader: StatisticsLoader<Filter, Name>;
  /** A canonical code; null for everything in the caller's scope. */
  readonly place: string | null;
  readonly args: StatisticsArguments;
  readonly filter: Filter | null;
  readonly passport: PassportClaims;
}

/** Throws `BAD_USER_INPUT` for an order, a period or a cut that the statistics do not have. */
export async function resolveStatistics<Filter, Name extends string, Rates extends string>({
  kind,
  loader,
  place,
  args,
  filter,
  passport,
}: StatisticsRequest<Filter, Name, Rates>): Promise<readonly GroupView<Name, Rates>[]> {
  checkOrder(args, kind);
  const groups = await loader.load({
    place,
    period: parseStatisticsPeriod(args.period, passport),
    filter,
    groupBy: args.groupBy ?? [],
    cut: cutOf(args),
  });
  return orderAndCut(groups, args, kind);
}

export function mapGroupKey({ division, category, source, department, month }: GroupKey) {
  return {
    division: toEntityRefOrNull(division),
    category: toEntityRefOrNull(category),
    source,
    department: toEntityRefOrNull(department),
    month,
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
  { ratesOf }: StatisticsKind<Name, Rates>,
): readonly GroupView<Name, Rates>[] {
  const views = groups.map(({ key, counts }) => ({ key: mapGroupKey(key), counts, rates: ratesOf(counts) }));
  const ordered = orderBy ? sortBy(views, orderBy) : views;
  return ordered.slice(0, top ?? undefined);
}

function checkOrder(
  { orderBy, top }: Pick<StatisticsArguments, 'orderBy' | 'top'>,
  { measures }: { readonly measures: readonly string[] },
): void {
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
