/** What our engine is to reach, with distinct callers on one core, and whether it did. */
import type { ContestantName } from './contestants.ts';
import type { Row, ScenarioReport } from './report.ts';
import type { ScenarioName } from './scenario.ts';

export interface Verdict {
  /** Undefined where it was not measured. */
  readonly found: number | undefined;
  readonly met: boolean | undefined;
}

export interface Target {
  readonly about: string;
  readonly unit: '×' | 'MB';
  readonly bound: number;
  /** Whether at least or at most the bound is wanted. */
  readonly wanted: 'least' | 'most';
}

export interface TargetReport extends Target, Verdict {}

interface JudgedTarget extends Target {
  judge(scenarios: readonly ScenarioReport[]): Verdict;
}

const MEGABYTE = 1_000_000;

const TARGETS: readonly JudgedTarget[] = [
  times('join', 'apollo', 8),
  times('join', 'hive', 5),
  times('join', 'floor-parse', 0.75),
  times('deep', 'apollo', 6),
  times('deep', 'hive', 4),
  times('deep', 'floor-parse', 0.75),
  times('flat', 'floor-parse', 1),
  times('join-cached', 'floor-parse', 1),
  ...(['join', 'deep', 'flat'] as const).flatMap((scenario) => [memory(scenario, 200), tail(scenario, 3)]),
];

export function judgeTargets(scenarios: readonly ScenarioReport[]): readonly TargetReport[] {
  return TARGETS.map(({ judge, ...target }) => ({ ...target, ...judge(scenarios) }));
}

function times(scenario: ScenarioName, against: ContestantName, bound: number): JudgedTarget {
  const read = (scenarios: readonly ScenarioReport[]) => rowOf(scenarios, scenario, against)?.oursByRate;
  return target(
    { about: `${scenario}: requests a second against ${against}`, unit: '×', bound, wanted: 'least' },
    read,
  );
}

function memory(scenario: ScenarioName, bound: number): JudgedTarget {
  const read = (scenarios: readonly ScenarioReport[]) => {
    const row = rowOf(scenarios, scenario, 'yiwang');
    return row && (row.rssPeakBytes ?? row.rssBytes) / MEGABYTE;
  };
  return target({ about: `${scenario}: memory at its peak`, unit: 'MB', bound, wanted: 'most' }, read);
}

function tail(scenario: ScenarioName, bound: number): JudgedTarget {
  const read = (scenarios: readonly ScenarioReport[]) => {
    const row = rowOf(scenarios, scenario, 'yiwang');
    return row && row.p99Ms / row.p50Ms;
  };
  return target({ about: `${scenario}: p99 against p50`, unit: '×', bound, wanted: 'most' }, read);
}

function target(of: Target, read: (scenarios: readonly ScenarioReport[]) => number | undefined): JudgedTarget {
  return {
    ...of,
    judge(scenarios) {
      const found = read(scenarios);
      const met = found === undefined ? undefined : of.wanted === 'least' ? found >= of.bound : found <= of.bound;
      return { found, met };
    },
  };
}

function rowOf(scenarios: readonly ScenarioReport[], name: ScenarioName, contestant: ContestantName): Row | undefined {
  const rows = scenarios.find(({ scenario }) => scenario === name)?.rows ?? [];
  return rows.find((row) => row.contestant === contestant && row.callers === 'distinct');
}
