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

describe('a circuit breaker', () => {
  test('a breaker opens after consecutive failures, and a success in between starts a new count', () => {
    const { breaker, fail } = startBreaker();
    fail(2);
    breaker.recordSuccess();
    fail(2);
    expect([breaker.acquire(), breaker.isOpen]).toEqual(['ordinary', false]);
    fail(1);
    expect([breaker.acquire(), breaker.allowsCall(), breaker.isOpen]).toEqual([undefined, false, true]);
  });

  test('an open breaker lets one probe through after its time, and closes if the probe succeeds', () => {
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

  test('a breaker stays open for as long again if the probe fails', () => {
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

  test('a breaker lets another probe through if the first ended without a result', () => {
    const { breaker, fail, pass } = startBreaker();
    fail(3);
    pass(100);
    breaker.acquire();
    breaker.release('ordinary');
    expect(breaker.acquire()).toBeUndefined();
    breaker.release('probe');
    expect(breaker.acquire()).toBe('probe');
  });

  test('a breaker that opened refuses ordinary calls that it had let through to a queue', () => {
    const { breaker, fail, pass } = startBreaker();
    expect(breaker.isStillAllowed('ordinary')).toBe(true);
    fail(3);
    pass(100);
    breaker.acquire();
    expect([breaker.isStillAllowed('ordinary'), breaker.isStillAllowed('probe')]).toEqual([false, true]);
  });

  test('failures of calls that were in flight when a breaker opened do not keep it open longer', () => {
    const { breaker, fail, pass } = startBreaker();
    fail(3);
    pass(50);
    fail(5);
    pass(50);
    expect(breaker.acquire()).toBe('probe');
  });
});
