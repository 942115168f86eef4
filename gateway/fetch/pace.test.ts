import { expect, test } from '@jest/globals';
import { createPace } from './pace.ts';

function startPace() {
  let at = 0;
  const pace = createPace({ min: 2, max: 8, now: () => at });
  return { pace, pass: (ms: number) => (at += ms) };
}

test('begins with all that is allowed', () => {
  const { pace } = startPace();
  pace.kept(true);
  expect(pace.callsMax).toBe(8);
});

test('slows down by a quarter for what is lost, and only once for calls of the same time', () => {
  const { pace, pass } = startPace();
  pass(10);
  for (let i = 0; i < 8; i++) pace.lost(5);
  expect(pace.callsMax).toBe(6);
  pass(10);
  pace.lost(9);
  expect(pace.callsMax).toBe(6);
  pace.lost(10);
  expect(pace.callsMax).toBe(4);
});

test('never falls below the least', () => {
  const { pace, pass } = startPace();
  for (let i = 0; i < 50; i++) {
    pace.lost(pass(1));
  }
  expect(pace.callsMax).toBe(2);
});

test('grows by one for a full round of answers, and not where there was room', () => {
  const { pace } = startPace();
  pace.lost(0);
  for (let i = 0; i < 50; i++) pace.kept(false);
  expect(pace.callsMax).toBe(6);
  for (let i = 0; i < 7; i++) pace.kept(true);
  expect(pace.callsMax).toBe(7);
  for (let i = 0; i < 50; i++) pace.kept(true);
  expect(pace.callsMax).toBe(8);
});
