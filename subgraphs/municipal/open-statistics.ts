/** What statistics show those who do not see the rows themselves: the public. */
import type { PassportClaims } from '@yiwang/schema';
import { monthStart } from '@yiwang/schema/time';

/** Statistics for those who do not see the rows themselves are of one month, quarter or year, and of months that are over. */
export function isForPublic({ classes }: Pick<PassportClaims, 'classes'>): boolean {
  return !classes.includes('SHARED');
}

/** The present of a caller's statistics: days that go by would tell what each of them brought. */
export function statisticsNow(passport: Pick<PassportClaims, 'classes'>, now: Date): Date {
  return isForPublic(passport) ? monthStart(now) : now;
}
