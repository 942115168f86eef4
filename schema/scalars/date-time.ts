/** DateTime: an instant with its offset (GB/T 7408.1-2023), always shown in the zone +08:00. */
import { isDate, ZONE_OFFSET_MS } from '../time/local-date.ts';
import { type Brand, createBreach, expectText, type StandardScalar } from './standard-scalar.ts';

export type DateTime = Brand<string, 'DateTime'>;

const WHAT = 'a date and time';
const EXPECTED = 'YYYY-MM-DDThh:mm:ss with an offset was expected, e.g. 2026-11-21T08:00:00+08:00';
const FORM = /^(\d{4}-\d{2}-\d{2})T(\d{2}):(\d{2})(?::(\d{2})(?:\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?$/;
/** Texts of this form need no conversion on the way out. */
const CANONICAL =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{3})?\+08:00$/;

/** `2026-11-21T08:00:00+08:00`; milliseconds are written unless they are 0. */
export function formatDateTime(instant: Date): string {
  const local = new Date(instant.getTime() + ZONE_OFFSET_MS).toISOString();
  return `${local.slice(0, local.endsWith('.000Z') ? 19 : 23)}+08:00`;
}

export const dateTimeScalar: StandardScalar<DateTime> = {
  name: 'DateTime',
  description:
    'Instant with its offset from UTC, e.g. 2026-11-21T08:00:00+08:00; any offset is accepted as input, +08:00 is given as output. GB/T 7408.1-2023 (ISO 8601).',
  parse: (value) => formatDateTime(instantOf(expectText(value, WHAT))) as DateTime,
  serialize(value) {
    if (value instanceof Date) {
      if (Number.isNaN(value.getTime())) throw createBreach('FORMAT', value, WHAT, 'the instant is not valid');
      return formatDateTime(value);
    }
    const text = expectText(value, WHAT);
    return CANONICAL.test(text) ? text : formatDateTime(instantOf(text));
  },
};

function instantOf(text: string): Date {
  const [, date, hours, minutes, seconds = '00', offset] = FORM.exec(text) ?? [];
  if (date === undefined) throw createBreach('FORMAT', text, WHAT, EXPECTED);
  if (offset === undefined)
    throw createBreach('OFFSET', text, WHAT, 'it has no offset; Z or +08:00 was expected at its end');
  if (!isDate(date)) throw createBreach('DATE', text, WHAT, 'the calendar has no such day');
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) {
    throw createBreach('TIME', text, WHAT, 'a time from 00:00:00 to 23:59:59 was expected');
  }
  const instant = new Date(text);
  // Offsets of the real world go from −12:00 to +14:00; the parser of the language takes more.
  if (Number.isNaN(instant.getTime()) || !/^(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/.test(offset)) {
    throw createBreach('OFFSET', text, WHAT, 'there is no such offset');
  }
  return instant;
}
