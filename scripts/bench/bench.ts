/** Settings → the report: every scenario in turn, told as it is measured. */
import { measureScenario, type Settings } from './measure.ts';
import { printLargest, printScenario, printTargets } from './print.ts';
import { largestOf, readProfile } from './profile.ts';
import { reportScenario, type ScenarioReport } from './report.ts';
import type { Scenario } from './scenario.ts';
import { judgeTargets, type TargetReport } from './targets.ts';

export interface BenchOptions extends Settings {
  readonly scenarios: readonly Scenario[];
  /** Takes the tables. */
  out(text: string): void;
}

export interface Report {
  readonly scenarios: readonly ScenarioReport[];
  readonly targets: readonly TargetReport[];
}

/** Throws an `Error` where a contestant fails or gives other data than the rest; missed targets are part of the report. */
export async function runBench(options: BenchOptions): Promise<Report> {
  const scenarios: ScenarioReport[] = [];
  for (const scenario of options.scenarios) {
    const measured = await measureScenario(scenario, options);
    const report = reportScenario(scenario, measured, options.callers);
    options.out(printScenario(report));
    options.out(printProfile(scenario, options.profileFolder));
    scenarios.push(report);
  }
  const targets = judgeTargets(scenarios);
  options.out(printTargets(targets));
  return { scenarios, targets };
}

const PROFILED_FUNCTIONS = 25;

function printProfile({ name }: Scenario, folder: string | undefined): string {
  const profile = folder === undefined ? undefined : readProfile(folder, name);
  return profile === undefined ? '' : printLargest(largestOf(profile, PROFILED_FUNCTIONS));
}
