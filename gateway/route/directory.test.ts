import { describe, expect, test } from '@jest/globals';
import {
  containsDivision,
  divisions,
  EVERYWHERE,
  prefixOf,
  regionAt,
  regionOf,
  regionOfPrefix,
  type SubgraphAddress,
  type Tier,
  union,
} from '@yiwang/schema';
import fc from 'fast-check';
import type { Network, PlatformEntry } from '../model/platform/network.ts';
import { createDirectory } from './directory.ts';
import { createUnservedDivisions } from './unserved-divisions.ts';

const MUNICIPAL: SubgraphAddress = { subgraph: 'municipal', partition: 'division' };
const LAYERED: SubgraphAddress = { subgraph: 'municipal', partition: 'tier-and-division' };

function entry(division: string, tier: Tier = 'MUNICIPAL'): PlatformEntry {
  return {
    id: `${tier}/${division}`,
    name: division,
    tier,
    division,
    subgraphs: ['municipal'],
    url: 'http://127.0.0.1',
  };
}

function networkOf(...codes: string[]): Network {
  return { platforms: codes.map((code) => entry(code)) };
}

/** Finds the platform with the longest prefix by trying all of them. */
function ownerOf(code: string, sites: readonly string[]): string | undefined {
  const above = sites.filter((site) => containsDivision(regionOf(site), code));
  return above.sort((a, b) => prefixOf(b).length - prefixOf(a).length)[0];
}

describe('one owner', () => {
  test('every division of the whole table has exactly one platform, the one with the longest prefix', () => {
    const sites = [
      '420000',
      '420100',
      '420106',
      '429004',
      '110000',
      '110101',
      '110102',
      '110102020',
      '441900',
      '659001',
    ];
    const directory = createDirectory(networkOf(...sites));
    let owned = 0;
    for (const { code } of divisions().all()) {
      const targets = directory.cover(MUNICIPAL, regionAt(code));
      const owner = ownerOf(code, sites);
      expect(targets.map(({ platform }) => platform.division)).toEqual(owner === undefined ? [] : [owner]);
      owned += targets.length;
    }
    expect(owned).toBeGreaterThan(2_000);
  });

  test('the parts of a cover never overlap and cover the region, for any set of platforms', () => {
    const codes = divisions()
      .all()
      .map(({ code }) => code);
    const sites = fc.uniqueArray(fc.constantFrom(...codes), { minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(sites, fc.constantFrom(...codes), fc.constantFrom(...codes), (siteCodes, requested, code) => {
        const directory = createDirectory(networkOf('100000', ...siteCodes.filter((site) => site !== '100000')));
        const inside = containsDivision(regionOf(requested), code);
        const owners = directory
          .cover(MUNICIPAL, regionOf(requested))
          .filter((target) => containsDivision(target.region, code));
        expect(owners.length).toBe(inside ? 1 : 0);
      }),
      { numRuns: 300 },
    );
  });

  test('a directory refuses two platforms for one division, and names them', () => {
    const twice = { platforms: [entry('420100'), { ...entry('420100'), id: 'municipal/copy' }] };
    expect(() => createDirectory(twice).cover(MUNICIPAL, EVERYWHERE)).toThrow(/municipal\/copy/);
  });
});

describe('tiers', () => {
  const network = { platforms: [entry('420000', 'PROVINCIAL'), entry('420100'), entry('420106', 'DISTRICT')] };

  test('in a layered subgraph every tier answers for the same division', () => {
    const targets = createDirectory(network).cover(LAYERED, regionAt('420106003'));
    expect(targets.map(({ platform }) => platform.tier).sort()).toEqual(['DISTRICT', 'MUNICIPAL', 'PROVINCIAL']);
  });

  test('in a subgraph without layers the lowest tier alone answers for a division', () => {
    const targets = createDirectory(network).cover(MUNICIPAL, regionAt('420106003'));
    expect(targets.map(({ platform }) => platform.division)).toEqual(['420106']);
  });
});

describe('the cache of covers', () => {
  const directory = createDirectory(networkOf('420000', '420100', '110000'), { coverCacheMax: 2 });

  test('equal regions have the same cover, object for object', () => {
    const first = directory.cover(MUNICIPAL, regionOf('420100'));
    expect(directory.cover(MUNICIPAL, regionOf('420100'))).toBe(first);
    expect(directory.cover(MUNICIPAL, regionOf('420000'))).not.toBe(first);
  });

  test('covers are cached up to the limit', () => {
    const ask = (code: string) => directory.cover(MUNICIPAL, regionAt(code));
    const [first] = ['420101', '420102', '420103'].map(ask);
    expect(ask('420103')).toBe(ask('420103'));
    expect(ask('420101')).toEqual(first);
    expect(ask('420101')).not.toBe(first);
  });

  test('a directory returns the part of a region that no platform answers for', () => {
    expect(directory.unserved(MUNICIPAL, regionOf('420000'))).toEqual([]);
    expect(directory.unserved(MUNICIPAL, union(regionOf('420000'), regionOf('430000')))).toEqual(regionOf('430000'));
    expect(directory.unserved({ ...MUNICIPAL, partition: 'none' }, regionOf('430000'))).toEqual(regionOf('430000'));
    expect(directory.unserved({ ...MUNICIPAL, partition: 'none' }, regionOf('440000'))).toEqual(regionOf('440000'));
  });
});

describe('unserved divisions', () => {
  const { list } = createUnservedDivisions();

  test('a province is listed if all of it is unserved, and its parts otherwise', () => {
    const names = list([
      ['4201', '4203'],
      ['43', '44'],
    ]);
    expect(names).toEqual(['420100', '420200', '430000']);
    expect(list([])).toEqual([]);
    expect(list(EVERYWHERE)).toHaveLength(34);
  });

  test('a former division is listed if its own code is unserved, and with what lies around it otherwise', () => {
    expect(list([['110228', '110229']])).toEqual(['110228']);
    expect(list([['11', '12']])).toEqual(['110000']);
    expect(list([['3712', '3713']])).toEqual(['371200']);
    expect(list([['371202', '371203']])).toEqual(['371202']);
    expect(list([['110228001', '110228002']])).toEqual(['110228']);
  });

  test('unserved streets are listed one by one if they are scattered over half of the country', () => {
    const streets = divisions()
      .all()
      .filter(({ level }, index) => level === 'STREET' && index % 2 === 0)
      .map(({ code }) => code);
    const scattered = union(streets.flatMap(regionOfPrefix));
    expect(scattered.length).toBeGreaterThan(10_000);
    expect(createUnservedDivisions().list(scattered)).toHaveLength(streets.length);
  });
});
