import { describe, expect, test } from '@jest/globals';
import { createBreaker } from './breaker.ts';

function startBreaker() {
  let at = 0;
  const breaker = createBreaker({ failuresMax: 3, openMs: 100, now: () => at });
  const fail = (times: number): void => {
    for (let i = 0; i < times; i++) breaker.failed();
  };
  return { breaker, fail, pass: (ms: number) => (at += ms) };
}

describe('a breaker', () => {
  test('opens with the last failure of a row, and a success in between begins a new row', () => {
    const { breaker, fail } = startBreaker();
    fail(2);
    breaker.succeeded();
    fail(2);
    expect([breaker.pass(), breaker.isOpen]).toEqual(['ordinary', false]);
    fail(1);
    expect([breaker.pass(), breaker.admits(), breaker.isOpen]).toEqual([undefined, false, true]);
  });

  test('lets one probe through when its time is over, and closes with its success', () => {
    const { breaker, fail, pass } = startBreaker();
    fail(3);
    pass(99);
    expect(breaker.pass()).toBeUndefined();
    pass(1);
    expect([breaker.admits(), breaker.pass(), breaker.pass(), breaker.admits()]).toEqual([
      true,
      'probe',
      undefined,
      false,
    ]);
    breaker.succeeded();
    expect([breaker.pass(), breaker.isOpen]).toEqual(['ordinary', false]);
  });

  test('stays open for as long again where the probe fails', () => {
    const { breaker, fail, pass } = startBreaker();
    fail(3);
    pass(100);
    breaker.pass();
    fail(1);
    pass(99);
    expect(breaker.pass()).toBeUndefined();
    pass(1);
    expect(breaker.pass()).toBe('probe');
  });

  test('sends another probe where the first told nothing', () => {
    const { breaker, fail, pass } = startBreaker();
    fail(3);
    pass(100);
    breaker.pass();
    breaker.abandoned('ordinary');
    expect(breaker.pass()).toBeUndefined();
    breaker.abandoned('probe');
    expect(breaker.pass()).toBe('probe');
  });

  test('holds no longer for ordinary calls that waited while it opened', () => {
    const { breaker, fail, pass } = startBreaker();
    expect(breaker.stillHolds('ordinary')).toBe(true);
    fail(3);
    pass(100);
    breaker.pass();
    expect([breaker.stillHolds('ordinary'), breaker.stillHolds('probe')]).toEqual([false, true]);
  });

  test('does not stay open longer for calls that were under way when it opened', () => {
    const { breaker, fail, pass } = startBreaker();
    fail(3);
    pass(50);
    fail(5);
    pass(50);
    expect(breaker.pass()).toBe('probe');
  });
});
