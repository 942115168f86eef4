import { expect, test } from '@jest/globals';
import { createConcurrencyLimit } from './concurrency-limit.ts';

test('no more than so many run at a time, in turn, and a failure lets the next one in', async () => {
  const limit = createConcurrencyLimit(2);
  let running = 0;
  let most = 0;
  const begun: number[] = [];
  const work = (id: number) =>
    limit(async () => {
      begun.push(id);
      most = Math.max(most, ++running);
      await new Promise((resolve) => setTimeout(resolve, 5));
      running--;
      if (id === 1) throw new Error('failed');
      return id;
    });
  const first = Promise.allSettled([0, 1, 2, 3, 4].map(work));
  // Work that comes while turns change hands waits like the rest.
  await new Promise((resolve) => setTimeout(resolve, 7));
  const second = Promise.allSettled([5, 6].map(work));
  const results = await first;
  await second;
  expect(most).toBe(2);
  expect(begun).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled', 'fulfilled']);
});
