/** Periods of statistics. The public, which does not see the rows, gets months, quarters and years that are over. */
import type { PassportClaims } from '@yiwang/schema';
import { isCalendarPeriod, monthStart, monthsOf, type Period, parsePeriod } from '@yiwang/schema/time';
import { PlatformError } from '../errors.ts';

const PERIOD_MONTHS_MAX = 120;
/** Of statistics by day: a row is counted once for each day that it is open. */
const PERIOD_DAYS_MAX = 366;
const DAY_MS = 86_400_000;

type Classes = Pick<PassportClaims, 'classes'>;

/** The public sees statistics of one month, quarter or year, of months that are over. */
export function isForPublic({ classes }: Classes): boolean {
  return !classes.includes('SHARED');
}

/**
 * The present of a caller's statistics: for the public the start of the month, since daily figures would tell single
 * cases.
 */
export function statisticsNow(passport: Classes, now: Date): Date {
  return isForPublic(passport) ? monthStart(now) : now;
}

/**
 * Throws `BAD_USER_INPUT` for a period of too many months, or of too many days by day, and, for the public, for one that is no month, quarter or
 * year.
 */
export function parseStatisticsPeriod(
  text: string,
  passport: Classes,
  groupBy: readonly string[] | null | undefined = [],
): Period {
  const period = parsePeriod(text);
  const months = monthsOf(period).length;
  if (months > PERIOD_MONTHS_MAX) {
    throw new PlatformError('BAD_USER_INPUT', `"period" spans ${months} months; expected at most ${PERIOD_MONTHS_MAX}`);
  }
  const days = (period.to.getTime() - period.from.getTime()) / DAY_MS;
  if (groupBy?.includes('DAY') && days > PERIOD_DAYS_MAX) {
    throw new PlatformError(
      'BAD_USER_INPUT',
      `"period" spans ${days} days; expected at most ${PERIOD_DAYS_MAX} for groups by day`,
    );
  }
  if (isForPublic(passport) && !isCalendarPeriod(period)) {
    throw new PlatformError(
      'BAD_USER_INPUT',
      `"period" is ${text}; open statistics are of one month, one quarter or one year`,
    );
  }
  return period;
}
