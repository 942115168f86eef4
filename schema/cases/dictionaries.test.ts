/** Dictionaries and closing conditions: every class has one code in the network, every filing condition one way to close. */
import { describe, expect, test } from '@jest/globals';
import { isDate } from '../time/local-date.ts';
import { categories } from './categories.ts';
import { closingConditionOf } from './closing-conditions.ts';
import { dictionaries, networkClass } from './dictionaries.ts';

const leaves = [...categories().leaves('COMPONENT'), ...categories().leaves('EVENT')].map(({ code }) => code);

describe('dictionaries', () => {
  test('dictionaries have ids of their own, and days that follow each other', () => {
    expect(new Set(dictionaries().map(({ id }) => id)).size).toBe(dictionaries().length);
    for (const { effectiveFrom, effectiveTo } of dictionaries()) {
      expect(isDate(effectiveFrom)).toBe(true);
      if (effectiveTo !== null) expect(effectiveTo > effectiveFrom).toBe(true);
    }
  });

  test.each([
    ['GRID-2013', '20401', '20401'],
    ['GRID-2013-B', '20401', '20501'],
    ['GRID-2013-B', '20501', '20401'],
    ['GRID-2013-B', '204', '205'],
    ['GRID-2013-B', '10101', '10101'],
    ['GRID-2013-B', '20499', '20599'],
    ['GRID-2007', '1001 01', '10101'],
    ['GRID-2007', '200504', '20504'],
    ['GRID-2007', '1001', '101'],
    ['GRID-2007', '900102', undefined],
    ['GRID-2007', '10101', undefined],
    ['HOTLINE-1', '4010101', '4010101'],
  ])('%s %s is %s in the network', (dictionary, code, expected) => {
    expect(networkClass(dictionary, code)).toBe(expected);
  });

  test('a mapping between editions loses no class and gives no two classes one code', () => {
    for (const { id } of dictionaries().filter(({ id }) => id.startsWith('GRID-2013'))) {
      const mapped = leaves.map((code) => networkClass(id, code));
      expect(new Set(mapped).size).toBe(leaves.length);
      // The edition is its own inverse.
      expect(mapped.map((code) => networkClass(id, code!))).toEqual(leaves);
    }
  });

  test('a dictionary that nobody knows is told', () => {
    expect(() => networkClass('MARS', '10101')).toThrow(expect.objectContaining({ reason: 'CATEGORY' }));
  });
});

describe('closing conditions', () => {
  const all = categories()
    .all()
    .flatMap(({ conditions }) => conditions);

  test('every filing condition has a closing condition that is about it', () => {
    const byDescription = (text: string) => closingConditionOf(all.find(({ description }) => description === text)!);
    expect(byDescription('缺失')).toMatchObject({ id: 'REPLACED', photos: ['BEFORE', 'AFTER'] });
    expect(byDescription('破损')).toMatchObject({ id: 'REPAIRED' });
    expect(byDescription('已建成，须拆除')).toMatchObject({ id: 'REMOVED' });
    for (const condition of all) expect(closingConditionOf(condition).closing).toMatch(/\p{Script=Han}/u);
  });

  test('few filing conditions are left to the general closing condition', () => {
    const general = all.filter((condition) => closingConditionOf(condition).id === 'SETTLED');
    expect(general.length / all.length).toBeLessThan(0.1);
  });
});
