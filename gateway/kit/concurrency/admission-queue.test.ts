/** Which waiter starts in which turn of the event loop. */
import { setImmediate } from 'node:timers/promises';
import { expect, jest, test } from '@jest/globals';
import { createAdmissionQueue } from './admission-queue.ts';
import type { Waiter } from './waiter.ts';

/** Names by group and part: `a1` is the first of part `a`. */
function arrive(queue: ReturnType<typeof createAdmissionQueue>, names: readonly string[], group: unknown = 'all') {
  const started: string[] = [];
  const waiters = new Map<string, Waiter>();
  for (const name of names) {
    if (queue.tryAdmit()) started.push(name);
    else {
      const waiter = { group, part: name[0], start: () => void started.push(name) };
      waiters.set(name, waiter);
      queue.enqueue(waiter);
    }
  }
  return { started, waiters };
}

test('as many waiters as a turn allows start at once, the others in later turns in order of arrival', async () => {
  const { started } = arrive(createAdmissionQueue(2), ['a1', 'a2', 'a3', 'a4', 'a5']);
  expect(started.join()).toBe('a1,a2');
  await setImmediate();
  expect(started.join()).toBe('a1,a2,a3,a4');
  await setImmediate();
  expect(started.join()).toBe('a1,a2,a3,a4,a5');
});

test('a waiter starts within two turns even if another part has hundreds waiting', async () => {
  const queue = createAdmissionQueue(1);
  const many = arrive(
    queue,
    Array.from({ length: 200 }, (_, i) => `m${i}`),
  );
  await setImmediate();
  const calm = arrive(queue, ['c1']);
  await setImmediate();
  await setImmediate();
  expect(calm.started).toEqual(['c1']);
  expect(many.started.length).toBeLessThan(5);
});

test('groups take turns whatever their number of parts', async () => {
  const queue = createAdmissionQueue(1);
  const strangers = arrive(
    queue,
    [...'abcdefghijklmnop'].map((part) => `${part}1`),
    'strangers',
  );
  const regulars = arrive(queue, ['x1', 'x2', 'x3'], 'regulars');
  for (let turn = 0; turn < 6; turn++) await setImmediate();
  expect([regulars.started.length, strangers.started.length]).toEqual([3, 4]);
});

test('a cancelled waiter takes no turn', async () => {
  const queue = createAdmissionQueue(1);
  const { started, waiters } = arrive(queue, ['a1', 'a2', 'a3']);
  const leaving = waiters.get('a2')!;
  expect([queue.waiting, queue.cancel(leaving), queue.cancel(leaving)]).toEqual([2, true, false]);
  await setImmediate();
  expect([started, queue.waiting]).toEqual([['a1', 'a3'], 0]);
});

test('new connections pause the queue for half the time that the last work took, and no longer', async () => {
  const queue = createAdmissionQueue(1);
  const clock = jest.spyOn(performance, 'now').mockReturnValue(0);
  const { started } = arrive(queue, ['a1', 'a2']);
  clock.mockReturnValue(100);
  queue.onConnection();
  await setImmediate();
  expect(started).toEqual(['a1']);
  queue.onConnection();
  clock.mockReturnValue(149);
  await setImmediate();
  expect(started).toEqual(['a1']);
  queue.onConnection();
  clock.mockReturnValue(150);
  await setImmediate();
  expect(started).toEqual(['a1', 'a2']);
  clock.mockRestore();
});

test('the queue does not pause without new connections', async () => {
  const queue = createAdmissionQueue(1);
  const clock = jest.spyOn(performance, 'now').mockReturnValue(0);
  const { started } = arrive(queue, ['a1', 'a2']);
  clock.mockReturnValue(100);
  await setImmediate();
  expect(started).toEqual(['a1', 'a2']);
  clock.mockRestore();
});

test('a new turn of the loop admits at once', async () => {
  const queue = createAdmissionQueue(1);
  expect([queue.tryAdmit(), queue.tryAdmit()]).toEqual([true, false]);
  await setImmediate();
  await setImmediate();
  expect(queue.tryAdmit()).toBe(true);
});
