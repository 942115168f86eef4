/** Who begins in which turn of the event loop. */
import { setImmediate } from 'node:timers/promises';
import { expect, jest, test } from '@jest/globals';
import { createAdmissionQueue, type Waiter } from './admission-queue.ts';

/** Names by group and part: `a1` is the first of part `a`. */
function arrive(turnstile: ReturnType<typeof createAdmissionQueue>, names: readonly string[], group: unknown = 'all') {
  const begun: string[] = [];
  const waiters = new Map<string, Waiter>();
  for (const name of names) {
    if (turnstile.tryAdmit()) begun.push(name);
    else {
      const waiter = { group, part: name[0], start: () => void begun.push(name) };
      waiters.set(name, waiter);
      turnstile.enqueue(waiter);
    }
  }
  return { begun, waiters };
}

test('as many as may begin in one turn do so at once, the others in later turns and in the order in which they came', async () => {
  const { begun } = arrive(createAdmissionQueue(2), ['a1', 'a2', 'a3', 'a4', 'a5']);
  expect(begun.join()).toBe('a1,a2');
  await setImmediate();
  expect(begun.join()).toBe('a1,a2,a3,a4');
  await setImmediate();
  expect(begun.join()).toBe('a1,a2,a3,a4,a5');
});

test('one that comes while another has many waiting goes next but one at most', async () => {
  const turnstile = createAdmissionQueue(1);
  const many = arrive(
    turnstile,
    Array.from({ length: 200 }, (_, i) => `m${i}`),
  );
  await setImmediate();
  const calm = arrive(turnstile, ['c1']);
  await setImmediate();
  await setImmediate();
  expect(calm.begun).toEqual(['c1']);
  expect(many.begun.length).toBeLessThan(5);
});

test('groups take turns whatever the number of their parts', async () => {
  const turnstile = createAdmissionQueue(1);
  const strangers = arrive(
    turnstile,
    [...'abcdefghijklmnop'].map((part) => `${part}1`),
    'strangers',
  );
  const known = arrive(turnstile, ['x1', 'x2', 'x3'], 'known');
  for (let turn = 0; turn < 6; turn++) await setImmediate();
  expect([known.begun.length, strangers.begun.length]).toEqual([3, 4]);
});

test('who does not wait any more takes no turn', async () => {
  const turnstile = createAdmissionQueue(1);
  const { begun, waiters } = arrive(turnstile, ['a1', 'a2', 'a3']);
  const leaving = waiters.get('a2')!;
  expect([turnstile.waiting, turnstile.cancel(leaving), turnstile.cancel(leaving)]).toEqual([2, true, false]);
  await setImmediate();
  expect([begun, turnstile.waiting]).toEqual([['a1', 'a3'], 0]);
});

test('connections that come go before work, for half as long as the last work took, and no longer', async () => {
  const turnstile = createAdmissionQueue(1);
  const clock = jest.spyOn(performance, 'now').mockReturnValue(0);
  const { begun } = arrive(turnstile, ['a1', 'a2']);
  clock.mockReturnValue(100);
  turnstile.onConnection();
  await setImmediate();
  expect(begun).toEqual(['a1']);
  turnstile.onConnection();
  clock.mockReturnValue(149);
  await setImmediate();
  expect(begun).toEqual(['a1']);
  turnstile.onConnection();
  clock.mockReturnValue(150);
  await setImmediate();
  expect(begun).toEqual(['a1', 'a2']);
  clock.mockRestore();
});

test('where no connection comes, nothing rests', async () => {
  const turnstile = createAdmissionQueue(1);
  const clock = jest.spyOn(performance, 'now').mockReturnValue(0);
  const { begun } = arrive(turnstile, ['a1', 'a2']);
  clock.mockReturnValue(100);
  await setImmediate();
  expect(begun).toEqual(['a1', 'a2']);
  clock.mockRestore();
});

test('nobody waits where the loop has turned since', async () => {
  const turnstile = createAdmissionQueue(1);
  expect([turnstile.tryAdmit(), turnstile.tryAdmit()]).toEqual([true, false]);
  await setImmediate();
  await setImmediate();
  expect(turnstile.tryAdmit()).toBe(true);
});
