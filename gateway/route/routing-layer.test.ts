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
  regionOfPrefix,
  subtract,
  takenOverPrefixes,
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

/** A platform of one division, or of several. */
function entryOf(list: readonly string[]): PlatformEntry {
  const [division = ''] = list;
  return list.length === 1 ? entry(division) : { ...entry(division), divisions: list };
}

interface NaivePrefix {
  readonly id: string;
  readonly prefix: string;
  /** Wins among equal prefixes: a division's own, then the one taken over by the lowest division. */
  readonly rank: number;
}

function prefixesOf({ id, division, divisions: several = [division] }: PlatformEntry): NaivePrefix[] {
  return several.flatMap((each) => [
    { id, prefix: prefixOf(each), rank: 100 },
    ...takenOverPrefixes(each).map((prefix) => ({ id, prefix, rank: prefixOf(each).length })),
  ]);
}

/** Computes parts by definition: each prefix without what others have within it. */
function computeParts(platforms: readonly PlatformEntry[]): [string, Region][] {
  const all = platforms.flatMap(prefixesOf);
  const partOf = (own: NaivePrefix): Region =>
    all
      .filter(({ id, prefix, rank }) => {
        const isInner = prefix.length > own.prefix.length || (prefix === own.prefix && rank > own.rank);
        return id !== own.id && prefix.startsWith(own.prefix) && isInner;
      })
      .reduce((region, { prefix }) => subtract(region, regionOfPrefix(prefix)), regionOfPrefix(own.prefix));
  return [...platforms]
    .sort((x, y) => (x.division < y.division ? -1 : 1))
    .map((platform) => [platform.id, union(...prefixesOf(platform).map(partOf))]);
}

const FORMER = divisions()
  .former()
  .map(({ code }) => code);
const HEIRS = [...new Set(FORMER.flatMap((code) => divisions().get(code)?.successors ?? []))];
const anyCode = fc.oneof(
  fc.constantFrom(...CODES),
  fc.constantFrom(...HEIRS),
  fc.constantFrom(...FORMER),
  fc.constantFrom('100000', '420000', '420100', '420106', '110000', '370100', '340100', '510100', '512000'),
);

test('a cover has what each platform owns of the region, for any set of platforms, with holes in the map', () => {
  const region = fc
    .tuple(fc.uniqueArray(anyCode, { maxLength: 6 }), fc.uniqueArray(anyCode, { maxLength: 6 }))
    .map(([some, without]) =>
      without.reduce((left, code) => subtract(left, regionOf(code)), union(...some.map(regionOf))),
    );
  const sites = fc
    .tuple(fc.uniqueArray(anyCode, { maxLength: 12 }), fc.array(fc.integer({ min: 1, max: 3 }), { maxLength: 12 }))
    .map(([codes, sizes]) => {
      const platforms: PlatformEntry[] = [];
      for (let at = 0; at < codes.length; at += sizes[platforms.length - 1] ?? 1) {
        platforms.push(entryOf(codes.slice(at, at + (sizes[platforms.length] ?? 1))));
      }
      return platforms;
    });
  fc.assert(
    fc.property(sites, fc.oneof(region, fc.constant(EVERYWHERE)), (platforms, requested) => {
      const layer = createRoutingLayer('toy', platforms);
      const parts = computeParts(platforms);
      expect(layer.parts.map(({ platform, owns }) => [platform.id, owns])).toEqual(parts);
      const expected = parts
        .map(([id, owns]) => [id, intersect(owns, requested)] as const)
        .filter(([, part]) => part.length > 0);
      expect(layer.cover(requested).map((target) => [target.platform.id, target.region])).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

describe('codes that were taken over', () => {
  const ownerOf = (code: string, ...sites: string[]) =>
    createRoutingLayer('toy', sites.map(entry))
      .cover(regionAt(code))
      .map(({ platform }) => platform.division);

  test('rows of a former code are those of the platform whose division took it over whole', () => {
    expect(ownerOf('110228001', '110000', '110118')).toEqual(['110118']);
    expect(ownerOf('110228001', '110000', '110101')).toEqual(['110000']);
    expect(ownerOf('371202005', '370000', '370100', '370116')).toEqual(['370116']);
    expect(ownerOf('371203005', '370000', '370100', '370116')).toEqual(['370100']);
    expect(ownerOf('512081001', '512000', '510100')).toEqual(['510100']);
    expect(ownerOf('512081001', '512000')).toEqual(['512000']);
  });

  test('a platform that still has the former division as its own keeps its rows', () => {
    expect(ownerOf('110228001', '110118', '110228')).toEqual(['110228']);
    expect(ownerOf('371200', '370100', '371200')).toEqual(['371200']);
    expect(ownerOf('371202005', '370100', '370116', '371200')).toEqual(['370116']);
  });

  test('a part that moved leaves the rows of its former code where they are', () => {
    expect(ownerOf('330109012', '330109', '330114')).toEqual(['330109']);
    expect(ownerOf('330104012', '330102', '330114')).toEqual([]);
  });
});

test('a platform of three counties owns each of them, and one that lists a division twice is refused', () => {
  const area = entryOf(['130629', '130632', '130638']);
  const layer = createRoutingLayer('toy', [entry('130600'), area]);
  expect(layer.parts.map(({ platform, owns }) => [platform.id, owns])).toEqual([
    [
      'toy/130600',
      [
        ['1306', '130629'],
        ['13062:', '130632'],
        ['130633', '130638'],
        ['130639', '1307'],
      ],
    ],
    [
      'toy/130629',
      [
        ['130629', '13062:'],
        ['130632', '130633'],
        ['130638', '130639'],
      ],
    ],
  ]);
  expect(() => createRoutingLayer('toy', [entryOf(['130629', '130632', '130629'])])).toThrow(
    'toy/130629 lists 130629 twice',
  );
  expect(() => createRoutingLayer('toy', [area, entry('130638')])).toThrow(
    'toy/130629 and toy/130638 both answer for 130638 in toy',
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
