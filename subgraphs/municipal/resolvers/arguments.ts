/** Arguments as the graph gives them → what the store takes: periods as instants. */
import { PlatformError } from '@yiwang/platform';
import { monthsOf, type Period, parsePeriod } from '@yiwang/schema';
import type * as given from '../generated/schema.ts';
import type { CaseFilter } from '../store/case-filter.ts';
import type { AlarmFilter } from '../store/monitoring.ts';
import type { RequestFilter } from '../store/request-filter.ts';

export const PERIOD_MONTHS_MAX = 120;

/** What the statistics of cases and of requests are asked for alike. */
export type StatisticsArguments = Omit<given.DivisionCaseStatisticsArgs, 'filter'>;

/** Throws `BAD_USER_INPUT` for a period of more months than statistics answer for. */
export function parseStatisticsPeriod(text: string): Period {
  const period = parsePeriod(text);
  const months = monthsOf(period).length;
  if (months > PERIOD_MONTHS_MAX) {
    throw new PlatformError('BAD_USER_INPUT', `"period" spans ${months} months; expected at most ${PERIOD_MONTHS_MAX}`);
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
