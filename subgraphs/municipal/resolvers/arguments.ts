/** Arguments as the graph gives them → what the store takes: periods as instants. */
import { PlatformError } from '@yiwang/platform';
import type { PassportClaims } from '@yiwang/schema';
import { isCalendarPeriod, monthsOf, type Period, parsePeriod } from '@yiwang/schema/time';
import type * as graph from '../generated/schema.ts';
import { isForPublic } from '../open-statistics.ts';
import type { CaseFilter } from '../store/case-filter.ts';
import type { AlarmFilter } from '../store/monitoring.ts';
import type { RequestFilter } from '../store/request-filter.ts';

export const PERIOD_MONTHS_MAX = 120;

/** The arguments that statistics of cases and of requests share. */
export type StatisticsArguments = Omit<graph.DivisionCaseStatisticsArgs, 'filter'>;

/**
 * Throws `BAD_USER_INPUT` for a period of too many months and, for the public, for one that is no month, quarter or
 * year.
 */
export function parseStatisticsPeriod(text: string, passport: Pick<PassportClaims, 'classes'>): Period {
  const period = parsePeriod(text);
  const months = monthsOf(period).length;
  if (months > PERIOD_MONTHS_MAX) {
    throw new PlatformError('BAD_USER_INPUT', `"period" spans ${months} months; expected at most ${PERIOD_MONTHS_MAX}`);
  }
  if (isForPublic(passport) && !isCalendarPeriod(period)) {
    throw new PlatformError(
      'BAD_USER_INPUT',
      `"period" is ${text}; open statistics are of one month, one quarter or one year`,
    );
  }
  return period;
}

export function parseCaseFilter(filter: graph.CaseFilter | null | undefined): CaseFilter | null {
  if (!filter) return null;
  return {
    ...filter,
    reported: periodOf(filter.reported),
    filed: periodOf(filter.filed),
    closed: periodOf(filter.closed),
  };
}

export function parseRequestFilter(filter: graph.RequestFilter | null | undefined): RequestFilter | null {
  return filter ? { ...filter, received: periodOf(filter.received) } : null;
}

export function parseAlarmFilter(filter: graph.AlarmFilter | null | undefined): AlarmFilter | null {
  return filter ? { ...filter, raised: periodOf(filter.raised) } : null;
}

export function periodOf(text: string | null | undefined): Period | null {
  return text === null || text === undefined ? null : parsePeriod(text);
}
