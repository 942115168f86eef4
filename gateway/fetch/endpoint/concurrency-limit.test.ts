import { expect, test } from '@jest/globals';
import { createConcurrencyLimit } from './concurrency-limit.ts';

function startLimit() {
  let at = 0;
  const limit = createConcurrencyLimit({ min: 2, max: 8, now: () => at });
  return { pace: limit, pass: (ms: number) => (at += ms) };
}

test('begins with all that is allowed', () => {
  const { pace } = startLimit();
  pace.onSuccess(true);
  expect(pace.callsMax).toBe(8);
});

test('slows down by a quarter for what is lost, and only once for calls of the same time', () => {
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

test('never falls below the least', () => {
  const { pace, pass } = startLimit();
  for (let i = 0; i < 50; i++) {
    pace.onDrop(pass(1));
  }
  expect(pace.callsMax).toBe(2);
});

test('grows by one for a full round of answers, and not where there was room', () => {
  const { pace } = startLimit();
  pace.onDrop(0);
  for (let i = 0; i < 50; i++) pace.onSuccess(false);
  expect(pace.callsMax).toBe(6);
  for (let i = 0; i < 7; i++) pace.onSuccess(true);
  expect(pace.callsMax).toBe(7);
  for (let i = 0; i < 50; i++) pace.onSuccess(true);
  expect(pace.callsMax).toBe(8);
});
