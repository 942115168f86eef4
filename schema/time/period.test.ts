/** Periods: their forms, their spans in the zone +08:00, and their months. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { readFixture } from '../fixtures/read-fixture.ts';
import { formatDateTime } from '../scalars/date-time.ts';
import { dateAt } from './local-date.ts';
import { monthsOf, parsePeriod } from './period.ts';

describe('a period', () => {
  test.each([
    ['2026', '2026', '2026-01-01', '2027-01-01'],
    ['2026Q3', '2026Q3', '2026-07-01', '2026-10-01'],
    ['2026Q4', '2026Q4', '2026-10-01', '2027-01-01'],
    ['2026-10', '2026-10', '2026-10-01', '2026-11-01'],
    ['202612', '2026-12', '2026-12-01', '2027-01-01'],
    ['2026-10-01/2026-11-01', '2026-10-01/2026-11-01', '2026-10-01', '2026-11-01'],
    ['2024-02-29/2024-03-01', '2024-02-29/2024-03-01', '2024-02-29', '2024-03-01'],
  ])('%s is %s, from %s until %s', (text, canonical, from, to) => {
    const period = parsePeriod(text);
    expect(period.canonical).toBe(canonical);
    expect(formatDateTime(period.from)).toBe(`${from}T00:00:00+08:00`);
    expect(formatDateTime(period.to)).toBe(`${to}T00:00:00+08:00`);
  });

  interface PeriodVector {
    readonly code: string;
    readonly valid: boolean;
    readonly reason: string;
    readonly canonical?: string;
  }

  test.each(readFixture<Record<string, PeriodVector[]>>('code-vectors.json').sourcePeriod ?? [])(
    'source form $code: $reason',
    ({ code, valid, reason, canonical }) => {
      if (valid) expect(parsePeriod(code).canonical).toBe(canonical);
      else expect(() => parsePeriod(code)).toThrow(expect.objectContaining({ reason }));
    },
  );

  test.each([
    ['', 'FORMAT'],
    ['26', 'FORMAT'],
    ['2026-1', 'FORMAT'],
    ['2026-10-01', 'FORMAT'],
    ['20261001', 'FORMAT'],
    ['2026-00', 'MONTH'],
    ['2026Q0', 'QUARTER'],
    ['0000', 'YEAR'],
    ['9999', 'YEAR'],
    ['2026-02-30/2026-03-01', 'DATE'],
    ['2026-11-01/2026-10-01', 'ORDER'],
    ['2026-11-01/2026-11-01', 'ORDER'],
  ])('"%s" is refused with %s', (text, reason) => {
    expect(() => parsePeriod(text)).toThrow(expect.objectContaining({ reason }));
  });
});

describe('the months of a period', () => {
  test('the months of a period are cut to it at both ends', () => {
    const months = monthsOf(parsePeriod('2025-11-15/2026-01-02'));
    expect(months.map(({ key, from, to }) => `${key} ${dateAt(from)} ${dateAt(to)}`)).toEqual([
      '2025-11 2025-11-15 2025-12-01',
      '2025-12 2025-12-01 2026-01-01',
      '2026-01 2026-01-01 2026-01-02',
    ]);
  });

  test('the months of a period follow each other without a gap, and each is itself a period', () => {
    const day = fc.date({ min: new Date('2000-01-01'), max: new Date('2030-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(day, fc.integer({ min: 1, max: 900 }), (start, days) => {
        const period = parsePeriod(`${dateAt(start)}/${dateAt(new Date(start.getTime() + days * 86_400_000))}`);
        const months = monthsOf(period);
        expect(months[0]?.from).toEqual(period.from);
        expect(months.at(-1)?.to).toEqual(period.to);
        for (const [index, month] of months.entries()) {
          if (index > 0) expect(month.from).toEqual(months[index - 1]?.to);
          const whole = parsePeriod(month.key);
          expect(month.from.getTime()).toBeGreaterThanOrEqual(whole.from.getTime());
          expect(month.to.getTime()).toBeLessThanOrEqual(whole.to.getTime());
        }
      }),
    );
  });
});
