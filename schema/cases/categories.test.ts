/** The table of classes against the figures of the published list, and the rules of codes. */
import { describe, expect, test } from '@jest/globals';
import { type CategoryKind, categories, nextLocalCategory } from './categories.ts';

const table = categories();
const minorsOf = (kind: CategoryKind) => table.ofKind(kind).filter(({ parent }) => parent !== null);

describe('components and events', () => {
  test.each([
    ['101', '公用设施', 40, 11],
    ['102', '道路交通设施', 20, 5],
    ['103', '市容环境设施', 10, 2],
    ['104', '园林绿化设施', 16, 7],
    ['105', '其他部件', 6, 1],
    ['201', '市容环境', 47, 16],
    ['202', '宣传广告', 8, 1],
    ['203', '施工管理', 16, 4],
    ['204', '街面秩序', 13, 7],
    ['205', '突发事件', 10, 2],
    ['206', '其他事件', 4, 2],
  ])('%s %s has %i minors, %i of them local', (code, name, count, local) => {
    expect(table.get(code)).toMatchObject({ name, major: null, parent: null, local: false, conditions: [] });
    expect(table.children(code)).toHaveLength(count);
    expect(table.children(code).filter((minor) => minor.local)).toHaveLength(local);
  });

  test('components and events are 92 and 98', () => {
    expect(minorsOf('COMPONENT')).toHaveLength(92);
    expect(minorsOf('EVENT')).toHaveLength(98);
  });

  test('each minor has conditions with ids of their own, told apart by their words, by rising limit', () => {
    const hours = { URGENT_HOUR: 1, WORK_HOUR: 3, WORKDAY: 24, NATURAL_DAY: 23 };
    for (const { code, conditions } of [...minorsOf('COMPONENT'), ...minorsOf('EVENT')]) {
      expect(conditions.length).toBeGreaterThan(0);
      expect(conditions.map(({ id }) => id)).toEqual(conditions.map((_, index) => `${code}-${index + 1}`));
      expect(new Set(conditions.map(({ description }) => description)).size).toBe(conditions.length);
      const spans = conditions.map(({ limit }) => limit.amount * hours[limit.unit]);
      expect(spans).toEqual([...spans].sort((a, b) => a - b));
    }
  });

  test('a manhole cover has the limits that are typical of it', () => {
    expect(table.get('10101')).toEqual({
      code: '10101',
      kind: 'COMPONENT',
      name: '上水井盖',
      counterparts: ['4020102'],
      major: '101',
      parent: '101',
      local: false,
      conditions: [
        { id: '10101-1', description: '缺失', limit: { amount: 2, unit: 'URGENT_HOUR' } },
        { id: '10101-2', description: '破损', limit: { amount: 4, unit: 'WORK_HOUR' } },
        { id: '10101-3', description: '松动、异响', limit: { amount: 2, unit: 'WORKDAY' } },
        { id: '10101-4', description: '周边路面下沉或井体升降不到位', limit: { amount: 5, unit: 'WORKDAY' } },
      ],
    });
  });

  test('two classes may share a name', () => {
    expect(
      table
        .all()
        .filter(({ name }) => name === '施工公示牌')
        .map(({ code }) => code),
    ).toEqual(['10396', '20399']);
  });
});

describe('the hotline', () => {
  test('the hotline is a tree of three levels whose leaves lie two below their major', () => {
    const hotline = table.ofKind('HOTLINE');
    const ofLength = (length: number) => hotline.filter(({ code }) => code.length === length);
    expect(ofLength(3)).toHaveLength(12);
    expect(ofLength(5).length).toBeGreaterThanOrEqual(60);
    expect(table.leaves('HOTLINE')).toEqual(ofLength(7));
    expect(ofLength(7).length).toBeGreaterThanOrEqual(200);
    for (const leaf of ofLength(7)) {
      expect(table.get(leaf.parent ?? '')?.parent).toBe(leaf.major);
      expect(table.get(leaf.major ?? '')?.parent).toBeNull();
    }
  });

  test('the hotline shares no code with components, events, local service items or the classes of older lists', () => {
    expect(table.ofKind('HOTLINE').every(({ code }) => code.startsWith('4'))).toBe(true);
    expect(new Set(table.all().map(({ code }) => code)).size).toBe(table.all().length);
    expect(table.all().some(({ code }) => /^[39]/.test(code))).toBe(false);
  });
});

describe('a local class', () => {
  test('a local class gets the highest free minor of its major, counted down from 99', () => {
    expect(nextLocalCategory('105')).toBe('10599');
    expect(nextLocalCategory('101')).toBe('10198');
    expect(nextLocalCategory('204')).toBe('20499');
  });

  test('a local class goes down to 75 and no further', () => {
    expect(nextLocalCategory('101', (code) => code !== '10175')).toBe('10175');
    expect(() => nextLocalCategory('101', (code) => code !== '10174')).toThrow('no local code left');
  });

  test.each(['10101', '107', '401', ''])('a local class belongs to no "%s"', (major) => {
    expect(() => nextLocalCategory(major)).toThrow(expect.objectContaining({ reason: 'CATEGORY' }));
  });
});

describe('counterparts', () => {
  const joined = table.all().filter(({ counterparts }) => counterparts.length > 0);

  test('a counterpart joins a leaf of the hotline with a component or an event, in both directions', () => {
    expect(joined.length).toBeGreaterThan(100);
    for (const { code, kind, counterparts } of joined) {
      expect(table.children(code)).toEqual([]);
      expect(counterparts).toEqual([...new Set(counterparts)].sort());
      for (const counterpart of counterparts) {
        const other = table.get(counterpart)!;
        expect(other.counterparts).toContain(code);
        expect((kind === 'HOTLINE') !== (other.kind === 'HOTLINE')).toBe(true);
      }
    }
  });

  test('a missing manhole cover is one matter for the hotline and the grid', () => {
    expect(table.get('4020102')).toMatchObject({ name: '井盖缺失破损' });
    expect(table.get('10101')!.counterparts).toEqual(['4020102']);
  });
});
