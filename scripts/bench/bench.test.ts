/** The bench in miniature: our engine and the floors, as processes, without the peers. */
import { expect, test } from '@jest/globals';
import { type BenchOptions, runBench } from './bench.ts';
import { CALLER_KINDS, SCENARIOS } from './scenario.ts';

test('measures our engine and the floors, which give the same data, and judges every target', async () => {
  let printed = '';
  const options: BenchOptions = {
    scenarios: SCENARIOS.filter(({ name }) => name === 'join' || name === 'join-cached' || name === 'deep'),
    contestants: ['yiwang', 'floor-parse', 'floor-pipe'],
    callers: CALLER_KINDS,
    rounds: 1,
    turnMs: 300,
    warmupMs: 0,
    cores: undefined,
    profileFolder: undefined,
    say: () => undefined,
    out: (text) => {
      printed += text;
    },
  };
  const { scenarios, targets } = await runBench(options);

  expect(scenarios.map(({ scenario, skipped, rows }) => [scenario, skipped === undefined, rows.length])).toEqual([
    ['join', true, 4],
    ['join-cached', false, 0],
    ['deep', true, 4],
  ]);
  for (const { scenario, rows, answerBytes } of scenarios) {
    const { fetches } = SCENARIOS.find(({ name }) => name === scenario)!;
    for (const row of rows) {
      for (const value of Object.values(row)) expect(value).not.toBeNaN();
      expect(row.requestsPerSecond).toBeGreaterThan(0);
      expect(row.p99Ms).toBeGreaterThanOrEqual(row.p50Ms);
      expect(row.rssBytes).toBeGreaterThan(10_000_000);
      // Nothing is shared in a floor, and nothing is fetched twice.
      if (row.contestant !== 'yiwang') expect(row.callsPerRequest).toBe(fetches);
      else {
        expect(row.cpuMsPerRequest).toBeGreaterThan(0);
        expect([row.oursByRate, row.oursByCpu]).toEqual([1, 1]);
      }
      expect(answerBytes).toBeGreaterThan(20_000);
      expect(printed).toMatch(new RegExp(`${row.callers} +${row.contestant}`));
    }
  }
  const judged = targets.filter(({ met }) => met !== undefined).map(({ about }) => about);
  expect(judged).toEqual([
    'join: requests a second against floor-parse',
    'deep: requests a second against floor-parse',
    'join: memory at its peak',
    'join: p99 against p50',
    'deep: memory at its peak',
    'deep: p99 against p50',
  ]);
  expect(printed).toContain('not run: the engine keeps no reference data');
});
