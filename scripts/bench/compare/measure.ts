/** Scenario → measurements of each target. Targets run in samples of a few seconds, in another order each round. */

import { percentile } from '../percentile.ts';
import type { Callers, Scenario } from '../scenario.ts';
import type { TargetName } from '../targets/targets.ts';
import {
  type BenchEnvironment,
  type EnvironmentSettings,
  type RunningTarget,
  startEnvironment,
} from './environment.ts';
import { bodyOf, runLoad } from './load-client.ts';
import { probeDuring, TINY_BODY } from './probe.ts';
import { checkSameData, type ExpectedReplies } from './same-data.ts';

export interface BenchSettings extends EnvironmentSettings {
  readonly callers: readonly Callers[];
  readonly rounds: number;
  /** Duration of one sample. */
  readonly sampleMs: number;
  /** Load on each target before the first round, in samples. */
  readonly warmupMs: number;
  /** Receives progress, one line at a time. */
  log(line: string): void;
}

/** What one target did in a few seconds of load. */
export interface Sample {
  readonly requestsPerSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuMsPerRequest: number;
  /** Share of one core. If it is well below 1, something else was the bottleneck. */
  readonly cpuShare: number;
  readonly callsPerRequest: number;
  /** Latency of the smallest query meanwhile. */
  readonly besideP99Ms: number;
  readonly besideMaxMs: number;
}

export interface TargetMeasurement {
  readonly target: TargetName;
  readonly samples: Readonly<Record<Callers, readonly Sample[]>>;
  readonly rssBytes: number;
  readonly rssPeakBytes: number | undefined;
}

export interface ScenarioMeasurement {
  readonly answerBytes: number;
  readonly targets: readonly TargetMeasurement[];
}

/** Throws an `Error` if a target fails or its data differ from the others'. */
export async function measureScenario(scenario: Scenario, settings: BenchSettings): Promise<ScenarioMeasurement> {
  const { log, rounds, sampleMs, warmupMs } = settings;
  log(`${scenario.name}: starting ${settings.targets.join(', ')}`);
  const environment = await startEnvironment(scenario, settings);
  try {
    const clients = new Map(environment.targets.map(({ name, client }) => [name, client]));
    const { expectedReplies, answerBytes } = await checkSameData(scenario, clients);
    const runners: Runner[] = [];
    for (const target of environment.targets) {
      const probeCalls = await countProbeCalls(environment, target);
      runners.push(
        createRunner({ scenario, environment, target, probeCalls, expected: expectedReplies.get(target.name)! }),
      );
    }
    const warmupSamples = Math.ceil(warmupMs / sampleMs);
    for (let sample = 0; sample < warmupSamples; sample++) {
      log(`${scenario.name}: warm-up ${sample + 1} of ${warmupSamples}`);
      const callers = settings.callers[sample % settings.callers.length]!;
      for (const runner of runners) await runner.run(callers, Math.min(sampleMs, warmupMs));
    }
    for (let round = 0; round < rounds; round++) {
      log(`${scenario.name}: round ${round + 1} of ${rounds}`);
      for (let at = 0; at < runners.length; at++) {
        const runner = runners[(round + at) % runners.length]!;
        for (const callers of settings.callers) runner.samples[callers].push(await runner.run(callers, sampleMs));
      }
    }
    return { answerBytes, targets: runners.map((runner) => runner.measurement()) };
  } finally {
    await environment.close();
  }
}

interface Runner {
  readonly samples: Record<Callers, Sample[]>;
  run(callers: Callers, durationMs: number): Promise<Sample>;
  measurement(): TargetMeasurement;
}

interface RunnerOptions {
  readonly scenario: Scenario;
  readonly environment: BenchEnvironment;
  readonly target: RunningTarget;
  readonly expected: ExpectedReplies;
  /** Subgraph calls that one smallest query makes. */
  readonly probeCalls: number;
}

/** Sends the query twice, because the first may make more calls. */
async function countProbeCalls(environment: BenchEnvironment, { probeClient }: RunningTarget): Promise<number> {
  await probeClient.send(TINY_BODY);
  const before = await environment.readCalls();
  await probeClient.send(TINY_BODY);
  return (await environment.readCalls()) - before;
}

function createRunner({ scenario, environment, target, expected, probeCalls }: RunnerOptions): Runner {
  const { name, client, probeClient, server } = target;
  const bodies = Array.from({ length: scenario.callers }, (_, caller) => bodyOf(scenario, 'distinct', caller));
  const samples: Record<Callers, Sample[]> = { distinct: [], identical: [] };
  let count = 0;
  return {
    samples,
    async run(callers, durationMs) {
      const next = () => {
        const caller = callers === 'identical' ? 0 : count++ % bodies.length;
        return { body: bodies[caller]!, caller };
      };
      const callsBefore = await environment.readCalls();
      const cpuMsBefore = server.usage().cpuMs;
      const load = runLoad({ client, connections: scenario.connections, durationMs, next, check: expected.check });
      const { result, latenciesMs: besideMs } = await probeDuring(probeClient, load);
      const cpuMs = server.usage().cpuMs - cpuMsBefore;
      const calls = (await environment.readCalls()) - callsBefore - probeCalls * besideMs.length;
      const requests = result.latenciesMs.length;
      return {
        requestsPerSecond: (requests * 1_000) / result.elapsedMs,
        p50Ms: percentile(result.latenciesMs, 0.5),
        p99Ms: percentile(result.latenciesMs, 0.99),
        cpuMsPerRequest: cpuMs / requests,
        cpuShare: cpuMs / result.elapsedMs,
        callsPerRequest: calls / requests,
        besideP99Ms: percentile(besideMs, 0.99),
        besideMaxMs: percentile(besideMs, 1),
      };
    },
    measurement() {
      const { rssBytes, rssPeakBytes } = server.usage();
      return { target: name, samples, rssBytes, rssPeakBytes };
    },
  };
}
