import { describe, expect, test } from '@jest/globals';
import { createConcurrencyLimiter } from './concurrency-limiter.ts';
import type { Waiter } from './waiter.ts';

function startLimiter(runningMax = 1, queueMax = 10) {
  const log: string[] = [];
  const bound = { runningMax };
  const limiter = createConcurrencyLimiter({ runningMax: () => bound.runningMax, queueMax });
  const waiter = (name: string, group: object): Waiter => ({ group, part: group, start: () => log.push(name) });
  return { limiter, log, bound, waiter };
}

describe('a concurrency limiter', () => {
  test('starts waiters up to its bound, and the next when one is released', () => {
    const { limiter, log, waiter } = startLimiter(2);
    for (const name of ['a', 'b', 'c']) expect(limiter.acquire(waiter(name, log))).toBe(true);
    expect([log, limiter.running, limiter.waiting]).toEqual([['a', 'b'], 2, 1]);
    limiter.release();
    expect([log, limiter.running, limiter.waiting]).toEqual([['a', 'b', 'c'], 2, 0]);
  });

  test('rejects a waiter if the queue is full', () => {
    const { limiter, log, waiter } = startLimiter(1, 1);
    expect(['a', 'b', 'c'].map((name) => limiter.acquire(waiter(name, log)))).toEqual([true, true, false]);
    limiter.release();
    expect(log).toEqual(['a', 'b']);
  });

  test('lets groups take turns, so that a group with many waiters does not hold up one with few', () => {
    const { limiter, log, waiter } = startLimiter(1);
    const [many, few] = [{}, {}];
    for (const name of ['m1', 'm2', 'm3', 'm4']) limiter.acquire(waiter(name, many));
    for (const name of ['f1', 'f2']) limiter.acquire(waiter(name, few));
    for (let i = 0; i < 5; i++) limiter.release();
    expect(log).toEqual(['m1', 'm2', 'f1', 'm3', 'f2', 'm4']);
  });

  test('queues other groups up to their share if one group has filled the queue', () => {
    const { limiter, waiter } = startLimiter(1, 4);
    const [many, few] = [{}, {}];
    for (let i = 0; i < 5; i++) expect(limiter.acquire(waiter('m', many))).toBe(true);
    expect([limiter.acquire(waiter('m', many)), limiter.isQueueFullFor(many), limiter.isQueueFullFor(few)]).toEqual([
      false,
      true,
      false,
    ]);
    expect([limiter.queuedAheadOf(many), limiter.queuedAheadOf(few)]).toEqual([4, 1]);
    expect([limiter.acquire(waiter('f', few)), limiter.acquire(waiter('f', few))]).toEqual([true, true]);
    expect([limiter.acquire(waiter('f', few)), limiter.waiting]).toEqual([false, 6]);
  });

  test('does not start a waiter that was cancelled', () => {
    const { limiter, log, waiter } = startLimiter(1);
    const [a, b, c] = ['a', 'b', 'c'].map((name) => waiter(name, log)) as [Waiter, Waiter, Waiter];
    for (const one of [a, b, c]) limiter.acquire(one);
    expect([limiter.cancel(b), limiter.cancel(b), limiter.cancel(a)]).toEqual([true, false, false]);
    limiter.release();
    expect([log, limiter.waiting]).toEqual([['a', 'c'], 0]);
  });

  test('starts more waiters after its bound has risen', () => {
    const { limiter, log, bound, waiter } = startLimiter(1);
    for (const name of ['a', 'b', 'c']) limiter.acquire(waiter(name, log));
    bound.runningMax = 3;
    limiter.release();
    expect([log, limiter.running]).toEqual([['a', 'b', 'c'], 2]);
  });

  test('starts thousands of waiters that release at once without deepening the stack', () => {
    const { limiter, waiter } = startLimiter(1, 100_000);
    let gone = 0;
    limiter.acquire(waiter('first', limiter));
    for (let i = 0; i < 50_000; i++) {
      limiter.acquire({
        group: limiter,
        part: limiter,
        start() {
          gone++;
          limiter.release();
        },
      });
    }
    limiter.release();
    expect([gone, limiter.running]).toEqual([50_000, 0]);
  });
});
