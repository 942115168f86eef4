/**
 * Periods of statistics: a year, a quarter, a month or a range of days, as half-open spans of instants in the zone
 * +08:00.
 */

import { describeValue, StandardError, type StandardReason } from '../standard/standard-error.ts';
import { dateAt, isDate, ZONE_OFFSET_MS, zonedMidnight } from './local-date.ts';

export interface Period {
  readonly from: Date;
  /** Excluded. */
  readonly to: Date;
  /** `2026`, `2026Q3`, `2026-10` or `2026-10-01/2026-11-01`. */
  readonly canonical: string;
}

export interface Month {
  /** `2026-10` */
  readonly key: string;
  /** The first instant of the month that lies in the period. */
  readonly from: Date;
  /** The first instant after the month or the period, whichever is first. */
  readonly to: Date;
}

const YEAR_MIN = 1949;
const YEAR_MAX = 2199;
const EXPECTED = 'expected 2026, 2026Q3, 2026-10 or 2026-10-01/2026-11-01 (end excluded)';

/**
 * Reads a period; the data standard's `202610` is taken for `2026-10`. Throws a `StandardError` with FORMAT, YEAR,
 * QUARTER, MONTH, DATE or, if a range does not end after its start, ORDER.
 */
export function parsePeriod(text: string): Period {
  const [, startDay, endDay] = /^(\d{4}-\d{2}-\d{2})\/(\d{4}-\d{2}-\d{2})$/.exec(text) ?? [];
  if (startDay !== undefined && endDay !== undefined) return parseRange(text, startDay, endDay);
  const [, year, quarter, month] = /^(\d{4})(?:Q(\d)|-?(\d{2}))?$/.exec(text) ?? [];
  if (year === undefined) throw createBreach('FORMAT', text, EXPECTED);
  assertYear(text, Number(year));
  if (quarter !== undefined) {
    const number = Number(quarter);
    if (number < 1 || number > 4) throw createBreach('QUARTER', text, 'a quarter from Q1 to Q4 was expected');
    return spanOf(Number(year), { month: number * 3 - 2, months: 3, canonical: text });
  }
  if (month === undefined) return spanOf(Number(year), { month: 1, months: 12, canonical: text });
  const number = Number(month);
  if (number < 1 || number > 12) throw createBreach('MONTH', text, 'a month from 01 to 12 was expected');
  return spanOf(Number(year), { month: number, months: 1, canonical: `${year}-${month}` });
}

/** The months that the period touches, in order, each cut to the period. */
export function monthsOf(period: Period): readonly Month[] {
  const months: Month[] = [];
  let from = period.from;
  while (from < period.to) {
    const key = dateAt(from).slice(0, 7);
    const next = firstOfMonth(Number(key.slice(0, 4)), Number(key.slice(5)) + 1);
    const to = new Date(Math.min(next.getTime(), period.to.getTime()));
    months.push({ key, from, to });
    from = to;
  }
  return months;
}

/**
 * True for one month, one quarter or one year of the calendar. Two such periods are nested or have no day in common.
 */
export function isCalendarPeriod({ from, to }: Period): boolean {
  const start = dateAt(from);
  const [year, month] = [Number(start.slice(0, 4)), Number(start.slice(5, 7))];
  return [1, 3, 12].some(
    (months) =>
      (month - 1) % months === 0 &&
      firstOfMonth(year, month).getTime() === from.getTime() &&
      firstOfMonth(year, month + months).getTime() === to.getTime(),
  );
}

/** The first instant of the month in which the instant lies. */
export function monthStart(instant: Date): Date {
  const key = dateAt(instant);
  return firstOfMonth(Number(key.slice(0, 4)), Number(key.slice(5, 7)));
}

function parseRange(text: string, startDay: string, endDay: string): Period {
  for (const day of [startDay, endDay]) {
    if (!isDate(day)) throw createBreach('DATE', text, `${day} is not a day of the calendar`);
    assertYear(text, Number(day.slice(0, 4)));
  }
  if (startDay >= endDay) throw createBreach('ORDER', text, 'the end, which is excluded, must come after the start');
  return { from: zonedMidnight(startDay), to: zonedMidnight(endDay), canonical: text };
}

function assertYear(text: string, year: number): void {
  if (year < YEAR_MIN || year > YEAR_MAX)
    throw createBreach('YEAR', text, `a year from ${YEAR_MIN} to ${YEAR_MAX} was expected`);
}

function spanOf(
  year: number,
  { month, months, canonical }: { month: number; months: number; canonical: string },
): Period {
  return { from: firstOfMonth(year, month), to: firstOfMonth(year, month + months), canonical };
}

/** Months beyond 12 run on into the next year. */
function firstOfMonth(year: number, month: number): Date {
  return new Date(Date.UTC(year, month - 1, 1) - ZONE_OFFSET_MS);
}

function createBreach(reason: StandardReason, text: string, expected: string): StandardError {
  return new StandardError(reason, `${describeValue(text)} is not a period: ${expected}`);
}
