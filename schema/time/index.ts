/** Days, periods and clocks of the standard, in the zone +08:00. */
export {
  addLimit,
  addTime,
  type DeadlineStatus,
  deadlineStatus,
  isContinuous,
  isWorkday,
  timeBetween,
  workSecondsBetween,
} from './clock.ts';
export { dateAt, zonedMidnight } from './local-date.ts';
export { isCalendarPeriod, type Month, monthStart, monthsOf, type Period, parsePeriod } from './period.ts';
export { parseTimeLimit, TIME_UNITS, type TimeLimit, type TimeUnit } from './time-limit.ts';
