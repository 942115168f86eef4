import { expect, test } from '@jest/globals';
import { createLatency } from './latency.ts';

test('the 95th percentile of the latency is known from the sixteenth sample on', () => {
  const latency = createLatency();
  for (let ms = 1; ms <= 15; ms++) latency.add(ms);
  expect(latency.p95Ms()).toBeUndefined();
  latency.add(16);
  expect(latency.p95Ms()).toBe(16);
});

test('one slow sample in twenty does not move the 95th percentile, and old samples are dropped', () => {
  const latency = createLatency();
  for (let i = 0; i < 64; i++) latency.add(i % 32 === 0 ? 1_000 : 5);
  expect(latency.p95Ms()).toBe(5);
  for (let i = 0; i < 64; i++) latency.add(70);
  expect(latency.p95Ms()).toBe(70);
});

test('the mean latency starts at the first sample and follows the newest ones', () => {
  const latency = createLatency();
  expect(latency.meanMs).toBe(0);
  latency.add(10);
  expect(latency.meanMs).toBe(10);
  for (let i = 0; i < 100; i++) latency.add(20);
  expect(latency.meanMs).toBeCloseTo(20, 1);
});
