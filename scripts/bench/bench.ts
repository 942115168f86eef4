/** Settings → report: measures every scenario in turn and prints each as soon as it is done. */
import { type ChecksResult, measureChecksCost } from './checks/measure.ts';
import { printChecks } from './checks/print.ts';
import { type BenchSettings, measureScenario } from './compare/measure.ts';
import { checkGoals, type GoalReport } from './report/goals.ts';
import { printGoals, printHottest, printScenario } from './report/print.ts';
import { reportScenario, type ScenarioReport } from './report/report.ts';
import type { Scenario } from './scenario.ts';
import { hottestFunctions, readProfile } from './targets/profile.ts';

export interface BenchOptions extends BenchSettings {
  readonly scenarios: readonly Scenario[];
  /** True: the cost of the checks of the standard is measured, too. */
  readonly checks: boolean;
  /** Prints the tables. */
  out(text: string): void;
}

export interface BenchReport {
  readonly scenarios: readonly ScenarioReport[];
  readonly checks: readonly ChecksResult[];
  readonly goals: readonly GoalReport[];
}

/** Throws an `Error` if a target fails or its data differ from the others'. A missed goal is part of the report. */
export async function runBench(options: BenchOptions): Promise<BenchReport> {
  const scenarios: ScenarioReport[] = [];
  for (const scenario of options.scenarios) {
    const measurement = await measureScenario(scenario, options);
    const report = reportScenario(scenario, measurement, options.callers);
    options.out(printScenario(report));
    options.out(printProfile(scenario, options.profileFolder));
    scenarios.push(report);
  }
  const checks = options.checks ? await measureChecksCost(options) : [];
  if (options.checks) options.out(printChecks(checks));
  const goals = checkGoals(scenarios);
  if (scenarios.length > 0) options.out(printGoals(goals));
  return { scenarios, checks, goals };
}

const PROFILED_FUNCTIONS = 25;

function printProfile({ name }: Scenario, folder: string | undefined): string {
  const profile = folder === undefined ? undefined : readProfile(folder, name);
  return profile === undefined ? '' : printHottest(hottestFunctions(profile, PROFILED_FUNCTIONS));
}
