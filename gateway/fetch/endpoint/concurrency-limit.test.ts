import { expect, test } from '@jest/globals';
import { createConcurrencyLimit } from './concurrency-limit.ts';

function startLimit() {
  let at = 0;
  const limit = createConcurrencyLimit({ min: 2, max: 8, now: () => at });
  return { limit, pass: (ms: number) => (at += ms) };
}

test('the concurrency limit starts at its maximum', () => {
  const { limit } = startLimit();
  limit.onSuccess(true);
  expect(limit.callsMax).toBe(8);
});

test('the concurrency limit falls by a quarter for a dropped call, and once for calls sent before the decrease', () => {
  const { limit, pass } = startLimit();
  pass(10);
  for (let i = 0; i < 8; i++) limit.onDrop(5);
  expect(limit.callsMax).toBe(6);
  pass(10);
  limit.onDrop(9);
  expect(limit.callsMax).toBe(6);
  limit.onDrop(10);
  expect(limit.callsMax).toBe(4);
});

test('the concurrency limit never falls below its minimum', () => {
  const { limit, pass } = startLimit();
  for (let i = 0; i < 50; i++) {
    limit.onDrop(pass(1));
  }
  expect(limit.callsMax).toBe(2);
});

test('the concurrency limit grows by one for a full round of successes, and only if it was reached', () => {
  const { limit } = startLimit();
  limit.onDrop(0);
  for (let i = 0; i < 50; i++) limit.onSuccess(false);
  expect(limit.callsMax).toBe(6);
  for (let i = 0; i < 7; i++) limit.onSuccess(true);
  expect(limit.callsMax).toBe(7);
  for (let i = 0; i < 50; i++) limit.onSuccess(true);
  expect(limit.callsMax).toBe(8);
});
