/** The clusters of the standard: their members are divisions in force, none of which lies in another. */
import { expect, test } from '@jest/globals';
import { cityClusters } from './city-clusters.ts';
import { regionOf } from './division-region.ts';
import { divisions } from './divisions.ts';
import { containsRegion, union } from './region.ts';

test('every member of a city cluster is a division in force, in the order of codes, and lies in no other member', () => {
  const ids = cityClusters().map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const { members } of cityClusters()) {
    expect([...members].sort()).toEqual(members);
    for (const code of members) {
      expect(divisions().get(code)).toMatchObject({ validTo: null, nominal: false });
      const others = union(...members.filter((other) => other !== code).map(regionOf));
      expect(containsRegion(others, regionOf(code))).toBe(false);
    }
  }
});

test('武汉城市圈 has Wuhan and eight others, and all of them are in 长江中游城市群', () => {
  const membersOf = (id: string) => cityClusters().find((cluster) => cluster.id === id)?.members ?? [];
  expect(membersOf('wuhan-city-circle')).toHaveLength(9);
  expect(membersOf('middle-yangtze')).toEqual(expect.arrayContaining([...membersOf('wuhan-city-circle')]));
});
