/** What an operator hears of plans that took long. */
import { expect, test } from '@jest/globals';
import { createSlowPlanReporter } from './slow-plans.ts';

const LIMITS = { slowPlanMs: 5, slowPlanTextMax: 1_000 };

function reportOf(
  limits: typeof LIMITS,
  ...noted: readonly { tookMs?: number; operation?: string; isRefused?: boolean }[]
) {
  const reports: unknown[] = [];
  const times = createSlowPlanReporter(limits, (plan) => reports.push(plan));
  for (const plan of noted) times.report({ operation: '{ a }', planner: 'hive', tookMs: 5, isRefused: false, ...plan });
  return reports;
}

test('a plan that took slowPlanMs is reported, and a shorter one is not', () => {
  expect(reportOf(LIMITS, { tookMs: 4.9 }, { tookMs: 5 })).toEqual([
    { operation: '{ a }', planner: 'hive', tookMs: 5, isRefused: false },
  ]);
});

test('an aborted plan is reported however short it was', () => {
  expect(reportOf(LIMITS, { tookMs: 1, isRefused: true })).toMatchObject([{ tookMs: 1, isRefused: true }]);
});

test('the reported text is cut to slowPlanTextMax', () => {
  for (const [slowPlanTextMax, operation] of [
    [5, '{ a }'],
    [4, '{ a '],
    [0, ''],
  ] as const) {
    expect(reportOf({ ...LIMITS, slowPlanTextMax }, {})).toMatchObject([{ operation }]);
  }
});

test('a report holds no value of the client, and no name but those of variables', () => {
  const operation = `query Q($who: String = "Zhang San") {
    zhangSan: person(name: "Zhang San", id: 420106, at: [1.5], like: { name: """Zhang""", as: OLD }, by: $who) { name }
    ... @defer(label: "Zhang") { place }
  }`;
  expect(reportOf(LIMITS, { operation })).toMatchObject([
    {
      operation:
        'query Q($who: String = "") { person(name: "", id: 0, at: [0], like: {name: "", as: OLD}, by: $who) { name } ' +
        '... @defer(label: "") { place } }',
    },
  ]);
});
