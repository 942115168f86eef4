/**
 * The clocks of the standard in the zone +08:00: deadlines from limits, working time between instants, deadline
 * status.
 */

import { readData } from '../standard/data-file.ts';
import { StandardError } from '../standard/standard-error.ts';
import { ZONE_OFFSET_MS } from './local-date.ts';
import type { TimeLimit, TimeUnit } from './time-limit.ts';
import { workingCalendar } from './working-calendar.ts';

interface ClockFile {
  readonly workingPeriods: readonly (readonly [from: string, to: string])[];
  readonly workdayHours: number;
  readonly continuousUnits: readonly TimeUnit[];
  readonly lamps: { readonly yellowAbove: number };
}

const settings = readData<ClockFile>('clock.json');
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const PERIODS_MS = settings.workingPeriods.map(([from, to]) => [timeOfDayMs(from), timeOfDayMs(to)] as const);
const WORKDAY_MS = PERIODS_MS.reduce((sum, [from, to]) => sum + to - from, 0);
const CONTINUOUS: ReadonlySet<TimeUnit> = new Set(settings.continuousUnits);

export type DeadlineStatus = 'GREEN' | 'YELLOW' | 'RED';

/** True for units that run without stop, through nights and holidays. */
export function isContinuous(unit: TimeUnit): boolean {
  return CONTINUOUS.has(unit);
}

/**
 * The deadline of a limit. A working day is eight working hours, holidays and weekends are off, make-up days (调休) are
 * worked; a limit that ends with a period ends then, not at the start of the next. Throws a `StandardError` with
 * CALENDAR if a working limit reaches into a year without a calendar, and with LIMIT for an amount below 0.
 */
export function addLimit(start: Date, limit: TimeLimit): Date {
  if (!(limit.amount >= 0))
    throw new StandardError('LIMIT', `A time limit of ${limit.amount} was given; 0 or more was expected`);
  return new Date(addTime(start.getTime(), limitToMs(limit), limit.unit));
}

/**
 * The instant by which so many milliseconds of a unit's own time have passed, in epoch milliseconds. Throws a
 * `StandardError` with CALENDAR.
 */
export function addTime(start: number, ms: number, unit: TimeUnit): number {
  if (isContinuous(unit)) return start + ms;
  return ms === 0 ? start : instantAfterWork(workMsBefore(start) + ms);
}

/**
 * Milliseconds of a unit's own time from a to b, in epoch milliseconds; negative if b lies before a. Throws a
 * `StandardError` with CALENDAR.
 */
export function timeBetween(a: number, b: number, unit: TimeUnit): number {
  return isContinuous(unit) ? b - a : workMsBefore(b) - workMsBefore(a);
}

/** Seconds of working time from a to b; negative if b lies before a. Throws a `StandardError` with CALENDAR. */
export function workSecondsBetween(a: Date, b: Date): number {
  return (workMsBefore(b.getTime()) - workMsBefore(a.getTime())) / 1000;
}

/** True on a working day, make-up days included. Throws a `StandardError` with CALENDAR. */
export function isWorkday(date: Date): boolean {
  return workingCalendar().isWorkday(Math.floor((date.getTime() + ZONE_OFFSET_MS) / DAY_MS));
}

/**
 * Green up to 80 % of the limit (未超时), yellow up to 100 % (将超时), red above (已超时). Working time counts if `unit` is a
 * unit of working time; the default is a continuous unit.
 */
export function deadlineStatus(start: Date, due: Date, now: Date, unit: TimeUnit = 'NATURAL_DAY'): DeadlineStatus {
  if (now.getTime() > due.getTime()) return 'RED';
  const lengthMs = timeBetween(start.getTime(), due.getTime(), unit);
  const used = lengthMs > 0 ? timeBetween(start.getTime(), now.getTime(), unit) / lengthMs : 0;
  return used > settings.lamps.yellowAbove ? 'YELLOW' : 'GREEN';
}

/** Milliseconds of the limit in its unit's own time. */
export function limitToMs({ amount, unit }: TimeLimit): number {
  switch (unit) {
    case 'URGENT_HOUR':
    case 'WORK_HOUR':
      return amount * HOUR_MS;
    case 'WORKDAY':
      return amount * settings.workdayHours * HOUR_MS;
    case 'NATURAL_DAY':
      return amount * DAY_MS;
  }
}

/** Milliseconds of working time from the start of the calendar to this instant. */
function workMsBefore(instant: number): number {
  const local = instant + ZONE_OFFSET_MS;
  const day = Math.floor(local / DAY_MS);
  const calendar = workingCalendar();
  const whole = calendar.workdaysBefore(day) * WORKDAY_MS;
  return calendar.isWorkday(day) ? whole + workMsOfDay(local - day * DAY_MS) : whole;
}

function workMsOfDay(timeOfDay: number): number {
  let sum = 0;
  for (const [from, to] of PERIODS_MS) sum += Math.min(Math.max(timeOfDay - from, 0), to - from);
  return sum;
}

/** The first instant by which so much working time has passed; `work` is greater than 0. */
function instantAfterWork(work: number): number {
  const index = Math.ceil(work / WORKDAY_MS) - 1;
  let rest = work - index * WORKDAY_MS;
  const midnight = workingCalendar().workdayAt(index) * DAY_MS - ZONE_OFFSET_MS;
  for (const [from, to] of PERIODS_MS) {
    if (rest <= to - from) return midnight + from + rest;
    rest -= to - from;
  }
  throw new Error('the working periods of a day are shorter than a working day');
}

function timeOfDayMs(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number);
  return hours * HOUR_MS + minutes * 60_000;
}
