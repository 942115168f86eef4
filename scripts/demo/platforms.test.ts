import { describe, expect, test } from '@jest/globals';
import { containsDivision, divisions, intersect, NOWHERE, regionOf, union } from '@yiwang/schema';
import { DEMO_PLATFORMS, ownRegion, platformOf } from './platforms.ts';

const MUNICIPAL = DEMO_PLATFORMS.filter(({ kind }) => kind === 'municipal');

describe('regions of the demo platforms', () => {
  test('leave out the divisions of other platforms', () => {
    const beijing = ownRegion(platformOf('municipal/110000'));
    expect(containsDivision(beijing, '110105001')).toBe(true);
    expect(containsDivision(beijing, '110101001001')).toBe(false);
    const xicheng = ownRegion(platformOf('municipal/110102'));
    expect(containsDivision(xicheng, '110102')).toBe(true);
    expect(containsDivision(xicheng, '110102019')).toBe(true);
    expect(containsDivision(xicheng, '110102020001')).toBe(false);
  });

  test('never overlap and give every division below a platform exactly one owner', () => {
    for (const [i, a] of MUNICIPAL.entries()) {
      for (const b of MUNICIPAL.slice(i + 1)) expect(intersect(ownRegion(a), ownRegion(b))).toEqual(NOWHERE);
    }
    const covered = union(...MUNICIPAL.map(({ division }) => regionOf(division)));
    const owners = divisions()
      .all()
      .filter(({ code }) => containsDivision(covered, code))
      .map(({ code }) => MUNICIPAL.filter((platform) => containsDivision(ownRegion(platform), code)).length);
    expect(owners.length).toBeGreaterThan(9000);
    expect(new Set(owners)).toEqual(new Set([1]));
  });
});
