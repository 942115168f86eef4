/** What an operator hears of plans that took long. */
import { expect, test } from '@jest/globals';
import { createPlanTimes } from './slow.ts';

const LIMITS = { slowPlanMs: 5, slowPlanTextMax: 1_000 };

function told(
  limits: typeof LIMITS,
  ...noted: readonly { tookMs?: number; operation?: string; isRefused?: boolean }[]
) {
  const heard: unknown[] = [];
  const times = createPlanTimes(limits, (plan) => heard.push(plan));
  for (const plan of noted) times.note({ operation: '{ a }', planner: 'hive', tookMs: 5, isRefused: false, ...plan });
  return heard;
}

test('those that took as long as the limit are told, a shorter one is not', () => {
  expect(told(LIMITS, { tookMs: 4.9 }, { tookMs: 5 })).toEqual([
    { operation: '{ a }', planner: 'hive', tookMs: 5, isRefused: false },
  ]);
});

test('those that were given up are told whatever they took', () => {
  expect(told(LIMITS, { tookMs: 1, isRefused: true })).toMatchObject([{ tookMs: 1, isRefused: true }]);
});

test('the text is cut to the limit', () => {
  for (const [slowPlanTextMax, operation] of [
    [5, '{ a }'],
    [4, '{ a '],
    [0, ''],
  ] as const) {
    expect(told({ ...LIMITS, slowPlanTextMax }, {})).toMatchObject([{ operation }]);
  }
});

test('no value that the asker wrote is told, and no name of theirs but those of variables', () => {
  const operation = `query Q($who: String = "Zhang San") {
    zhangSan: person(name: "Zhang San", id: 420106, at: [1.5], like: { name: """Zhang""", as: OLD }, by: $who) { name }
    ... @defer(label: "Zhang") { place }
  }`;
  expect(told(LIMITS, { operation })).toMatchObject([
    {
      operation:
        'query Q($who: String = "") { person(name: "", id: 0, at: [0], like: {name: "", as: OLD}, by: $who) { name } ' +
        '... @defer(label: "") { place } }',
    },
  ]);
});
