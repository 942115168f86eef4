import { expect, test } from '@jest/globals';
import { createFairQueue } from './fair-queue.ts';

const all = (queue: ReturnType<typeof createFairQueue<string>>): string => {
  let order = '';
  for (let item = queue.take(); item !== undefined; item = queue.take()) order += `${item} `;
  return order.trim();
};

test('groups take turns, and so do the parts of each group', () => {
  const queue = createFairQueue<string>();
  for (const item of ['a1', 'a2', 'a3']) queue.add('A', 'a', item);
  for (const item of ['b1', 'b2']) queue.add('A', 'b', item);
  queue.add('C', 'c', 'c1');
  expect([queue.size, queue.sizeOf('A'), queue.sizeOf('C'), queue.sizeOf('D'), queue.groups]).toEqual([6, 5, 1, 0, 2]);
  expect(all(queue)).toBe('a1 c1 b1 a2 b2 a3');
  expect([queue.size, queue.groups]).toEqual([0, 0]);
});

test('a removed item is not order, and a second removal returns false', () => {
  const queue = createFairQueue<string>();
  queue.add('A', 'a', 'a1');
  queue.add('A', 'a', 'a2');
  queue.add('B', 'b', 'b1');
  expect([queue.remove('A', 'a', 'a1'), queue.remove('A', 'a', 'a1'), queue.remove('A', 'b', 'b1')]).toEqual([
    true,
    false,
    false,
  ]);
  expect(queue.remove('B', 'b', 'b1')).toBe(true);
  expect([queue.groups, all(queue)]).toEqual([1, 'a2']);
});
