/** The working calendar: workdays by day and days by count of workdays, each one look-up. */
import { once, readData } from '../standard/data-file.ts';
import { StandardError } from '../standard/standard-error.ts';

type CalendarFile = Readonly<Record<string, { readonly off: readonly string[]; readonly worked: readonly string[] }>>;

/** Days are numbered from 1970-01-01 = 0, in the zone +08:00. */
export interface WorkingCalendar {
  /** Throws a `StandardError` with CALENDAR that names the year if the calendar does not reach it. */
  isWorkday(day: number): boolean;
  /** The number of working days of the calendar before this day. */
  workdaysBefore(day: number): number;
  /** The working day with this number of working days before it. */
  workdayAt(index: number): number;
  readonly firstYear: number;
  readonly lastYear: number;
}

export const workingCalendar: () => WorkingCalendar = once(createWorkingCalendar);

const DAY_MS = 86_400_000;

function createWorkingCalendar(): WorkingCalendar {
  const years = readData<CalendarFile>('calendar.json');
  const numbers = Object.keys(years).map(Number);
  const [firstYear, lastYear] = [Math.min(...numbers), Math.max(...numbers)];
  const firstDay = Date.UTC(firstYear, 0, 1) / DAY_MS;
  const dayCount = Date.UTC(lastYear + 1, 0, 1) / DAY_MS - firstDay;
  const workdaysBefore = new Int32Array(dayCount + 1);
  const workdays: number[] = [];
  for (let offset = 0; offset < dayCount; offset++) {
    workdaysBefore[offset] = workdays.length;
    if (isWorked(years, firstDay + offset)) workdays.push(firstDay + offset);
  }
  workdaysBefore[dayCount] = workdays.length;

  const offsetOf = (day: number): number => {
    const offset = day - firstDay;
    if (offset < 0 || offset >= dayCount)
      throw outsideCalendar(new Date(day * DAY_MS).getUTCFullYear(), firstYear, lastYear);
    return offset;
  };
  return {
    isWorkday(day) {
      const offset = offsetOf(day);
      return workdaysBefore[offset + 1]! > workdaysBefore[offset]!;
    },
    workdaysBefore: (day) => workdaysBefore[offsetOf(day)]!,
    workdayAt(index) {
      const day = workdays[index];
      if (day === undefined) throw outsideCalendar(index < 0 ? firstYear - 1 : lastYear + 1, firstYear, lastYear);
      return day;
    },
    firstYear,
    lastYear,
  };
}

function isWorked(years: CalendarFile, day: number): boolean {
  const date = new Date(day * DAY_MS);
  const year = years[String(date.getUTCFullYear())];
  if (year === undefined) throw new Error(`calendar.json has a gap at ${date.getUTCFullYear()}`);
  const key = date.toISOString().slice(5, 10).replace('-', '');
  const weekend = date.getUTCDay() === 0 || date.getUTCDay() === 6;
  return weekend ? year.worked.includes(key) : !year.off.includes(key);
}

function outsideCalendar(year: number, firstYear: number, lastYear: number): StandardError {
  return new StandardError(
    'CALENDAR',
    `There is no working calendar for ${year}; it reaches from ${firstYear} to ${lastYear}`,
  );
}
