/** The period of the generated data, and how its instants are spread over months, days and hours (zone +08:00). */
import { createWeighted, type Random, type Weighted } from './random.ts';

export const DAY_MS = 86_400_000;
export const HOUR_MS = 3_600_000;
export const MINUTE_MS = 60_000;
const ZONE_MS = 8 * HOUR_MS;

/** 24 months, end excluded. The end is the demo network's clock: nothing in the data happens later. */
export const DATA_START = Date.parse('2024-11-01T00:00:00+08:00');
export const DATA_END = Date.parse('2026-11-01T00:00:00+08:00');

export interface Rhythm {
  /** Twelve weights, January first. */
  readonly months: readonly number[];
  /** Seven weights, Sunday first. */
  readonly weekdays: readonly number[];
  /** 24 weights. */
  readonly hours: readonly number[];
  /** Growth from one year to the next, e.g. 0.1. */
  readonly growth: number;
}

export interface Spread {
  readonly rhythm: Rhythm;
  readonly until?: number;
}

/** Chinese New Year's day of the years in the span; the week from its eve is quiet. */
const NEW_YEARS = ['2025-01-29', '2026-02-17'].map((day) => Date.parse(`${day}T00:00:00+08:00`));
const QUIET_SHARE = 0.35;

/**
 * Spreads `count` instants over the whole period and returns those up to `until` (default: all): ascending, whole seconds, in
 * epoch milliseconds.
 */
export function drawInstants(random: Random, count: number, { rhythm, until = DATA_END }: Spread): number[] {
  const days = Array.from({ length: (DATA_END - DATA_START) / DAY_MS }, (_, i) => DATA_START + i * DAY_MS);
  const day = createWeighted(days, (start) => dayWeight(start, rhythm));
  const hour: Weighted<number> = createWeighted([...Array(24).keys()], (h) => rhythm.hours[h]!);
  const instants = Float64Array.from(
    { length: count },
    () => day.draw(random) + hour.draw(random) * HOUR_MS + random.integer(0, 3599) * 1000,
  );
  return [...instants.sort()].filter((instant) => instant <= until);
}

function dayWeight(start: number, rhythm: Rhythm): number {
  const date = new Date(start + ZONE_MS);
  const years = (start - DATA_START) / (365 * DAY_MS);
  const quiet = NEW_YEARS.some((first) => start >= first - DAY_MS && start < first + 6 * DAY_MS) ? QUIET_SHARE : 1;
  return rhythm.months[date.getUTCMonth()]! * rhythm.weekdays[date.getUTCDay()]! * (1 + rhythm.growth * years) * quiet;
}

/** The month of an instant as `2026-10`. */
export function monthOf(instant: number): string {
  return new Date(instant + ZONE_MS).toISOString().slice(0, 7);
}

/** The day of an instant as `2026-10-31`. */
export function dayOf(instant: number): string {
  return new Date(instant + ZONE_MS).toISOString().slice(0, 10);
}

/** All months of the span, oldest first. */
export const MONTHS: readonly string[] = Array.from({ length: 24 }, (_, i) => {
  const month = 10 + i;
  return `${2024 + Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
});

/** The first instant of the month after. */
export function monthEnd(month: string): number {
  const [year, number] = [Number(month.slice(0, 4)), Number(month.slice(5))];
  return Date.UTC(year, number, 1) - ZONE_MS;
}

/** The days of the period and around it as text; most rows carry a dozen instants. */
const dayTexts = new Map<number, string>();

/** The instant as text for PostgreSQL and GraphQL; null stays null. */
export function isoOf(instant: number | null | undefined): string | null {
  if (instant === null || instant === undefined) return null;
  const day = Math.floor(instant / DAY_MS);
  let text = dayTexts.get(day);
  if (text === undefined) {
    text = new Date(day * DAY_MS).toISOString().slice(0, 11);
    dayTexts.set(day, text);
  }
  const ms = Math.floor(instant - day * DAY_MS);
  const fraction = ms % 1000 === 0 ? '000' : String(ms % 1000).padStart(3, '0');
  return `${text}${twoDigits(ms / HOUR_MS)}:${twoDigits((ms % HOUR_MS) / MINUTE_MS)}:${twoDigits((ms % MINUTE_MS) / 1000)}.${fraction}Z`;
}

const TWO_DIGITS: readonly string[] = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));

function twoDigits(value: number): string {
  return TWO_DIGITS[Math.floor(value)]!;
}
