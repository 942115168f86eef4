/** The bench in miniature: our engine and the baselines, as processes, without the peers. */
import { expect, test } from '@jest/globals';
import { type BenchOptions, type BenchReport, runBench } from './bench.ts';
import { measureChecksCost } from './checks/measure.ts';
import { printChecks } from './checks/print.ts';
import { CALLER_KINDS, SCENARIOS, type ScenarioName } from './scenario.ts';
import { createTargetSpec, type TargetName } from './targets/targets.ts';

/** Throws if the targets' data differ. */
async function bench(
  scenarios: readonly ScenarioName[],
  targets: readonly TargetName[],
): Promise<BenchReport & { printed: string }> {
  let printed = '';
  const options: BenchOptions = {
    checks: false,
    scenarios: SCENARIOS.filter(({ name }) => scenarios.includes(name)),
    targets,
    callers: CALLER_KINDS,
    rounds: 1,
    sampleMs: 300,
    warmupMs: 0,
    cores: undefined,
    profileFolder: undefined,
    earlierFolder: undefined,
    log: () => undefined,
    out: (text) => {
      printed += text;
    },
  };
  return { ...(await runBench(options)), printed };
}

test('the bench measures our engine and a baseline with equal data, and checks the goals', async () => {
  const { scenarios, goals, printed } = await bench(['deep'], ['yiwang', 'baseline-parse', 'baseline-pipe']);

  const [{ scenario, rows, answerBytes }] = scenarios as readonly [(typeof scenarios)[number]];
  expect([scenario, rows.length]).toEqual(['deep', 4]);
  expect(answerBytes).toBeGreaterThan(80_000);
  for (const row of rows) {
    expect(row.requestsPerSecond).toBeGreaterThan(0);
    expect(row.p99Ms).toBeGreaterThanOrEqual(row.p50Ms);
    expect(row.rssBytes).toBeGreaterThan(10_000_000);
    expect(printed).toMatch(new RegExp(`${row.callers} +${row.target} +\\d`));
  }
  const baseline = rows.filter(({ target }) => target === 'baseline-parse');
  expect(baseline.map(({ callsPerRequest }) => callsPerRequest)).toEqual([8, 8]);
  const ours = rows.filter(({ target }) => target === 'yiwang');
  expect(ours.map(({ oursByRate, oursByCpu }) => [oursByRate, oursByCpu])).toEqual([
    [1, 1],
    [1, 1],
  ]);
  expect(goals.filter(({ reached }) => reached !== undefined).map(({ about }) => about)).toEqual([
    'deep: requests a second against baseline-parse',
    'deep: memory at its peak',
    'deep: p99 against p50',
  ]);
});

test('the bench measures what the checks of the standard cost, with equal answers', async () => {
  const settings = { rounds: 1, sampleMs: 200, warmupMs: 0, cores: undefined, log: () => undefined };
  const results = await measureChecksCost(settings);
  expect(results.map(({ question }) => question)).toEqual([
    'a page of 50 cases',
    'a page of 500 cases',
    'statistics by county',
  ]);
  for (const { ratio, requestsPerSecond, cpuMsPerRequest } of results) {
    expect(Math.min(ratio, ...requestsPerSecond, ...cpuMsPerRequest)).toBeGreaterThan(0);
  }
  expect(printChecks(results)).toContain('| a page of 500 cases |');
});

test('a baseline makes each fetch of a scenario once and shares none', async () => {
  const { scenarios } = await bench(['join', 'flat'], ['baseline-parse', 'baseline-pipe']);
  const found = scenarios.map(({ rows }) => rows.map(({ target, callsPerRequest }) => [target, callsPerRequest]));
  const parse = (fetches: number) => ['baseline-parse', fetches];
  expect(found).toEqual([
    [parse(3), parse(3)],
    [parse(1), ['baseline-pipe', 1], parse(1), ['baseline-pipe', 1]],
  ]);
});

test('the engine of another clone is a target if its folder is named', () => {
  const [scenario] = SCENARIOS as readonly [(typeof SCENARIOS)[number]];
  const files = { supergraph: 'supergraph.graphql', folder: '/tmp', subgraphsUrl: 'http://127.0.0.1:1' };
  const context = { ...files, scenario, port: 2, cores: undefined, profileFolder: undefined };
  const ours = createTargetSpec('yiwang', { ...context, earlierFolder: '/clone' });
  const earlier = createTargetSpec('earlier', { ...context, earlierFolder: '/clone' });
  expect(earlier).toEqual({ ...ours, name: 'earlier', cwd: '/clone' });
  expect(createTargetSpec('earlier', { ...context, earlierFolder: undefined })).toBeUndefined();
});
