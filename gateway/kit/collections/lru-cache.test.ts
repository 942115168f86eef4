import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createLruCache } from './lru-cache.ts';

test('holds no more than its bound, and lets go of what was used longest ago', () => {
  const map = createLruCache<string, number>(2);
  map.set('a', 1);
  map.set('b', 2);
  expect(map.get('a')).toBe(1);
  map.set('c', 3);
  expect(map.size).toBe(2);
  expect(map.get('b')).toBeUndefined();
  expect(map.get('a')).toBe(1);
  expect(map.get('c')).toBe(3);
});

test('agrees with a list in the order of use, whatever is done to it', () => {
  const step = fc.tuple(fc.constantFrom('get', 'set', 'delete'), fc.integer({ min: 0, max: 6 }));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.array(step, { maxLength: 60 }), (max, steps) => {
      const map = createLruCache<number, number>(max);
      let used: [key: number, value: number][] = [];
      steps.forEach(([act, key], value) => {
        const found = used.find(([known]) => known === key);
        const others = used.filter(([known]) => known !== key);
        if (act === 'get') {
          expect(map.get(key)).toBe(found?.[1]);
          used = found ? [...others, found] : others;
        } else if (act === 'set') {
          map.set(key, value);
          used = [...others, [key, value] as [number, number]].slice(-max);
        } else {
          map.delete(key);
          used = others;
        }
        expect(map.size).toBe(used.length);
      });
    }),
  );
});

test('holds no more bytes than its bound, and nothing that is heavier alone', () => {
  const map = createLruCache<string, string>(10, { bytesMax: 10, bytesOf: (text) => text.length });
  map.set('a', 'x'.repeat(4));
  map.set('b', 'x'.repeat(6));
  expect([map.size, map.bytes]).toEqual([2, 10]);
  map.set('c', 'x');
  expect([map.get('a'), map.bytes]).toEqual([undefined, 7]);
  map.set('c', 'xxxx');
  expect([map.size, map.bytes]).toEqual([2, 10]);
  map.set('d', 'x'.repeat(11));
  expect([map.size, map.bytes]).toEqual([0, 0]);
});
