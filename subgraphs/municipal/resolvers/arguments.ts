/** Arguments as the graph gives them → what the store takes: periods as instants, the caller's jurisdiction for no division. */
import { PlatformError } from '@yiwang/platform';
import { monthsOf, type Period, parsePeriod } from '@yiwang/schema';
import type { CaseFilter } from '../store/case-filter.ts';
import type { Dimension } from '../store/dimensions.ts';
import type { AlarmFilter } from '../store/monitoring.ts';
import type { RequestFilter } from '../store/request-filter.ts';

export const PERIOD_MONTHS_MAX = 120;

/** The filter as given: its periods are texts. */
export type Given<Filter> = {
  readonly [Name in keyof Filter]: Period extends Filter[Name] ? string | null : Filter[Name];
};

export interface PageArguments {
  readonly within?: string | null;
  readonly first?: number | null;
  readonly after?: string | null;
}

export interface OrderArgument {
  readonly by: string;
  readonly direction: 'ASC' | 'DESC';
}

export interface StatisticsArguments<Filter> {
  readonly within?: string | null;
  readonly period: string;
  readonly filter?: Given<Filter> | null;
  readonly groupBy?: readonly Dimension[] | null;
  readonly orderBy?: OrderArgument | null;
  readonly top?: number | null;
}

/** Throws `BAD_USER_INPUT` for a period of more months than statistics answer for. */
export function parseStatisticsPeriod(text: string): Period {
  const period = parsePeriod(text);
  const months = monthsOf(period).length;
  if (months > PERIOD_MONTHS_MAX) {
    throw new PlatformError('BAD_USER_INPUT', `"period" spans ${months} months; expected at most ${PERIOD_MONTHS_MAX}`);
  }
  return period;
}

export function parseCaseFilter(filter: Given<CaseFilter> | null | undefined): CaseFilter | null {
  if (!filter) return null;
  return {
    ...filter,
    reported: periodOf(filter.reported),
    filed: periodOf(filter.filed),
    closed: periodOf(filter.closed),
  };
}

export function parseRequestFilter(filter: Given<RequestFilter> | null | undefined): RequestFilter | null {
  return filter ? { ...filter, received: periodOf(filter.received) } : null;
}

export function parseAlarmFilter(filter: Given<AlarmFilter> | null | undefined): AlarmFilter | null {
  return filter ? { ...filter, raised: periodOf(filter.raised) } : null;
}

export function periodOf(text: string | null | undefined): Period | null {
  return text === null || text === undefined ? null : parsePeriod(text);
}
