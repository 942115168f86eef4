/** The clocks against worked examples, and the laws between deadlines and working time. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readFixture } from '../fixtures/read-fixture.ts';
import { formatDateTime } from '../scalars/date-time.ts';
import { addLimit, deadlineStatus, isContinuous, isWorkday, workSecondsBetween } from './clock.ts';
import { parseTimeLimit, TIME_UNITS } from './time-limit.ts';
import { workingCalendar } from './working-calendar.ts';

const at = (text: string): Date => new Date(`${text}:00+08:00`);

interface ClockVector {
  readonly start: string;
  readonly limit: string;
  readonly deadline: string;
  readonly point: string;
}

describe('a deadline', () => {
  test.each(readFixture<ClockVector[]>('clock-vectors.json'))(
    '$limit from $start: $point',
    ({ start, limit, deadline }) => {
      expect(formatDateTime(addLimit(new Date(start), parseTimeLimit(limit)))).toBe(deadline);
    },
  );

  test('a deadline lies where exactly its working time has passed, and no earlier instant does', () => {
    const instant = fc.date({
      min: new Date('2010-01-01T00:00:00Z'),
      max: new Date('2026-10-01T00:00:00Z'),
      noInvalidDate: true,
    });
    const minutes = fc.integer({ min: 1, max: 60 * 100 });
    fc.assert(
      fc.property(instant, minutes, (start, amount) => {
        const due = addLimit(start, { amount: amount / 60, unit: 'WORK_HOUR' });
        const just = new Date(due.getTime() - 60_000);
        expect(workSecondsBetween(start, due)).toBeCloseTo(amount * 60, 1);
        expect(workSecondsBetween(start, just)).toBeLessThan(amount * 60);
      }),
    );
  });

  test('a deadline of no time is its start, in every unit', () => {
    for (const unit of TIME_UNITS)
      expect(addLimit(at('2026-05-02T03:00'), { amount: 0, unit })).toEqual(at('2026-05-02T03:00'));
  });

  test('a deadline below zero or not a number is refused', () => {
    for (const amount of [-1, Number.NaN]) {
      expect(() => addLimit(at('2026-05-02T03:00'), { amount, unit: 'WORKDAY' })).toThrow(
        expect.objectContaining({ reason: 'LIMIT' }),
      );
    }
  });

  test('a deadline in a year without a calendar fails and names the year; continuous limits need none', () => {
    const late = at('2026-12-31T16:00');
    expect(() => addLimit(late, { amount: 1, unit: 'WORKDAY' })).toThrow('There is no working calendar for 2027');
    expect(() => addLimit(at('2003-06-01T10:00'), { amount: 1, unit: 'WORKDAY' })).toThrow(
      'There is no working calendar for 2003',
    );
    expect(addLimit(late, { amount: 1, unit: 'NATURAL_DAY' })).toEqual(at('2027-01-01T16:00'));
  });
});

describe('the calendar', () => {
  test('the working calendar has 248 working days in 2026 and reaches from 2004 to 2026', () => {
    const calendar = workingCalendar();
    const day = (date: string): number => Date.parse(date) / 86_400_000;
    expect(calendar.workdaysBefore(day('2026-12-31')) + 1 - calendar.workdaysBefore(day('2026-01-01'))).toBe(248);
    expect([calendar.firstYear, calendar.lastYear]).toEqual([2004, 2026]);
  });

  test.each([
    ['2026-02-14T09:00', true],
    ['2026-02-20T09:00', false],
    ['2026-10-10T09:00', true],
    ['2026-10-11T09:00', false],
    ['2026-10-08T00:00', true],
    ['2026-10-07T23:59', false],
    ['2025-10-08T12:00', false],
    ['2025-09-28T12:00', true],
  ])('%s worked: %s', (date, worked) => {
    expect(isWorkday(at(date))).toBe(worked);
  });

  test('the working calendar finds each working day again by the number of those before it', () => {
    const calendar = workingCalendar();
    for (let index = 0; index < 5000; index += 97) {
      const day = calendar.workdayAt(index);
      expect(calendar.workdaysBefore(day)).toBe(index);
      expect(calendar.isWorkday(day)).toBe(true);
    }
  });
});

test('working time counts neither noon nor night nor holidays, and has a sign', () => {
  expect(workSecondsBetween(at('2026-11-20T11:00'), at('2026-11-20T15:00'))).toBe(2 * 3600);
  expect(workSecondsBetween(at('2026-11-20T17:00'), at('2026-11-23T09:00'))).toBe(2 * 3600);
  expect(workSecondsBetween(at('2026-10-01T09:00'), at('2026-10-07T17:00'))).toBe(0);
  expect(workSecondsBetween(at('2026-11-20T15:00'), at('2026-11-20T11:00'))).toBe(-2 * 3600);
});

describe('the lamp', () => {
  const [start, due] = [at('2026-11-20T08:00'), at('2026-11-20T18:00')];

  test.each([
    ['2026-11-20T08:00', 'GREEN'],
    ['2026-11-20T16:00', 'GREEN'],
    ['2026-11-20T16:01', 'YELLOW'],
    ['2026-11-20T18:00', 'YELLOW'],
    ['2026-11-20T18:01', 'RED'],
  ])('the deadline status at %s of a span from 08:00 to 18:00 is %s', (now, expected) => {
    expect(deadlineStatus(start, due, at(now))).toBe(expected);
  });

  test('the deadline status of a working limit goes by working time', () => {
    const [friday, monday] = [at('2026-11-20T14:00'), at('2026-11-23T18:00')];
    expect(deadlineStatus(friday, monday, at('2026-11-23T10:00'))).toBe('YELLOW');
    expect(deadlineStatus(friday, monday, at('2026-11-23T10:00'), 'WORKDAY')).toBe('GREEN');
  });
});

test('two of the four time units are continuous', () => {
  expect(TIME_UNITS.filter(isContinuous)).toEqual(['URGENT_HOUR', 'NATURAL_DAY']);
});

test.each(['', '4', '4 HOURS', '0 WORKDAY', '-1 WORKDAY', '4  WORKDAY'])('"%s" is no time limit', (text) => {
  expect(() => parseTimeLimit(text)).toThrow(expect.objectContaining({ reason: 'LIMIT' }));
});
