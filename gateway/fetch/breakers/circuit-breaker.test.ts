import { describe, expect, test } from '@jest/globals';
import { createCircuitBreaker } from './circuit-breaker.ts';

function startBreaker() {
  let at = 0;
  const breaker = createCircuitBreaker({ failuresMax: 3, openMs: 100, now: () => at });
  const fail = (times: number): void => {
    for (let i = 0; i < times; i++) breaker.recordFailure();
  };
  return { breaker, fail, pass: (ms: number) => (at += ms) };
}

describe('a breaker', () => {
  test('opens with the last failure of a row, and a success in between begins a new row', () => {
    const { breaker, fail } = startBreaker();
    fail(2);
    breaker.recordSuccess();
    fail(2);
    expect([breaker.acquire(), breaker.isOpen]).toEqual(['ordinary', false]);
    fail(1);
    expect([breaker.acquire(), breaker.allowsCall(), breaker.isOpen]).toEqual([undefined, false, true]);
  });

  test('lets one probe through when its time is over, and closes with its success', () => {
    const { breaker, fail, pass } = startBreaker();
    fail(3);
    pass(99);
    expect(breaker.acquire()).toBeUndefined();
    pass(1);
    expect([breaker.allowsCall(), breaker.acquire(), breaker.acquire(), breaker.allowsCall()]).toEqual([
      true,
      'probe',
      undefined,
      false,
    ]);
    breaker.recordSuccess();
    expect([breaker.acquire(), breaker.isOpen]).toEqual(['ordinary', false]);
  });

  test('stays open for as long again where the probe fails', () => {
    const { breaker, fail, pass } = startBreaker();
    fail(3);
    pass(100);
    breaker.acquire();
    fail(1);
    pass(99);
    expect(breaker.acquire()).toBeUndefined();
    pass(1);
    expect(breaker.acquire()).toBe('probe');
  });

  test('sends another probe where the first told nothing', () => {
    const { breaker, fail, pass } = startBreaker();
    fail(3);
    pass(100);
    breaker.acquire();
    breaker.release('ordinary');
    expect(breaker.acquire()).toBeUndefined();
    breaker.release('probe');
    expect(breaker.acquire()).toBe('probe');
  });

  test('holds no longer for ordinary calls that waited while it opened', () => {
    const { breaker, fail, pass } = startBreaker();
    expect(breaker.isStillAllowed('ordinary')).toBe(true);
    fail(3);
    pass(100);
    breaker.acquire();
    expect([breaker.isStillAllowed('ordinary'), breaker.isStillAllowed('probe')]).toEqual([false, true]);
  });

  test('does not stay open longer for calls that were under way when it opened', () => {
    const { breaker, fail, pass } = startBreaker();
    fail(3);
    pass(50);
    fail(5);
    pass(50);
    expect(breaker.acquire()).toBe('probe');
  });
});
