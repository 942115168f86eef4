import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { createLruCache } from './lru-cache.ts';

test('a cache holds at most its bound and evicts the least recently used entry', () => {
  const cache = createLruCache<string, number>(2);
  cache.set('a', 1);
  cache.set('b', 2);
  expect(cache.get('a')).toBe(1);
  cache.set('c', 3);
  expect(cache.size).toBe(2);
  expect(cache.get('b')).toBeUndefined();
  expect(cache.get('a')).toBe(1);
  expect(cache.get('c')).toBe(3);
});

test('a cache behaves as a list in order of use after any sequence of operations', () => {
  const step = fc.tuple(fc.constantFrom('get', 'set', 'delete'), fc.integer({ min: 0, max: 6 }));
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.array(step, { maxLength: 60 }), (max, steps) => {
      const cache = createLruCache<number, number>(max);
      let used: [key: number, value: number][] = [];
      steps.forEach(([act, key], value) => {
        const entry = used.find(([used]) => used === key);
        const others = used.filter(([used]) => used !== key);
        if (act === 'get') {
          expect(cache.get(key)).toBe(entry?.[1]);
          used = entry ? [...others, entry] : others;
        } else if (act === 'set') {
          cache.set(key, value);
          used = [...others, [key, value] as [number, number]].slice(-max);
        } else {
          cache.delete(key);
          used = others;
        }
        expect(cache.size).toBe(used.length);
      });
    }),
  );
});

test('a cache holds at most its bytes, and no value that exceeds them alone', () => {
  const cache = createLruCache<string, string>(10, { bytesMax: 10, bytesOf: (text) => text.length });
  cache.set('a', 'x'.repeat(4));
  cache.set('b', 'x'.repeat(6));
  expect([cache.size, cache.bytes]).toEqual([2, 10]);
  cache.set('c', 'x');
  expect([cache.get('a'), cache.bytes]).toEqual([undefined, 7]);
  cache.set('c', 'xxxx');
  expect([cache.size, cache.bytes]).toEqual([2, 10]);
  cache.set('d', 'x'.repeat(11));
  expect([cache.size, cache.bytes]).toEqual([0, 0]);
});
