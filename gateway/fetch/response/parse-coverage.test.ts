/** How much of an account a gateway below may give. */
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

test('as many platforms and divisions as may be are read, and one more of either makes it malformed', () => {
  expect(parseCoverage(accountOf(3, 3), 3)).toMatchObject({
    platforms: times(3, { status: 'OK' }),
    unserved: times(3, '420100'),
  });
  expect(parseCoverage(accountOf(4, 3), 3)).toBe('malformed');
  expect(parseCoverage(accountOf(3, 4), 3)).toBe('malformed');
});
