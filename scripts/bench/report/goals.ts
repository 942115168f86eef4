/** What our engine is to reach, with distinct callers on one core, and whether it did. */

import type { ScenarioName } from '../scenario.ts';
import type { TargetName } from '../targets/targets.ts';
import type { ResultRow, ScenarioReport } from './report.ts';

export interface GoalResult {
  /** Undefined where it was not measured. */
  readonly found: number | undefined;
  readonly met: boolean | undefined;
}

export interface Goal {
  readonly about: string;
  readonly unit: '×' | 'MB';
  readonly bound: number;
  /** Whether at least or at most the bound is wanted. */
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
  throughputGoal('join', 'floor-parse', 0.75),
  throughputGoal('deep', 'apollo', 6),
  throughputGoal('deep', 'hive', 4),
  throughputGoal('deep', 'floor-parse', 0.75),
  throughputGoal('flat', 'floor-parse', 1),
  throughputGoal('join-cached', 'floor-parse', 1),
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

function createGoal(of: Goal, read: (scenarios: readonly ScenarioReport[]) => number | undefined): CheckedGoal {
  return {
    ...of,
    check(scenarios) {
      const found = read(scenarios);
      const met = found === undefined ? undefined : of.wanted === 'least' ? found >= of.bound : found <= of.bound;
      return { found, met };
    },
  };
}

function rowOf(
  scenarios: readonly ScenarioReport[],
  name: ScenarioName,
  contestant: TargetName,
): ResultRow | undefined {
  const rows = scenarios.find(({ scenario }) => scenario === name)?.rows ?? [];
  return rows.find((row) => row.contestant === contestant && row.callers === 'distinct');
}
