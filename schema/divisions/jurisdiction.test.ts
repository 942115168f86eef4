/** Which region a key speaks of, and ids that carry their division. */
import { describe, expect, test } from '@jest/globals';
import { regionOf } from './division-region.ts';
import { divisions } from './divisions.ts';
import { createId, divisionOfId, regionOfKey } from './jurisdiction.ts';
import { containsDivision, containsRegion, NOWHERE, regionAt, regionOfPrefix } from './region.ts';

describe('the region of a key', () => {
  test.each([
    ['WITHIN', '420000', regionOf('420000')],
    ['WITHIN', '429000', regionOf('429000')],
    ['WITHIN', '110102020', regionOf('110102020')],
    ['ID', '110102020001-C-000042', regionAt('110102020001')],
    ['CITY_ID', '420100-R-000042', regionOf('420100')],
    ['CITY_ID', '110000-R-0102020000042', regionOf('110000')],
    ['CITY_ID', '110102020001-R-000042', regionOf('110000')],
    ['CITY_ID', '420106003-R-7', regionOf('420100')],
    ['CITY_ID', '429004-R-1', regionOf('429004')],
    ['GRID_CODE', '110102020001001', regionAt('110102020001')],
    ['GRID_CODE', '1101020200010001', regionAt('110102020001')],
    ['COMPONENT_CODE', '1101020101000001', regionOfPrefix('110102')],
    ['COMPONENT_CODE', '4419000101000001', regionOf('441900')],
  ] as const)('%s %s', (form, key, expected) => {
    expect(regionOfKey(form, key)).toEqual(expected);
  });

  test.each([
    ['WITHIN', '42'],
    ['WITHIN', '4201000'],
    ['WITHIN', '42010A'],
    ['ID', '110102-000042'],
    ['ID', 'C-110102-1'],
    ['ID', '110102-C-1;drop'],
    ['CITY_ID', '420000-R-1'],
    ['CITY_ID', '100000-R-1'],
    ['CITY_ID', '420100-1'],
    ['GRID_CODE', '1101020200010'],
    ['GRID_CODE', '11010202000100A'],
    ['COMPONENT_CODE', '110102010100001'],
  ] as const)('%s %s speaks of no division', (form, key) => {
    expect(regionOfKey(form, key)).toEqual(NOWHERE);
  });
});

describe('ids', () => {
  test('ids of rows name their division, whatever its level', () => {
    for (const division of ['100000', '420100', '110102020', '110102020001']) {
      expect(divisionOfId(createId(division, 'C', '000042'))).toBe(division);
    }
  });

  test('ids of rows have no division if they were made by others', () => {
    for (const id of ['', '42', '110102020001', '110102020001-C', '110102020001-c-1', '11010202000-C-1']) {
      expect(divisionOfId(id)).toBeUndefined();
    }
  });
});

test('over the whole table, a division lies in the region of each of its ancestors and of no sibling', () => {
  const table = divisions();
  const faults: string[] = [];
  for (const { code, parent } of table.all()) {
    if (parent !== null && !containsRegion(regionOf(parent), regionOf(code))) faults.push(code);
  }
  for (const { code } of table.all()) {
    const siblings = table.children(code);
    for (const [index, sibling] of siblings.entries()) {
      const next = siblings[index + 1];
      if (next !== undefined && containsDivision(regionOf(sibling.code), next.code))
        faults.push(`${sibling.code} ${next.code}`);
    }
  }
  expect(faults).toEqual([]);
});
