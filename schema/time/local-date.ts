/** Days of the calendar in the zone of the standard, +08:00 (GB/T 7408.1-2023). */

/** Milliseconds by which the zone is ahead of UTC. */
export const ZONE_OFFSET_MS = 8 * 3_600_000;

/** True for a text `YYYY-MM-DD` that is a day of the calendar. */
export function isDate(text: string): boolean {
  const [, year, month, day] = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text) ?? [];
  return year !== undefined && isDayOfCalendar(Number(year), Number(month), Number(day));
}

export function isDayOfCalendar(year: number, month: number, day: number): boolean {
  return month >= 1 && month <= 12 && day >= 1 && day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** The day, `YYYY-MM-DD`, that an instant falls on in the zone. */
export function dateAt(instant: Date): string {
  return new Date(instant.getTime() + ZONE_OFFSET_MS).toISOString().slice(0, 10);
}

/** The first instant of a day in the zone. `date` is a day of the calendar. */
export function zonedMidnight(date: string): Date {
  return new Date(Date.parse(`${date}T00:00:00Z`) - ZONE_OFFSET_MS);
}
