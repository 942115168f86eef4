/** Statistics for the public, which does not see the rows. */
import type { PassportClaims } from '@yiwang/schema';
import { monthStart } from '@yiwang/schema/time';

/** The public sees statistics of one month, quarter or year, of months that are over. */
export function isForPublic({ classes }: Pick<PassportClaims, 'classes'>): boolean {
  return !classes.includes('SHARED');
}

/**
 * The present of a caller's statistics: for the public the start of the month, since daily figures would tell single
 * cases.
 */
export function statisticsNow(passport: Pick<PassportClaims, 'classes'>, now: Date): Date {
  return isForPublic(passport) ? monthStart(now) : now;
}
