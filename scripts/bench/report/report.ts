/** Measurements → report of a scenario: medians of the rounds, and ratios. */

import type { Sample, ScenarioMeasurement, TargetMeasurement } from '../compare/measure.ts';
import type { Callers, Scenario, ScenarioName } from '../scenario.ts';
import type { TargetName } from '../targets/targets.ts';

/** One target with one kind of callers. Each number is the median of its rounds. */
export interface ResultRow extends Sample {
  readonly target: TargetName;
  readonly callers: Callers;
  readonly rssBytes: number;
  readonly rssPeakBytes: number | undefined;
  /** Requests per second of our engine over those of the target. */
  readonly oursByRate: number | undefined;
  /** CPU time of the target for a request over that of our engine. */
  readonly oursByCpu: number | undefined;
  readonly samples: readonly Sample[];
}

export interface ScenarioReport {
  readonly scenario: ScenarioName;
  readonly about: string;
  readonly answerBytes: number;
  readonly connections: number;
  /** Subgraph fetches of a gateway that makes each fetch once. */
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
    target,
    callers,
    rssBytes,
    rssPeakBytes,
    oursByRate: ours && ours.requestsPerSecond / median.requestsPerSecond,
    oursByCpu: ours && median.cpuMsPerRequest / ours.cpuMsPerRequest,
    samples: samples[callers],
  };
}

function medianSample(samples: readonly Sample[]): Sample {
  const of = (read: (sample: Sample) => number): number => median(samples.map(read));
  return {
    requestsPerSecond: of((sample) => sample.requestsPerSecond),
    p50Ms: of((sample) => sample.p50Ms),
    p99Ms: of((sample) => sample.p99Ms),
    cpuMsPerRequest: of((sample) => sample.cpuMsPerRequest),
    cpuShare: of((sample) => sample.cpuShare),
    callsPerRequest: of((sample) => sample.callsPerRequest),
    besideP99Ms: of((sample) => sample.besideP99Ms),
    besideMaxMs: Math.max(...samples.map((sample) => sample.besideMaxMs)),
  };
}

/** Throws if there is none. */
export function median(values: readonly number[]): number {
  const ascending = [...values].sort((a, b) => a - b);
  const middle = ascending.length / 2;
  const low = ascending[Math.ceil(middle) - 1];
  const high = ascending[Math.floor(middle)];
  if (low === undefined || high === undefined) throw new Error('there is no median of nothing');
  return (low + high) / 2;
}
