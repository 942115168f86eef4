/** The soak in short: every counter of open resources is back to zero at the end. */
import { describe, expect, test } from '@jest/globals';
import { findSoakFaults } from './assertions.ts';
import { growthOf, type ProbeSample } from './probe.ts';
import { soak } from './soak.ts';

test('under load and chaos no operation fails unexpectedly, and nothing is left open', async () => {
  const report = await soak({ minutes: 0.1, callers: 4, platforms: 6, sampleEveryMs: 1_000, chaosEveryMs: 300 });
  expect(findSoakFaults(report)).toEqual([]);
  expect(report.chaos.deaths).toBeGreaterThan(0);
  for (const { tally, generation } of report.gateways) {
    expect(Object.keys(tally.operations).length).toBeGreaterThan(1);
    expect(generation).toBeGreaterThan(1);
  }
});

describe('the trend of memory samples', () => {
  const sample = (atMinutes: number, heapBytes: number): ProbeSample => ({
    atMinutes,
    heapBytes,
    externalBytes: 0,
    rssBytes: 0,
    delayMs: { p50: 0, p99: 0, max: 0 },
    open: {},
  });

  test('is the growth from the first sample to the last, without noise', () => {
    const rising = [0, 1, 2, 3, 4].map((at) => sample(at, 100 + 10 * at));
    expect(growthOf(rising, ({ heapBytes }) => heapBytes)).toEqual({ growth: 40, mean: 120 });
    const noisy = [100, 130, 90, 130, 100].map((bytes, at) => sample(at, bytes));
    expect(growthOf(noisy, ({ heapBytes }) => heapBytes).growth).toBe(0);
  });

  test('is a fault if it continues, and none if memory has settled', () => {
    const report = (bytes: (at: number) => number) => ({
      gateways: [
        {
          mode: 'open' as const,
          tally: { operations: {}, partial: 0, failures: [] },
          samples: Array.from({ length: 40 }, (_, at) => sample(at / 4, bytes(at))),
          generation: 1,
          reloadFailures: 0,
          inFlightLeft: 0,
          drainingLeft: 0,
          openLeft: {},
        },
      ],
      chaos: { deaths: 0, reloads: 0 },
      connectionsLeft: 0,
    });
    expect(findSoakFaults(report((at) => 100_000_000 + at * 1_000_000))[0]).toMatch(/^open: the heap grew by/);
    expect(findSoakFaults(report((at) => 100_000_000 + Math.min(at, 10) * 3_000_000))).toEqual([]);
  });
});
