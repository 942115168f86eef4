/** Groups of counts → what the graph shows: keys as entities, rates, the order asked for, and the cut. */
import { PlatformError } from '@yiwang/platform';
import type { PassportClaims, RateValue } from '@yiwang/schema';
import type {
  DivisionCaseStatisticsArgs,
  DivisionRequestStatisticsArgs,
  StatisticsOrder,
} from '../generated/schema.ts';
import type { MunicipalContext } from '../loaders.ts';
import type { StatisticsLoader } from '../statistics-loader.ts';
import { CASE_FACT_NAMES, type CaseFact } from '../store/case-statistics.ts';
import type { GroupKey } from '../store/dimensions.ts';
import { REQUEST_FACT_NAMES, type RequestFact } from '../store/request-statistics.ts';
import type { Cut, Group } from '../store/statistics.ts';
import { parseCaseFilter, parseRequestFilter, parseStatisticsPeriod, type StatisticsArguments } from './arguments.ts';
import { caseRates, requestRates } from './rates.ts';

/** A group's key, with entities for codes. */
export type Key = ReturnType<typeof showKey>;

interface Shown<Name extends string, Rates extends string = string> {
  readonly key: Key;
  readonly counts: Group<Name>['counts'];
  readonly rates: Readonly<Record<Rates, RateValue>>;
}

export type CaseGroup = Shown<CaseFact, keyof ReturnType<typeof caseRates>>;
export type RequestGroup = Shown<RequestFact, keyof ReturnType<typeof requestRates>>;

/** A kind of statistics: its rates, and the paths that its groups can be ordered by. */
interface Kind<Name extends string, Rates extends string> {
  readonly ratesOf: (counts: Group<Name>['counts']) => Readonly<Record<Rates, RateValue>>;
  readonly measures: readonly string[];
}

const CASE_STATISTICS = createKind(CASE_FACT_NAMES, caseRates);
const REQUEST_STATISTICS = createKind(REQUEST_FACT_NAMES, requestRates);

export async function resolveCaseStatistics(
  place: string | null,
  args: DivisionCaseStatisticsArgs,
  { loaders, passport }: MunicipalContext,
): Promise<readonly CaseGroup[]> {
  checkOrder(args, CASE_STATISTICS);
  const groups = await ask(loaders.caseStatistics, { place, args, passport, filter: parseCaseFilter(args.filter) });
  return arrange(groups, args, CASE_STATISTICS);
}

export async function resolveRequestStatistics(
  place: string | null,
  args: DivisionRequestStatisticsArgs,
  { loaders, passport }: MunicipalContext,
): Promise<readonly RequestGroup[]> {
  checkOrder(args, REQUEST_STATISTICS);
  const groups = await ask(loaders.requestStatistics, {
    place,
    args,
    passport,
    filter: parseRequestFilter(args.filter),
  });
  return arrange(groups, args, REQUEST_STATISTICS);
}

export function showKey({ division, category, source, department, month }: GroupKey) {
  return {
    division: entityOrNull(division),
    category: entityOrNull(category),
    source,
    department: entityOrNull(department),
    month,
  };
}

export function entity(code: string): { readonly code: string } {
  return { code };
}

export function entityOrNull(code: string | null): { readonly code: string } | null {
  return code === null ? null : { code };
}

interface Asking<Filter> {
  readonly place: string | null;
  readonly args: StatisticsArguments;
  readonly passport: PassportClaims;
  readonly filter: Filter | null;
}

function ask<Filter, Name extends string>(
  loader: StatisticsLoader<Filter, Name>,
  { place, args, passport, filter }: Asking<Filter>,
): Promise<readonly Group<Name>[]> {
  return loader.load({
    place,
    period: parseStatisticsPeriod(args.period, passport),
    filter,
    groupBy: args.groupBy ?? [],
    cut: cutOf(args),
  });
}

/** Counts and keys are in the database, which cuts to them; rates are worked out here. */
function cutOf({ orderBy, top }: Pick<StatisticsArguments, 'orderBy' | 'top'>): Cut | null {
  if (top === null || top === undefined) return null;
  if (!orderBy) return { by: null, direction: 'ASC', top };
  const [part, name] = orderBy.by.split('.') as [string, string];
  return part === 'counts' ? { by: name, direction: orderBy.direction, top } : null;
}

/** Groups come in the order of their keys, which stays the order of those that are equal in what is asked for. */
function arrange<Name extends string, Rates extends string>(
  groups: readonly Group<Name>[],
  { orderBy, top }: Pick<StatisticsArguments, 'orderBy' | 'top'>,
  { ratesOf }: Kind<Name, Rates>,
): readonly Shown<Name, Rates>[] {
  const shown = groups.map(({ key, counts }) => ({ key: showKey(key), counts, rates: ratesOf(counts) }));
  const ordered = orderBy ? sortBy(shown, orderBy) : shown;
  return ordered.slice(0, top ?? undefined);
}

function checkOrder(
  { orderBy, top }: Pick<StatisticsArguments, 'orderBy' | 'top'>,
  { measures }: { readonly measures: readonly string[] },
): void {
  if (orderBy && !measures.includes(orderBy.by)) {
    const known = measures.join(', ');
    throw new PlatformError('BAD_USER_INPUT', `groups cannot be ordered by "${orderBy.by}"; expected one of ${known}`);
  }
  if (top !== null && top !== undefined && top < 0) {
    throw new PlatformError('BAD_USER_INPUT', `"top" is ${top}; expected 0 or more`);
  }
}

function createKind<Name extends string, Rates extends string>(
  names: readonly Name[],
  ratesOf: Kind<Name, Rates>['ratesOf'],
): Kind<Name, Rates> {
  const nothing = Object.fromEntries(names.map((name) => [name, 0])) as Record<Name, number>;
  const rates = Object.keys(ratesOf(nothing)).map((name) => `rates.${name}`);
  return { ratesOf, measures: [...names.map((name) => `counts.${name}`), ...rates] };
}

function sortBy<Name extends string, Rates extends string>(
  groups: readonly Shown<Name, Rates>[],
  { by, direction }: StatisticsOrder,
): Shown<Name, Rates>[] {
  const measured = groups.map((group) => ({ group, measure: measureOf(group, by) }));
  return measured.sort((a, b) => compareMeasures(a.measure, b.measure, direction)).map(({ group }) => group);
}

/** Null comes last in either direction. */
function compareMeasures(a: number | null, b: number | null, direction: StatisticsOrder['direction']): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return direction === 'DESC' ? b - a : a - b;
}

function measureOf<Name extends string, Rates extends string>(
  { counts, rates }: Shown<Name, Rates>,
  by: string,
): number | null {
  const [part, name] = by.split('.') as [string, string];
  return part === 'counts' ? counts[name as Name] : rates[name as Rates].value;
}
