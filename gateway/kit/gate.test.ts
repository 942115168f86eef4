import { describe, expect, test } from '@jest/globals';
import { createGate, type Entrant } from './gate.ts';

function startGate(insideMax = 1, waitingMax = 10) {
  const log: string[] = [];
  const bound = { insideMax };
  const gate = createGate({ insideMax: () => bound.insideMax, waitingMax });
  const entrant = (name: string, group: object): Entrant => ({ group, part: group, go: () => log.push(name) });
  return { gate, log, bound, entrant };
}

describe('a gate', () => {
  test('lets in as many as there is room for, and the next when one leaves', () => {
    const { gate, log, entrant } = startGate(2);
    for (const name of ['a', 'b', 'c']) expect(gate.enter(entrant(name, log))).toBe(true);
    expect([log, gate.inside, gate.waiting]).toEqual([['a', 'b'], 2, 1]);
    gate.leave();
    expect([log, gate.inside, gate.waiting]).toEqual([['a', 'b', 'c'], 2, 0]);
  });

  test('turns away who finds the queue full', () => {
    const { gate, log, entrant } = startGate(1, 1);
    expect(['a', 'b', 'c'].map((name) => gate.enter(entrant(name, log)))).toEqual([true, true, false]);
    gate.leave();
    expect(log).toEqual(['a', 'b']);
  });

  test('lets groups take turns, so that one with many does not hold up one with few', () => {
    const { gate, log, entrant } = startGate(1);
    const [many, few] = [{}, {}];
    for (const name of ['m1', 'm2', 'm3', 'm4']) gate.enter(entrant(name, many));
    for (const name of ['f1', 'f2']) gate.enter(entrant(name, few));
    for (let i = 0; i < 5; i++) gate.leave();
    expect(log).toEqual(['m1', 'm2', 'f1', 'm3', 'f2', 'm4']);
  });

  test('has room in a queue that one group has filled for others, up to their share', () => {
    const { gate, entrant } = startGate(1, 4);
    const [many, few] = [{}, {}];
    for (let i = 0; i < 5; i++) expect(gate.enter(entrant('m', many))).toBe(true);
    expect([gate.enter(entrant('m', many)), gate.isFullFor(many), gate.isFullFor(few)]).toEqual([false, true, false]);
    expect([gate.waitingBefore(many), gate.waitingBefore(few)]).toEqual([4, 1]);
    expect([gate.enter(entrant('f', few)), gate.enter(entrant('f', few))]).toEqual([true, true]);
    expect([gate.enter(entrant('f', few)), gate.waiting]).toEqual([false, 6]);
  });

  test('forgets who withdraws', () => {
    const { gate, log, entrant } = startGate(1);
    const [a, b, c] = ['a', 'b', 'c'].map((name) => entrant(name, log)) as [Entrant, Entrant, Entrant];
    for (const one of [a, b, c]) gate.enter(one);
    expect([gate.withdraw(b), gate.withdraw(b), gate.withdraw(a)]).toEqual([true, false, false]);
    gate.leave();
    expect([log, gate.waiting]).toEqual([['a', 'c'], 0]);
  });

  test('opens further when its bound rises', () => {
    const { gate, log, bound, entrant } = startGate(1);
    for (const name of ['a', 'b', 'c']) gate.enter(entrant(name, log));
    bound.insideMax = 3;
    gate.leave();
    expect([log, gate.inside]).toEqual([['a', 'b', 'c'], 2]);
  });

  test('lets in thousands that leave at once without piling them up', () => {
    const { gate, entrant } = startGate(1, 100_000);
    let gone = 0;
    gate.enter(entrant('first', gate));
    for (let i = 0; i < 50_000; i++) {
      gate.enter({
        group: gate,
        part: gate,
        go() {
          gone++;
          gate.leave();
        },
      });
    }
    gate.leave();
    expect([gone, gate.inside]).toEqual([50_000, 0]);
  });
});
