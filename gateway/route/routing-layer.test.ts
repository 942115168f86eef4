import { describe, expect, test } from '@jest/globals';
import { divisions, EVERYWHERE, intersect, type Region, regionAt, regionOf, subtract, union } from '@yiwang/schema';
import fc from 'fast-check';
import type { PlatformEntry } from '../model/platform/network.ts';
import { createRoutingLayer } from './routing-layer.ts';

const CODES = divisions()
  .all()
  .map(({ code }) => code);

function entry(division: string): PlatformEntry {
  return { id: `toy/${division}`, name: division, tier: 'MUNICIPAL', division, subgraphs: ['toy'], url: 'http://x' };
}

/** Computes parts by definition: each prefix without all prefixes within it. */
function computeParts(codes: readonly string[]): [string, Region][] {
  return [...codes].sort().map((code) => {
    const within = codes.filter((other) => other !== code && subtract(regionOf(other), regionOf(code)).length === 0);
    return [code, within.reduce((region, other) => subtract(region, regionOf(other)), regionOf(code))];
  });
}

test('a cover has what each platform owns of the region, for any set of platforms, with holes in the map', () => {
  const region = fc
    .tuple(
      fc.uniqueArray(fc.constantFrom(...CODES), { maxLength: 6 }),
      fc.uniqueArray(fc.constantFrom(...CODES), { maxLength: 6 }),
    )
    .map(([some, without]) =>
      without.reduce((left, code) => subtract(left, regionOf(code)), union(...some.map(regionOf))),
    );
  const sites = fc.uniqueArray(
    fc.oneof(fc.constantFrom(...CODES), fc.constantFrom('100000', '420000', '420100', '420106')),
  );
  fc.assert(
    fc.property(sites, fc.oneof(region, fc.constant(EVERYWHERE)), (codes, requested) => {
      const layer = createRoutingLayer('toy', codes.map(entry));
      const parts = computeParts(codes);
      expect(layer.parts.map(({ platform, owns }) => [platform.division, owns])).toEqual(parts);
      const expected = parts
        .map(([code, owns]) => [code, intersect(owns, requested)] as const)
        .filter(([, part]) => part.length > 0);
      expect(layer.cover(requested).map((target) => [target.platform.division, target.region])).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});

test('two platforms for one division are refused, also below another platform', () => {
  const twice = [entry('420000'), entry('420100'), entry('420500'), { ...entry('420100'), id: 'toy/copy' }];
  expect(() => createRoutingLayer('toy', twice)).toThrow('toy/420100 and toy/copy both answer for 420100 in toy');
});

test('a platform that is asked for all that it owns is the same object every time', () => {
  const layer = createRoutingLayer('toy', ['420000', '420100', '420106'].map(entry));
  const [province, city] = layer.cover(regionOf('420000'));
  expect([province, city]).toEqual([layer.parts[0], layer.parts[1]]);
  expect(layer.cover(EVERYWHERE)[0]).toBe(province);
  expect(layer.cover(regionOf('420100'))[0]).toBe(city);
  expect(layer.cover(regionAt('420102001'))[0]).not.toBe(city);
});

/** Returns a text that counts its comparisons. */
function counted(text: string, count: () => void): string {
  const toPrimitive = (): string => {
    count();
    return text;
  };
  return { [Symbol.toPrimitive]: toPrimitive } as unknown as string;
}

/** Provinces, cities, and as many counties as make `total` platforms. */
function networkOf(total: number): string[] {
  const ofLevel = (level: string) =>
    divisions()
      .all()
      .filter((division) => division.level === level)
      .map(({ code }) => code);
  return [...new Set([...ofLevel('PROVINCE'), ...ofLevel('CITY'), ...ofLevel('COUNTY')])].slice(0, total);
}

describe('a routing layer of the size of a country', () => {
  const SIZES = [10, 370, 3_000];

  test('a cover is found in logarithmic time', () => {
    for (const size of SIZES) {
      const codes = networkOf(size);
      expect(codes).toHaveLength(size);
      const layer = createRoutingLayer('toy', codes.map(entry));
      let steps = 0;
      const [[from, to]] = regionAt('420106003') as [[string, string]];
      const cover = layer.cover([[counted(from, () => steps++), counted(to, () => steps++)]]);
      expect(cover.length).toBeLessThanOrEqual(1);
      expect(steps).toBeLessThanOrEqual(Math.log2(2 * size + 1) + 8);
    }
  });

  test('a routing layer is built in nearly linear time', () => {
    for (const size of SIZES) {
      let reads = 0;
      const platforms = networkOf(size).map((code) => ({
        ...entry(code),
        get division() {
          reads++;
          return code;
        },
      }));
      createRoutingLayer('toy', platforms);
      expect(reads).toBeLessThanOrEqual(size * (2 * Math.log2(size) + 2));
    }
  });
});
