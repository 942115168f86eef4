/** The quadrants: which side of the mean a group lies on, over the whole answer. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { classifyQuadrants } from './quadrants.ts';

const group = fc.record({ requests: fc.nat(50), cases: fc.nat(50) });

describe('the quadrants', () => {
  test('the quadrants part groups by both means', () => {
    expect(
      classifyQuadrants([
        { requests: 10, cases: 10 },
        { requests: 10, cases: 1 },
        { requests: 1, cases: 10 },
        { requests: 1, cases: 1 },
      ]),
    ).toEqual(['BOTH_HIGH', 'HOTLINE_HIGH', 'GRID_HIGH', 'BOTH_LOW']);
  });

  test('the quadrants call a group that lies at the mean low, so that one alone, or all alike, are low', () => {
    expect(classifyQuadrants([])).toEqual([]);
    expect(classifyQuadrants([{ requests: 7, cases: 7 }])).toEqual(['BOTH_LOW']);
    expect(classifyQuadrants(Array.from({ length: 3 }, () => ({ requests: 5, cases: 5 })))).toEqual(
      Array(3).fill('BOTH_LOW'),
    );
  });

  test('the quadrants depend on the counts alone, not on the order of the groups', () => {
    fc.assert(
      fc.property(fc.array(group), (groups) => {
        expect(classifyQuadrants([...groups].reverse())).toEqual(classifyQuadrants(groups).reverse());
      }),
    );
  });

  test('the quadrants worked out of a part differ from those of the whole', () => {
    const whole = [
      { requests: 1, cases: 1 },
      { requests: 3, cases: 3 },
      { requests: 90, cases: 90 },
    ];
    expect(classifyQuadrants(whole.slice(0, 2))[1]).toBe('BOTH_HIGH');
    expect(classifyQuadrants(whole)[1]).toBe('BOTH_LOW');
  });
});
