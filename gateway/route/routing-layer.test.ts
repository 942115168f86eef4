import { describe, expect, test } from '@jest/globals';
import {
  containsDivision,
  divisions,
  EVERYWHERE,
  intersect,
  prefixOf,
  type Region,
  regionAt,
  regionOf,
  subtract,
  union,
} from '@yiwang/schema';
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

describe('platforms below which others hold the rows', () => {
  const upper = (division: string): PlatformEntry => ({ ...entry(division), id: `upper/${division}` });
  const lower = (division: string): PlatformEntry => ({ ...entry(division), subgraphs: ['toy', 'base'] });
  const ownersOf = (platforms: readonly PlatformEntry[], region: Region) =>
    createRoutingLayer('toy', platforms, { below: 'base' })
      .cover(region)
      .map((target) => [target.platform.id, target.region]);

  test('an upper platform owns its own division alone, so that a city without a platform is not answered for', () => {
    const platforms = [upper('100000'), upper('420000'), lower('420100'), lower('420106')];
    expect(ownersOf(platforms, regionAt('100000'))).toEqual([['upper/100000', regionAt('100000')]]);
    expect(ownersOf(platforms, regionAt('420000'))).toEqual([['upper/420000', regionAt('420000')]]);
    expect(ownersOf(platforms, regionOf('420500'))).toEqual([]);
    expect(ownersOf(platforms, regionOf('420000')).map(([id]) => id)).toEqual([
      ...['upper/420000', 'toy/420100', 'toy/420106'],
    ]);
  });

  test('every division has at most one owner: the longest prefix of those below, or the upper platform itself', () => {
    const uppers = fc.uniqueArray(fc.constantFrom('100000', '420000', '110000', '440000', '420100'));
    const lowers = fc.uniqueArray(fc.constantFrom(...CODES, '110101', '420106', '441900'), { maxLength: 8 });
    fc.assert(
      fc.property(uppers, lowers, fc.constantFrom(...CODES), (above, sites, code) => {
        const platforms = [...above.filter((division) => !sites.includes(division)).map(upper), ...sites.map(lower)];
        const expected = platforms
          .filter(({ division, subgraphs }) =>
            subgraphs.includes('base') ? containsDivision(regionOf(division), code) : division === code,
          )
          .sort((a, b) => Number(a.subgraphs.includes('base')) - Number(b.subgraphs.includes('base')))
          .sort((a, b) => prefixOf(b.division).length - prefixOf(a.division).length)[0];
        const at = ownersOf(platforms, regionAt(code)).map(([id]) => id);
        const owner = platforms.find(({ id, division }) => id === `upper/${division}` && division === code) ?? expected;
        expect(at).toEqual(owner ? [owner.id] : []);
      }),
      { numRuns: 500 },
    );
  });

  test('an upper platform and a lower one of the same division are refused', () => {
    const twice = [upper('110000'), lower('110000'), lower('110101')];
    expect(() => createRoutingLayer('toy', twice, { below: 'base' })).toThrow(
      'toy/110000 and upper/110000 both answer for 110000 in toy',
    );
  });
});
