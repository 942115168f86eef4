/** When people act on a case: on the clock of its limit, so that work with a working limit is done in working hours. */
import { addTime, isContinuous, type TimeLimit, timeBetween } from '@yiwang/schema/time';
import { HOUR_MS } from '../../data-period.ts';
import type { Random } from '../../random.ts';

export type Hours = readonly [from: number, to: number];

/** After a draw of hours: by the clock on the wall, or in working hours. */
export function hoursLater(
  from: number,
  { continuous, working }: { readonly continuous: Hours; readonly working: Hours },
  { limit, random }: { readonly limit: TimeLimit; readonly random: Random },
): number {
  const [least, most] = isContinuous(limit.unit) ? continuous : working;
  return addTime(from, random.between(least, most) * HOUR_MS, limit.unit);
}

/** After a share of the time between two instants; at the start if there is none. */
export function shareOf(start: number, end: number, { share, limit }: { share: number; limit: TimeLimit }): number {
  if (end <= start) return start;
  return addTime(start, timeBetween(start, end, limit.unit) * share, limit.unit);
}
