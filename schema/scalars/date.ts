/** Date: a day of the calendar (GB/T 7408.1-2023). */
import { dateAt, isDate } from '../time/local-date.ts';
import { type Brand, createBreach, expectPattern, expectText, type StandardScalar } from './standard-scalar.ts';

export type CalendarDate = Brand<string, 'Date'>;

const WHAT = 'a date';
const FORM = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

export const dateScalar: StandardScalar<CalendarDate> = {
  name: 'Date',
  description: 'Day of the calendar, YYYY-MM-DD, in the zone +08:00, e.g. 2026-11-21. GB/T 7408.1-2023 (ISO 8601).',
  parse(value) {
    const text = expectText(value, WHAT);
    if (!/^\d{4}-\d{2}-\d{2}$/.test(text))
      throw createBreach('FORMAT', text, WHAT, 'YYYY-MM-DD was expected, e.g. 2026-11-21');
    if (!isDate(text)) throw createBreach('DATE', text, WHAT, 'the calendar has no such day');
    return text as CalendarDate;
  },
  serialize(value) {
    if (!(value instanceof Date)) return expectPattern(value, FORM, WHAT);
    if (Number.isNaN(value.getTime())) throw createBreach('FORMAT', value, WHAT, 'the instant is not valid');
    return dateAt(value);
  },
};
