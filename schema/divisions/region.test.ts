/** The algebra of regions, as laws over random regions and codes. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  boundsOf,
  containsDivision,
  containsRegion,
  EVERYWHERE,
  intersect,
  NOWHERE,
  prefixOf,
  type Region,
  regionAt,
  regionOfBounds,
  regionOfPrefix,
  subtract,
  union,
} from './region.ts';

// Few digits, so that random codes meet random regions often.
const digits = (length: number) =>
  fc.array(fc.constantFrom('0', '1', '9'), { minLength: length, maxLength: length }).map((list) => list.join(''));
const code = fc.oneof(digits(6), digits(9), digits(12));
const regionOf = (division: string): Region => regionOfPrefix(prefixOf(division));
const prefix = fc.oneof(digits(2), digits(4), digits(6), digits(9));
const region: fc.Arbitrary<Region> = fc
  .array(fc.oneof(prefix.map(regionOfPrefix), code.map(regionAt), code.map(regionOf)), { maxLength: 6 })
  .chain((parts) =>
    fc.array(code.map(regionOf), { maxLength: 3 }).map((holes) => holes.reduce(subtract, union(...parts))),
  );

function law<T extends readonly unknown[]>(
  arbitraries: { [K in keyof T]: fc.Arbitrary<T[K]> },
  check: (...values: T) => void,
) {
  fc.assert(
    fc.property(fc.tuple(...(arbitraries as fc.Arbitrary<unknown>[])), (values) => check(...(values as unknown as T))),
    {
      numRuns: 500,
    },
  );
}

describe('regions are sets of codes', () => {
  test('an intersection holds what both hold, a union what either holds, a difference what the first alone holds', () => {
    law<[Region, Region, string]>([region, region, code], (a, b, c) => {
      expect(containsDivision(intersect(a, b), c)).toBe(containsDivision(a, c) && containsDivision(b, c));
      expect(containsDivision(union(a, b), c)).toBe(containsDivision(a, c) || containsDivision(b, c));
      expect(containsDivision(subtract(a, b), c)).toBe(containsDivision(a, c) && !containsDivision(b, c));
    });
  });

  test('every operation gives sorted ranges that do not touch, so that equal sets are equal values', () => {
    law<[Region, Region]>([region, region], (a, b) => {
      for (const made of [intersect(a, b), union(a, b), subtract(a, b)]) {
        const bounds = boundsOf(made);
        expect(bounds).toEqual([...new Set(bounds)].sort());
      }
      expect(intersect(a, b)).toEqual(intersect(b, a));
      expect(union(a, b)).toEqual(union(b, a));
      expect(union(intersect(a, b), subtract(a, b))).toEqual(a);
    });
  });

  test('a region covers another exactly when nothing of the other is left outside', () => {
    law<[Region, Region]>([region, region], (a, b) => {
      expect(containsRegion(union(a, b), b)).toBe(true);
      expect(containsRegion(a, b)).toBe(
        intersect(a, b).length === b.length && boundsOf(intersect(a, b)).join() === boundsOf(b).join(),
      );
    });
  });

  test('everywhere and nowhere are the neutral elements', () => {
    law<[Region, string]>([region, code], (a, c) => {
      expect(intersect(a, EVERYWHERE)).toEqual(a);
      expect(union(a, NOWHERE)).toEqual(a);
      expect(subtract(a, a)).toEqual(NOWHERE);
      expect(containsDivision(EVERYWHERE, c)).toBe(true);
    });
  });

  test('bounds read back as the same region, and unsorted or odd ones are refused', () => {
    law<[Region]>([region], (a) => expect(regionOfBounds(boundsOf(a))).toEqual(a));
    for (const bounds of [['42'], ['43', '42'], ['42', '43', '43', '44'], ['42', '42']]) {
      expect(() => regionOfBounds(bounds)).toThrow(RangeError);
    }
  });
});

describe('the prefix of a division', () => {
  test('the region of a prefix holds exactly the codes that begin with its trimmed prefix', () => {
    law<[string, string]>([code, code], (division, c) => {
      expect(containsDivision(regionOf(division), c)).toBe(c.startsWith(prefixOf(division)));
    });
  });

  test('a single code holds nothing below it', () => {
    expect(containsDivision(regionAt('110102'), '110102')).toBe(true);
    expect(containsDivision(regionAt('110102'), '110102020')).toBe(false);
    expect(containsDivision(regionAt('110102'), '110101')).toBe(false);
  });

  test.each([
    ['100000', ''],
    ['420000', '42'],
    ['500000', '50'],
    ['429000', '4290'],
    ['442000', '4420'],
    ['429004', '429004'],
    ['110102020', '110102020'],
    ['350527000', '350527000'],
  ])('the prefix of %s is "%s": pairs of zeros are cut, not zeros', (division, expected) => {
    expect(prefixOf(division)).toBe(expected);
  });
});
