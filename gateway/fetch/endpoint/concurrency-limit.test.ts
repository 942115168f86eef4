import { expect, test } from '@jest/globals';
import { createConcurrencyLimit } from './concurrency-limit.ts';

function startLimit() {
  let at = 0;
  const limit = createConcurrencyLimit({ min: 2, max: 8, now: () => at });
  return { pace: limit, pass: (ms: number) => (at += ms) };
}

test('the concurrency limit starts at its maximum', () => {
  const { pace } = startLimit();
  pace.onSuccess(true);
  expect(pace.callsMax).toBe(8);
});

test('the concurrency limit falls by a quarter for a dropped call, and once for calls sent before the decrease', () => {
  const { pace, pass } = startLimit();
  pass(10);
  for (let i = 0; i < 8; i++) pace.onDrop(5);
  expect(pace.callsMax).toBe(6);
  pass(10);
  pace.onDrop(9);
  expect(pace.callsMax).toBe(6);
  pace.onDrop(10);
  expect(pace.callsMax).toBe(4);
});

test('the concurrency limit never falls below its minimum', () => {
  const { pace, pass } = startLimit();
  for (let i = 0; i < 50; i++) {
    pace.onDrop(pass(1));
  }
  expect(pace.callsMax).toBe(2);
});

test('the concurrency limit grows by one for a full round of successes, and only if it was reached', () => {
  const { pace } = startLimit();
  pace.onDrop(0);
  for (let i = 0; i < 50; i++) pace.onSuccess(false);
  expect(pace.callsMax).toBe(6);
  for (let i = 0; i < 7; i++) pace.onSuccess(true);
  expect(pace.callsMax).toBe(7);
  for (let i = 0; i < 50; i++) pace.onSuccess(true);
  expect(pace.callsMax).toBe(8);
});
