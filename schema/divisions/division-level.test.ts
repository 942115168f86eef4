/** The unit that a row is counted under at each level. */
import { describe, expect, test } from '@jest/globals';
import {
  citiesWithoutCounties,
  countyLevelSecondLevels,
  DIVISION_LEVELS,
  divisionAt,
  levelOf,
  municipalityPrefixes,
  nominalSecondLevels,
} from './division-level.ts';
import { divisions } from './divisions.ts';

describe('the unit of a row', () => {
  test.each([
    // [code, province, city, county, street, community]
    ['420106003001', '420000', '420100', '420106', '420106003', '420106003001'],
    ['420106', '420000', '420100', '420106', null, null],
    ['420100', '420000', '420100', null, null, null],
    ['420000', '420000', null, null, null, null],
    ['100000', null, null, null, null, null],
    ['110102020001', '110000', '110000', '110102', '110102020', '110102020001'],
    ['110102', '110000', '110000', '110102', null, null],
    ['110100', '110000', '110000', null, null, null],
    ['110000', '110000', '110000', null, null, null],
    ['500242', '500000', '500000', '500242', null, null],
    ['429004003', '420000', '429004', '429004', '429004003', null],
    ['429000', '420000', null, null, null, null],
    ['659001', '650000', '659001', '659001', null, null],
    ['441900003', '440000', '441900', '441900', '441900003', null],
    ['442000', '440000', '442000', '442000', null, null],
    ['620201001', '620000', '620200', '620201', '620201001', null],
  ])('%s', (code, province, city, county, street, community) => {
    expect(DIVISION_LEVELS.map((level) => divisionAt(code, level))).toEqual([
      '100000',
      province,
      city,
      county,
      street,
      community,
    ]);
  });

  test('the unit of a row is a division of the table that is the row itself or above it, and never a nominal second level', () => {
    const table = divisions();
    const faults: string[] = [];
    for (const { code } of table.all()) {
      const reach = new Set([code, ...table.ancestors(code).map((above) => above.code)]);
      for (const level of DIVISION_LEVELS) {
        const unit = divisionAt(code, level);
        if (unit === null) continue;
        if (!reach.has(unit)) faults.push(`${code} at ${level}: ${unit} is not above it`);
        if (table.get(unit)?.nominal && unit.length === 6) faults.push(`${code} at ${level}: ${unit} is nominal`);
      }
    }
    expect(faults).toEqual([]);
  });

  test('the level of a code is that of its row', () => {
    for (const { code, level } of divisions().all()) {
      if (levelOf(code) !== level) throw new Error(`${code} is ${level}, not ${levelOf(code)}`);
    }
  });
});

test('the lists of exceptions are what the table shows', () => {
  const table = divisions();
  const cities = table.all().filter(({ level }) => level === 'CITY');
  expect(cities.filter(({ nominal }) => nominal).map(({ code }) => code.slice(0, 4))).toEqual(nominalSecondLevels);
  expect(
    cities.filter(({ code }) => table.children(code)[0]?.level === 'STREET').map(({ code }) => code.slice(0, 4)),
  ).toEqual(citiesWithoutCounties);
  expect(municipalityPrefixes).toEqual(['11', '12', '31', '50']);
  expect(countyLevelSecondLevels).toEqual(['4190', '4290', '4690', '6590']);
});
