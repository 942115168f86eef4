import { expect, test } from '@jest/globals';
import { createHedgeBudget } from '../hedge-budget.ts';
import { createLatency } from './latency.ts';

test('the time of 95 in 100 recent answers is known after the sixteenth', () => {
  const latency = createLatency();
  for (let ms = 1; ms <= 15; ms++) latency.add(ms);
  expect(latency.p95Ms()).toBeUndefined();
  latency.add(16);
  expect(latency.p95Ms()).toBe(16);
});

test('one slow answer in twenty does not move it, and old ones are forgotten', () => {
  const latency = createLatency();
  for (let i = 0; i < 64; i++) latency.add(i % 32 === 0 ? 1_000 : 5);
  expect(latency.p95Ms()).toBe(5);
  for (let i = 0; i < 64; i++) latency.add(70);
  expect(latency.p95Ms()).toBe(70);
});

test('the mean begins with the first answer and follows the newer ones', () => {
  const latency = createLatency();
  expect(latency.meanMs).toBe(0);
  latency.add(10);
  expect(latency.meanMs).toBe(10);
  for (let i = 0; i < 100; i++) latency.add(20);
  expect(latency.meanMs).toBeCloseTo(20, 1);
});

test('a budget of 5 in 100 gives one copy for twenty calls, and saves up ten', () => {
  const budget = createHedgeBudget(5);
  const spent = (): number => {
    let copies = 0;
    while (budget.spend()) copies++;
    return copies;
  };
  for (let i = 0; i < 19; i++) budget.earn();
  expect(spent()).toBe(0);
  budget.earn();
  expect(spent()).toBe(1);
  for (let i = 0; i < 1_000; i++) budget.earn();
  expect(spent()).toBe(10);
});
