/** Data classes: who sees which, and how each is shared. */
import { describe, expect, test } from '@jest/globals';
import {
  audienceClasses,
  classesOfAudience,
  dataClassRules,
  disclosure,
  sharingOf,
  sharingRules,
} from './data-classes.ts';

describe('an audience', () => {
  test.each([
    ['open', ['OPEN']],
    ['department', ['OPEN', 'SHARED']],
    ['supervisor', ['OPEN', 'SHARED', 'INTERNAL', 'SENSITIVE']],
    ['auditor', ['OPEN', 'AUDIT']],
  ])('%s sees %p', (audience, classes) => {
    expect(classesOfAudience(audience)).toEqual(classes);
  });

  test('an audience that the standard does not know sees nothing', () => {
    for (const audience of ['', 'Open', 'toString', '__proto__']) expect(classesOfAudience(audience)).toEqual([]);
  });

  test('an audience sees known classes only, the open one always', () => {
    const known = dataClassRules.map((rule) => rule.class);
    for (const classes of Object.values(audienceClasses)) {
      expect(known).toEqual(expect.arrayContaining([...classes]));
      expect(classes).toContain('OPEN');
    }
  });
});

test('every class has a sharing rule with its codes; only the unconditional one has a fixed word', () => {
  expect(dataClassRules.map((rule) => sharingOf(rule.class))).toEqual([
    'UNCONDITIONAL',
    'CONDITIONAL',
    'NOT_SHARED',
    'NOT_SHARED',
    'NOT_SHARED',
  ]);
  expect(sharingRules.map(({ sharing, fieldCode, condition }) => `${sharing} ${fieldCode} ${condition}`)).toEqual([
    'UNCONDITIONAL 10 无条件',
    'CONDITIONAL 20 null',
    'NOT_SHARED 30 null',
  ]);
});

test('open statistics withhold counts below ten', () => {
  expect(disclosure.smallCount).toBe(10);
});
