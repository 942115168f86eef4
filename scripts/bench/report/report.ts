/** What was measured → the report of a scenario: the medians of the rounds, and ratios. */

import type { Sample, ScenarioMeasurement, TargetMeasurement } from '../compare/measure.ts';
import type { Callers, Scenario, ScenarioName } from '../scenario.ts';
import type { TargetName } from '../targets/targets.ts';

/** One contestant with one kind of callers: each number is the median of its rounds. */
export interface ResultRow extends Sample {
  readonly contestant: TargetName;
  readonly callers: Callers;
  readonly rssBytes: number;
  readonly rssPeakBytes: number | undefined;
  /** How many times as many requests a second our engine answers. */
  readonly oursByRate: number | undefined;
  /** How many times the CPU time of our engine a request takes. */
  readonly oursByCpu: number | undefined;
  readonly turns: readonly Sample[];
}

export interface ScenarioReport {
  readonly scenario: ScenarioName;
  readonly about: string;
  readonly answerBytes: number;
  readonly connections: number;
  /** That a gateway makes which makes each once. */
  readonly fetches: number;
  readonly rows: readonly ResultRow[];
}

export function reportScenario(
  scenario: Scenario,
  measured: ScenarioMeasurement,
  kinds: readonly Callers[],
): ScenarioReport {
  const rows = kinds.flatMap((callers) => {
    const ours = measured.targets.find(({ target }) => target === 'yiwang');
    const base = ours && medianSample(ours.samples[callers]);
    return measured.targets.map((each) => rowOf(each, callers, base));
  });
  const { name, about, connections, fetches } = scenario;
  return { scenario: name, about, answerBytes: measured.answerBytes, connections, fetches, rows };
}

function rowOf(
  { target, samples, rssBytes, rssPeakBytes }: TargetMeasurement,
  callers: Callers,
  ours: Sample | undefined,
): ResultRow {
  const median = medianSample(samples[callers]);
  return {
    ...median,
    contestant: target,
    callers,
    rssBytes,
    rssPeakBytes,
    oursByRate: ours && ours.requestsPerSecond / median.requestsPerSecond,
    oursByCpu: ours && median.cpuMsPerRequest / ours.cpuMsPerRequest,
    turns: samples[callers],
  };
}

function medianSample(samples: readonly Sample[]): Sample {
  const of = (read: (turn: Sample) => number): number => median(samples.map(read));
  return {
    requestsPerSecond: of((turn) => turn.requestsPerSecond),
    p50Ms: of((turn) => turn.p50Ms),
    p99Ms: of((turn) => turn.p99Ms),
    cpuMsPerRequest: of((turn) => turn.cpuMsPerRequest),
    cpuShare: of((turn) => turn.cpuShare),
    callsPerRequest: of((turn) => turn.callsPerRequest),
    besideP99Ms: of((turn) => turn.besideP99Ms),
    besideMaxMs: Math.max(...samples.map((turn) => turn.besideMaxMs)),
  };
}

/** Throws where there is none. */
export function median(values: readonly number[]): number {
  const ascending = [...values].sort((a, b) => a - b);
  const middle = ascending.length / 2;
  const low = ascending[Math.ceil(middle) - 1];
  const high = ascending[Math.floor(middle)];
  if (low === undefined || high === undefined) throw new Error('there is no median of nothing');
  return (low + high) / 2;
}
