/**
 * Random operations with fragments in fragments on types that overlap, arguments that differ by type, and `@defer`: the
 * answer is that of one schema over all the data, whoever plans. `npm run fuzz` asks more of them.
 */
import { expect, test } from '@jest/globals';
import { fuzz } from './fuzz.ts';
import { minimize } from './minimize.ts';
import { FUZZED } from './worlds.ts';

const OPERATIONS = 25;
const SECONDS_MAX = 20;

const RUNS = Object.entries(FUZZED).flatMap(([name, world]) =>
  (['hive', 'apollo'] as const).map((planner) => ({ name, world, planner })),
);

test.each(RUNS)(
  'answers to random operations on $name, planned by $planner first, are those of one schema over all data',
  async ({ world, planner }) => {
    const seed = Date.now() % 1_000_000_000;
    const counts = await fuzz({ world, planner, operations: OPERATIONS, seed, secondsMax: SECONDS_MAX });
    expect(counts.faults).toEqual([]);
    expect(counts.operations).toBeGreaterThan(0);
  },
);

test('minimize cuts a failing operation down to the selections that it takes', async () => {
  const params = { query: '{ a { b c ... on T { d ...F } } e } fragment F on T { f(x: 1) g }' };
  const isWrong = async ({ query }: { query: string }) => query.includes('f(x: 1)');
  const { query } = await minimize(params, isWrong);
  expect(query.replace(/\s+/g, ' ')).toBe('{ a { f(x: 1) } }');
});
