/** The goals of our engine with distinct callers on one core, and whether it reached them. */

import type { ScenarioName } from '../scenario.ts';
import type { TargetName } from '../targets/targets.ts';
import type { ResultRow, ScenarioReport } from './report.ts';

export interface GoalResult {
  /** Undefined if it was not measured. */
  readonly measured: number | undefined;
  readonly reached: boolean | undefined;
}

export interface Goal {
  readonly about: string;
  readonly unit: '×' | 'MB';
  readonly bound: number;
  /** Whether `bound` is a lower or an upper bound. */
  readonly wanted: 'least' | 'most';
}

export interface GoalReport extends Goal, GoalResult {}

interface CheckedGoal extends Goal {
  check(scenarios: readonly ScenarioReport[]): GoalResult;
}

const MEGABYTE = 1_000_000;

const GOALS: readonly CheckedGoal[] = [
  throughputGoal('join', 'apollo', 8),
  throughputGoal('join', 'hive', 5),
  throughputGoal('join', 'baseline-parse', 0.75),
  throughputGoal('deep', 'apollo', 6),
  throughputGoal('deep', 'hive', 4),
  throughputGoal('deep', 'baseline-parse', 0.75),
  throughputGoal('flat', 'baseline-parse', 1),
  throughputGoal('join-cached', 'baseline-parse', 1),
  ...(['join', 'deep', 'flat'] as const).flatMap((scenario) => [memoryGoal(scenario, 200), tailGoal(scenario, 3)]),
];

export function checkGoals(scenarios: readonly ScenarioReport[]): readonly GoalReport[] {
  return GOALS.map(({ check, ...goal }) => ({ ...goal, ...check(scenarios) }));
}

function throughputGoal(scenario: ScenarioName, against: TargetName, bound: number): CheckedGoal {
  const read = (scenarios: readonly ScenarioReport[]) => rowOf(scenarios, scenario, against)?.oursByRate;
  return createGoal(
    { about: `${scenario}: requests a second against ${against}`, unit: '×', bound, wanted: 'least' },
    read,
  );
}

function memoryGoal(scenario: ScenarioName, bound: number): CheckedGoal {
  const read = (scenarios: readonly ScenarioReport[]) => {
    const row = rowOf(scenarios, scenario, 'yiwang');
    return row && (row.rssPeakBytes ?? row.rssBytes) / MEGABYTE;
  };
  return createGoal({ about: `${scenario}: memory at its peak`, unit: 'MB', bound, wanted: 'most' }, read);
}

function tailGoal(scenario: ScenarioName, bound: number): CheckedGoal {
  const read = (scenarios: readonly ScenarioReport[]) => {
    const row = rowOf(scenarios, scenario, 'yiwang');
    return row && row.p99Ms / row.p50Ms;
  };
  return createGoal({ about: `${scenario}: p99 against p50`, unit: '×', bound, wanted: 'most' }, read);
}

function createGoal(goal: Goal, read: (scenarios: readonly ScenarioReport[]) => number | undefined): CheckedGoal {
  return {
    ...goal,
    check(scenarios) {
      const measured = read(scenarios);
      if (measured === undefined) return { measured, reached: undefined };
      return { measured, reached: goal.wanted === 'least' ? measured >= goal.bound : measured <= goal.bound };
    },
  };
}

function rowOf(scenarios: readonly ScenarioReport[], name: ScenarioName, target: TargetName): ResultRow | undefined {
  const rows = scenarios.find(({ scenario }) => scenario === name)?.rows ?? [];
  return rows.find((row) => row.target === target && row.callers === 'distinct');
}
