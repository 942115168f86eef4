/** Generates `schema/data/calendar.json`, holidays and make-up workdays, from the package `chinese-days`. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const TARGET = new URL('../../../schema/data/calendar.json', import.meta.url);

interface SourceYear {
  readonly holidays: Readonly<Record<string, string>>;
  readonly workdays: Readonly<Record<string, string>>;
}

/** `{ "2026": { "off": ["0101", …], "worked": ["0104", …] } }`: weekdays without work, weekend days with work (调休). */
export function createCalendarText(): string {
  const folder = join(dirname(createRequire(import.meta.url).resolve('chinese-days/package.json')), 'dist', 'years');
  const years = readdirSync(folder).filter((file) => /^\d{4}\.json$/.test(file));
  const lines = years.sort().map((file) => {
    const year = file.slice(0, 4);
    const source = JSON.parse(readFileSync(join(folder, file), 'utf8')) as SourceYear;
    const off = daysOf(source.holidays, year).filter((day) => !isWeekend(year, day));
    const worked = daysOf(source.workdays, year).filter((day) => isWeekend(year, day));
    return `  "${year}": { "off": ${JSON.stringify(off)}, "worked": ${JSON.stringify(worked)} }`;
  });
  return `{\n${lines.join(',\n')}\n}\n`;
}

/** Month and day of the dates of the year, ascending. A file may hold days of the years beside it. */
function daysOf(dates: Readonly<Record<string, string>>, year: string): string[] {
  return Object.keys(dates)
    .filter((date) => date.startsWith(year))
    .map((date) => date.slice(5, 7) + date.slice(8, 10))
    .sort();
}

function isWeekend(year: string, day: string): boolean {
  const weekday = new Date(`${year}-${day.slice(0, 2)}-${day.slice(2)}T00:00:00Z`).getUTCDay();
  return weekday === 0 || weekday === 6;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(TARGET, createCalendarText());
  console.log('schema/data/calendar.json: written');
}
