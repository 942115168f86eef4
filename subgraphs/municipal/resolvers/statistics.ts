/** Groups of counts → groups of the graph: keys as entities, rates, order and cut. */
import { PlatformError } from '@yiwang/platform';
import type { PassportClaims } from '@yiwang/schema';
import type { RateValue } from '@yiwang/schema/statistics';
import type {
  DivisionCaseStatisticsArgs,
  DivisionRequestStatisticsArgs,
  StatisticsOrder,
} from '../generated/schema.ts';
import type { MunicipalContext } from '../loaders.ts';
import type { StatisticsLoader } from '../statistics-loader.ts';
import { CASE_FACT_NAMES, type CaseFact } from '../store/statistics/case-statistics.ts';
import type { GroupKey } from '../store/statistics/dimensions.ts';
import { REQUEST_FACT_NAMES, type RequestFact } from '../store/statistics/request-statistics.ts';
import type { Cut, Group } from '../store/statistics/statistics.ts';
import { parseCaseFilter, parseRequestFilter, parseStatisticsPeriod, type StatisticsArguments } from './arguments.ts';
import { caseRates, requestRates } from './rates.ts';

/** A group's key, with entities for codes. */
export type GroupKeyView = ReturnType<typeof mapGroupKey>;

interface GroupView<Name extends string, Rates extends string = string> {
  readonly key: GroupKeyView;
  readonly counts: Group<Name>['counts'];
  readonly rates: Readonly<Record<Rates, RateValue>>;
}

export type CaseGroup = GroupView<CaseFact, keyof ReturnType<typeof caseRates>>;
export type RequestGroup = GroupView<RequestFact, keyof ReturnType<typeof requestRates>>;

/** A kind of statistics: its rates, and the paths by which its groups can be ordered. */
interface StatisticsKind<Name extends string, Rates extends string> {
  readonly ratesOf: (counts: Group<Name>['counts']) => Readonly<Record<Rates, RateValue>>;
  readonly measures: readonly string[];
}

const CASE_STATISTICS = createStatisticsKind(CASE_FACT_NAMES, caseRates);
const REQUEST_STATISTICS = createStatisticsKind(REQUEST_FACT_NAMES, requestRates);

export async function resolveCaseStatistics(
  place: string | null,
  args: DivisionCaseStatisticsArgs,
  { loaders, passport }: MunicipalContext,
): Promise<readonly CaseGroup[]> {
  checkOrder(args, CASE_STATISTICS);
  const groups = await loadGroups(loaders.caseStatistics, {
    place,
    args,
    passport,
    filter: parseCaseFilter(args.filter),
  });
  return orderAndCut(groups, args, CASE_STATISTICS);
}

export async function resolveRequestStatistics(
  place: string | null,
  args: DivisionRequestStatisticsArgs,
  { loaders, passport }: MunicipalContext,
): Promise<readonly RequestGroup[]> {
  checkOrder(args, REQUEST_STATISTICS);
  const groups = await loadGroups(loaders.requestStatistics, {
    place,
    args,
    passport,
    filter: parseRequestFilter(args.filter),
  });
  return orderAndCut(groups, args, REQUEST_STATISTICS);
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

interface StatisticsRequest<Filter> {
  readonly place: string | null;
  readonly args: StatisticsArguments;
  readonly passport: PassportClaims;
  readonly filter: Filter | null;
}

function loadGroups<Filter, Name extends string>(
  loader: StatisticsLoader<Filter, Name>,
  { place, args, passport, filter }: StatisticsRequest<Filter>,
): Promise<readonly Group<Name>[]> {
  return loader.load({
    place,
    period: parseStatisticsPeriod(args.period, passport),
    filter,
    groupBy: args.groupBy ?? [],
    cut: cutOf(args),
  });
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

function createStatisticsKind<Name extends string, Rates extends string>(
  names: readonly Name[],
  ratesOf: StatisticsKind<Name, Rates>['ratesOf'],
): StatisticsKind<Name, Rates> {
  const zeroCounts = Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
  const rates = Object.keys(ratesOf(zeroCounts)).map((name) => `rates.${name}`);
  return { ratesOf, measures: [...names.map((name) => `counts.${name}`), ...rates] };
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
