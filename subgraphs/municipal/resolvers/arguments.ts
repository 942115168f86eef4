/** Arguments as the graph gives them → what the store takes: periods as instants. */
import { PlatformError } from '@yiwang/platform';
import { isCalendarPeriod, monthStart, monthsOf, type PassportClaims, type Period, parsePeriod } from '@yiwang/schema';
import type * as given from '../generated/schema.ts';
import type { CaseFilter } from '../store/case-filter.ts';
import type { AlarmFilter } from '../store/monitoring.ts';
import type { RequestFilter } from '../store/request-filter.ts';

export const PERIOD_MONTHS_MAX = 120;

/** What the statistics of cases and of requests are asked for alike. */
export type StatisticsArguments = Omit<given.DivisionCaseStatisticsArgs, 'filter'>;

/** Statistics for those who do not see the rows themselves are of one month, quarter or year, and of months that are over. */
export function isForPublic({ classes }: Pick<PassportClaims, 'classes'>): boolean {
  return !classes.includes('SHARED');
}

/** The present of a caller's statistics: days that go by would tell what each of them brought. */
export function statisticsNow(passport: Pick<PassportClaims, 'classes'>, now: Date): Date {
  return isForPublic(passport) ? monthStart(now) : now;
}

/** Throws `BAD_USER_INPUT` for a period of more months than statistics answer for, or, for the public, that is no month, quarter or year. */
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

export function parseCaseFilter(filter: given.CaseFilter | null | undefined): CaseFilter | null {
  if (!filter) return null;
  return {
    ...filter,
    reported: periodOf(filter.reported),
    filed: periodOf(filter.filed),
    closed: periodOf(filter.closed),
  };
}

export function parseRequestFilter(filter: given.RequestFilter | null | undefined): RequestFilter | null {
  return filter ? { ...filter, received: periodOf(filter.received) } : null;
}

export function parseAlarmFilter(filter: given.AlarmFilter | null | undefined): AlarmFilter | null {
  return filter ? { ...filter, raised: periodOf(filter.raised) } : null;
}

export function periodOf(text: string | null | undefined): Period | null {
  return text === null || text === undefined ? null : parsePeriod(text);
}
