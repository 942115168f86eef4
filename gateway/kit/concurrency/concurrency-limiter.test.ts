import { describe, expect, test } from '@jest/globals';
import { createConcurrencyLimiter, type Waiter } from './concurrency-limiter.ts';

function startGate(insideMax = 1, waitingMax = 10) {
  const log: string[] = [];
  const bound = { insideMax };
  const gate = createConcurrencyLimiter({ runningMax: () => bound.insideMax, queueMax: waitingMax });
  const entrant = (name: string, group: object): Waiter => ({ group, part: group, start: () => log.push(name) });
  return { gate, log, bound, entrant };
}

describe('a gate', () => {
  test('lets in as many as there is room for, and the next when one leaves', () => {
    const { gate, log, entrant } = startGate(2);
    for (const name of ['a', 'b', 'c']) expect(gate.acquire(entrant(name, log))).toBe(true);
    expect([log, gate.running, gate.waiting]).toEqual([['a', 'b'], 2, 1]);
    gate.release();
    expect([log, gate.running, gate.waiting]).toEqual([['a', 'b', 'c'], 2, 0]);
  });

  test('turns away who finds the queue full', () => {
    const { gate, log, entrant } = startGate(1, 1);
    expect(['a', 'b', 'c'].map((name) => gate.acquire(entrant(name, log)))).toEqual([true, true, false]);
    gate.release();
    expect(log).toEqual(['a', 'b']);
  });

  test('lets groups take turns, so that one with many does not hold up one with few', () => {
    const { gate, log, entrant } = startGate(1);
    const [many, few] = [{}, {}];
    for (const name of ['m1', 'm2', 'm3', 'm4']) gate.acquire(entrant(name, many));
    for (const name of ['f1', 'f2']) gate.acquire(entrant(name, few));
    for (let i = 0; i < 5; i++) gate.release();
    expect(log).toEqual(['m1', 'm2', 'f1', 'm3', 'f2', 'm4']);
  });

  test('has room in a queue that one group has filled for others, up to their share', () => {
    const { gate, entrant } = startGate(1, 4);
    const [many, few] = [{}, {}];
    for (let i = 0; i < 5; i++) expect(gate.acquire(entrant('m', many))).toBe(true);
    expect([gate.acquire(entrant('m', many)), gate.isQueueFullFor(many), gate.isQueueFullFor(few)]).toEqual([
      false,
      true,
      false,
    ]);
    expect([gate.queuedAheadOf(many), gate.queuedAheadOf(few)]).toEqual([4, 1]);
    expect([gate.acquire(entrant('f', few)), gate.acquire(entrant('f', few))]).toEqual([true, true]);
    expect([gate.acquire(entrant('f', few)), gate.waiting]).toEqual([false, 6]);
  });

  test('forgets who withdraws', () => {
    const { gate, log, entrant } = startGate(1);
    const [a, b, c] = ['a', 'b', 'c'].map((name) => entrant(name, log)) as [Waiter, Waiter, Waiter];
    for (const one of [a, b, c]) gate.acquire(one);
    expect([gate.cancel(b), gate.cancel(b), gate.cancel(a)]).toEqual([true, false, false]);
    gate.release();
    expect([log, gate.waiting]).toEqual([['a', 'c'], 0]);
  });

  test('opens further when its bound rises', () => {
    const { gate, log, bound, entrant } = startGate(1);
    for (const name of ['a', 'b', 'c']) gate.acquire(entrant(name, log));
    bound.insideMax = 3;
    gate.release();
    expect([log, gate.running]).toEqual([['a', 'b', 'c'], 2]);
  });

  test('lets in thousands that leave at once without piling them up', () => {
    const { gate, entrant } = startGate(1, 100_000);
    let gone = 0;
    gate.acquire(entrant('first', gate));
    for (let i = 0; i < 50_000; i++) {
      gate.acquire({
        group: gate,
        part: gate,
        start() {
          gone++;
          gate.release();
        },
      });
    }
    gate.release();
    expect([gone, gate.running]).toEqual([50_000, 0]);
  });
});
