/** The environment of a platform process. */
import { describe, expect, test } from '@jest/globals';
import { PlatformConfigError, readPlatformConfig } from './config.ts';
import { CLOCK_SKEW_RULE } from './limits.ts';

const ENV = {
  PLATFORM_ID: 'municipal/420100',
  PLATFORM_TIER: 'MUNICIPAL',
  DATABASE_URL: 'postgresql://user@127.0.0.1/database',
  PASSPORT_KEYS: 'http://127.0.0.1:4000/keys',
};
const skewOf = (text?: string) =>
  readPlatformConfig({ ...ENV, ...(text === undefined ? {} : { PLATFORM_CLOCK_SKEW_SECONDS: text }) }).limits
    .clockSkewSeconds;

describe('the skew of clocks', () => {
  const { min, max } = CLOCK_SKEW_RULE;

  test('the skew of clocks has its default if nothing is set', () => {
    expect([skewOf(), skewOf('')]).toEqual([5, 5]);
  });

  test('the skew of clocks may be as small and as large as the rule says', () => {
    expect([skewOf(String(min)), skewOf(String(max))]).toEqual([0, 300]);
  });

  test.each([String(min - 1), String(max + 1), '1.5', 'five', ' '])('the skew of clocks is not %p', (text) => {
    expect(() => skewOf(text)).toThrow(PlatformConfigError);
    expect(() => skewOf(text)).toThrow(`PLATFORM_CLOCK_SKEW_SECONDS is "${text}"; expected 0 to 300 seconds`);
  });
});

test('all faults are told at once, and a database with its password is not', () => {
  const wrong = { ...ENV, PLATFORM_TIER: 'CITY', DATABASE_URL: 'mysql://user:secret@host' };
  try {
    readPlatformConfig(wrong);
  } catch (error) {
    const { message } = error as Error;
    expect(message.split('\n')).toHaveLength(2);
    expect(message).not.toContain('secret');
  }
  expect.assertions(2);
});

describe('the version of the standard', () => {
  const versionOf = (text: string) => readPlatformConfig({ ...ENV, PLATFORM_STANDARD_VERSION: text }).standardVersion;

  test('is the one that the environment states, and the newest if it states none', () => {
    expect(versionOf('1')).toBe('1');
    expect(versionOf('')).toBeUndefined();
  });

  test('is refused if the standard never had it', () => {
    expect(() => versionOf('7')).toThrow('PLATFORM_STANDARD_VERSION is "7"; expected one of 1, 2');
  });
});
