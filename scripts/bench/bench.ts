/** Settings → the report: every scenario in turn, told as it is measured. */
import { type BenchSettings, measureScenario } from './compare/measure.ts';
import { checkGoals, type GoalReport } from './report/goals.ts';
import { printGoals, printHottest, printScenario } from './report/print.ts';
import { reportScenario, type ScenarioReport } from './report/report.ts';
import type { Scenario } from './scenario.ts';
import { hottestFunctions, readProfile } from './targets/profile.ts';

export interface BenchOptions extends BenchSettings {
  readonly scenarios: readonly Scenario[];
  /** Takes the tables. */
  out(text: string): void;
}

export interface BenchReport {
  readonly scenarios: readonly ScenarioReport[];
  readonly targets: readonly GoalReport[];
}

/** Throws an `Error` where a contestant fails or gives other data than the rest; missed targets are part of the report. */
export async function runBench(options: BenchOptions): Promise<BenchReport> {
  const scenarios: ScenarioReport[] = [];
  for (const scenario of options.scenarios) {
    const measured = await measureScenario(scenario, options);
    const report = reportScenario(scenario, measured, options.callers);
    options.out(printScenario(report));
    options.out(printProfile(scenario, options.profileFolder));
    scenarios.push(report);
  }
  const targets = checkGoals(scenarios);
  options.out(printGoals(targets));
  return { scenarios, targets };
}

const PROFILED_FUNCTIONS = 25;

function printProfile({ name }: Scenario, folder: string | undefined): string {
  const profile = folder === undefined ? undefined : readProfile(folder, name);
  return profile === undefined ? '' : printHottest(hottestFunctions(profile, PROFILED_FUNCTIONS));
}
