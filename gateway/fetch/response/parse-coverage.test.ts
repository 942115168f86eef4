/** Bounds on the coverage that a gateway below may report. */
import { expect, test } from '@jest/globals';
import { parseCoverage } from './parse-coverage.ts';

const ENTRY = {
  platform: 'municipal/420100',
  division: '420100',
  tier: 'MUNICIPAL',
  owns: ['4201', '4202'],
  status: 'OK',
  elapsedMs: 1,
  path: ['total'],
};
const times = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);
const accountOf = (platforms: number, unserved: number) => ({
  coverage: {
    asked: platforms,
    answered: platforms,
    platforms: times(platforms, ENTRY),
    unserved: times(unserved, '420100'),
  },
});

test('coverage may list platforms and divisions up to the limit, and is malformed with one more of either', () => {
  expect(parseCoverage(accountOf(3, 3), 3)).toMatchObject({
    platforms: times(3, { status: 'OK' }),
    unserved: times(3, '420100'),
  });
  expect(parseCoverage(accountOf(4, 3), 3)).toBe('malformed');
  expect(parseCoverage(accountOf(3, 4), 3)).toBe('malformed');
});
