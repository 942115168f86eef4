import { expect, test } from '@jest/globals';
import type { SlowPlan } from './port.ts';
import { createSlowPlans } from './slow.ts';

const took = (tookMs: number): SlowPlan => ({
  operation: `{ took${tookMs} }`,
  planner: 'hive',
  tookMs,
  isRefused: false,
  at: new Date(0),
});

test('the slowest are kept, slowest first, in short', () => {
  const slow = createSlowPlans({ slowPlansMax: 3, slowPlanTextMax: 7 });
  for (const ms of [5, 1, 9, 3, 7, 2]) slow.note(took(ms));
  expect(slow.list().map(({ tookMs }) => tookMs)).toEqual([9, 7, 5]);
  expect(slow.list()[0]?.operation).toBe('{ took9');
});

test('none are kept where none may be', () => {
  const slow = createSlowPlans({ slowPlansMax: 0, slowPlanTextMax: 7 });
  slow.note(took(5));
  expect(slow.list()).toEqual([]);
});
