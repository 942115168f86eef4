/** The bench in miniature: our engine and the floors, as processes, without the peers. */
import { expect, test } from '@jest/globals';
import { type BenchOptions, type BenchReport, runBench } from './bench.ts';
import { CALLER_KINDS, SCENARIOS, type ScenarioName } from './scenario.ts';
import type { TargetName } from './targets/targets.ts';

/** Throws where the contestants' data differ. */
async function bench(
  scenarios: readonly ScenarioName[],
  contestants: readonly TargetName[],
): Promise<BenchReport & { printed: string }> {
  let printed = '';
  const options: BenchOptions = {
    scenarios: SCENARIOS.filter(({ name }) => scenarios.includes(name)),
    targets: contestants,
    callers: CALLER_KINDS,
    rounds: 1,
    sampleMs: 300,
    warmupMs: 0,
    cores: undefined,
    profileFolder: undefined,
    log: () => undefined,
    out: (text) => {
      printed += text;
    },
  };
  return { ...(await runBench(options)), printed };
}

test('measures our engine and a floor, which give the same data, and judges the targets', async () => {
  const { scenarios, targets, printed } = await bench(['deep'], ['yiwang', 'floor-parse', 'floor-pipe']);

  const [{ scenario, rows, answerBytes }] = scenarios as readonly [(typeof scenarios)[number]];
  expect([scenario, rows.length]).toEqual(['deep', 4]);
  expect(answerBytes).toBeGreaterThan(80_000);
  for (const row of rows) {
    expect(row.requestsPerSecond).toBeGreaterThan(0);
    expect(row.p99Ms).toBeGreaterThanOrEqual(row.p50Ms);
    expect(row.rssBytes).toBeGreaterThan(10_000_000);
    expect(printed).toMatch(new RegExp(`${row.callers} +${row.contestant} +\\d`));
  }
  const floor = rows.filter(({ contestant }) => contestant === 'floor-parse');
  expect(floor.map(({ callsPerRequest }) => callsPerRequest)).toEqual([8, 8]);
  const ours = rows.filter(({ contestant }) => contestant === 'yiwang');
  expect(ours.map(({ oursByRate, oursByCpu }) => [oursByRate, oursByCpu])).toEqual([
    [1, 1],
    [1, 1],
  ]);
  expect(targets.filter(({ met }) => met !== undefined).map(({ about }) => about)).toEqual([
    'deep: requests a second against floor-parse',
    'deep: memory at its peak',
    'deep: p99 against p50',
  ]);
});

test('the floors make the fetches of a scenario, none twice and none shared, and no more', async () => {
  const { scenarios } = await bench(['join', 'flat'], ['floor-parse', 'floor-pipe']);
  const found = scenarios.map(({ rows }) =>
    rows.map(({ contestant, callsPerRequest }) => [contestant, callsPerRequest]),
  );
  const parse = (fetches: number) => ['floor-parse', fetches];
  expect(found).toEqual([
    [parse(3), parse(3)],
    [parse(1), ['floor-pipe', 1], parse(1), ['floor-pipe', 1]],
  ]);
});
