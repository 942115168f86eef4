/** Instants and days as numbers, without an object for each: a batch has tens of thousands of them. */
import { standardScalars } from '../../scalars/index.ts';
import { isDayOfCalendar, ZONE_OFFSET_MS } from '../../time/local-date.ts';

const ZERO = 48;
/** `2026-11-01` */
export const DAY_LENGTH = 10;
const SECOND_LENGTH = 19;
const MILLISECOND_LENGTH = 23;

/**
 * The milliseconds of an instant (with its offset) or of the first instant of a day in the zone +08:00; a number is
 * taken for milliseconds; NaN for anything else.
 */
export function millisecondsOf(value: unknown): number {
  if (typeof value === 'string') return ofText(value);
  if (typeof value === 'number') return value;
  return value instanceof Date ? value.getTime() : Number.NaN;
}

function ofText(text: string): number {
  const day = dayOf(text);
  if (Number.isNaN(day)) return day;
  if (text.length === DAY_LENGTH) return day - ZONE_OFFSET_MS;
  const time = timeOf(text);
  const offsetAt = text.charCodeAt(SECOND_LENGTH) === 46 ? MILLISECOND_LENGTH : SECOND_LENGTH;
  if (Number.isNaN(time)) return ofOddText(text);
  const milliseconds = offsetAt === SECOND_LENGTH ? 0 : digits(text, SECOND_LENGTH + 1, 3);
  if (text.endsWith('+08:00') && text.length === offsetAt + 6) return day + time + milliseconds - ZONE_OFFSET_MS;
  if (text.charCodeAt(offsetAt) === 90 && text.length === offsetAt + 1) return day + time + milliseconds;
  return ofOddText(text);
}

/** Other forms that the scalar takes: no seconds, other offsets, microseconds. */
function ofOddText(text: string): number {
  try {
    return Date.parse(String(standardScalars.DateTime!.parse(text)));
  } catch {
    return Number.NaN;
  }
}

function dayOf(text: string): number {
  if (text.length < DAY_LENGTH || text.charCodeAt(4) !== 45 || text.charCodeAt(7) !== 45) return Number.NaN;
  const year = digits(text, 0, 4);
  const month = digits(text, 5, 2);
  const day = digits(text, 8, 2);
  // Days up to the 28th are in every month.
  if (!(month >= 1 && month <= 12 && day >= 1) || (day > 28 && !isDayOfCalendar(year, month, day))) return Number.NaN;
  return Date.UTC(year, month - 1, day);
}

function timeOf(text: string): number {
  if (text.charCodeAt(10) !== 84 || text.charCodeAt(13) !== 58 || text.charCodeAt(16) !== 58) return Number.NaN;
  const hours = digits(text, 11, 2);
  const minutes = digits(text, 14, 2);
  const seconds = digits(text, 17, 2);
  return hours < 24 && minutes < 60 && seconds < 60 ? ((hours * 60 + minutes) * 60 + seconds) * 1000 : Number.NaN;
}

/** NaN unless all of them are digits. */
function digits(text: string, from: number, count: number): number {
  let number = 0;
  for (let i = from; i < from + count; i++) {
    const digit = text.charCodeAt(i) - ZERO;
    if (!(digit >= 0 && digit <= 9)) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
}
