/** The share of a page that each platform is asked for. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { estimateRowShare } from './row-share.ts';

const share = (rows: number, platforms: number, rowsMin = 1) => estimateRowShare({ rows, platforms, rowsMin });

describe('the share of a platform', () => {
  test.each([
    [50, 337, 2],
    [50, 31, 6],
    [50, 10, 11],
    [50, 2, 36],
    [500, 337, 5],
  ])('of %i rows over %i platforms each is asked for %i', (rows, platforms, expected) => {
    expect(share(rows, platforms)).toBe(expected);
  });

  test('the share is the whole page if there are few platforms or few rows', () => {
    for (const [rows, platforms] of [
      [50, 1],
      [3, 2],
      [1, 337],
      [0, 337],
      [3, 0],
    ]) {
      expect(share(rows!, platforms!)).toBe(rows);
    }
  });

  test('the share is at least the minimum, and never more than the page', () => {
    expect([share(50, 337, 9), share(50, 337, 50), share(50, 337, 51)]).toEqual([9, 50, 50]);
  });

  test('the share is enough for evenly spread rows, and never grows with the number of platforms', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 3_000 }), (rows, platforms) => {
        const own = share(rows, platforms);
        expect(Number.isInteger(own) && own >= 1 && own <= rows).toBe(true);
        expect(own).toBeGreaterThanOrEqual(Math.min(rows, Math.ceil(rows / platforms)));
        expect(share(rows, platforms + 1)).toBeLessThanOrEqual(own);
      }),
    );
  });
});
