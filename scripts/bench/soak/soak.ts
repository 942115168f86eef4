/** A soak: gateways run under full load and chaos, and report failures, growth and resources left open. */
import { performance } from 'node:perf_hooks';
import { createRandom } from '../../demo/data/random.ts';
import { createGatewayClient } from '../gateway/gateway-client.ts';
import { type GatewayProcess, startGatewayProcess } from '../gateway/gateway-process.ts';
import { createNationalMap } from '../stubs/national-map.ts';
import { startStubPlatforms } from '../stubs/stub-platforms.ts';
import { runCallers, type Tally } from './callers.ts';
import { type ChaosCounts, causeChaos, pause } from './chaos.ts';
import { PROBE_FLAGS, type ProbeSample, probe } from './probe.ts';

export interface SoakOptions {
  readonly minutes: number;
  /** Callers of each gateway. */
  readonly callers: number;
  readonly platforms: number;
  readonly sampleEveryMs: number;
  readonly chaosEveryMs: number;
  readonly onSample?: (mode: Mode, sample: ProbeSample) => void;
}

export type Mode = 'standard' | 'open';

export interface SoakReport {
  readonly gateways: readonly GatewayReport[];
  readonly chaos: ChaosCounts;
  /** Connections at the platforms at the end. */
  readonly connectionsLeft: number;
}

export interface GatewayReport {
  readonly mode: Mode;
  readonly tally: Tally;
  readonly samples: readonly ProbeSample[];
  readonly generation: number;
  readonly reloadFailures: number;
  /** At the end. */
  readonly inFlightLeft: number;
  readonly drainingLeft: number;
  /** Resources open at the end that were not open before the load, by kind. */
  readonly openLeft: Readonly<Record<string, number>>;
}

const MODES: readonly Mode[] = ['standard', 'open'];
const MINUTE_MS = 60_000;
/** Idle connections of platforms and callers are closed after some seconds. */
const QUIET_WAIT_MS = 20_000;
const QUIET_LOOK_MS = 250;

export async function soak(options: SoakOptions): Promise<SoakReport> {
  const platforms = await startStubPlatforms(createNationalMap().cities.slice(0, options.platforms), {
    processes: 1,
    rowsEach: 100,
  });
  const gateways = await Promise.all(
    MODES.map((mode) =>
      startGatewayProcess({ entries: platforms.entries, open: mode === 'open', nodeFlags: PROBE_FLAGS }),
    ),
  );
  try {
    const started = performance.now();
    const isOver = () => performance.now() - started > options.minutes * MINUTE_MS;
    const divisions = platforms.entries.map(({ division }) => division);
    const runs = MODES.map((mode, index) =>
      soakGateway(mode, gateways[index]!, { ...options, divisions, started, isOver }),
    );
    const random = createRandom('trouble');
    const chaos = await causeChaos({ gateways, platforms, random, everyMs: options.chaosEveryMs, isOver });
    const reports = await Promise.all(runs);
    const connectionsLeft = await untilNone(async () => (await platforms.state()).connections);
    return { gateways: reports, chaos, connectionsLeft };
  } finally {
    await Promise.all(gateways.map((gateway) => gateway.stop()));
    await platforms.stop();
  }
}

interface Load extends SoakOptions {
  readonly divisions: readonly string[];
  readonly started: number;
  readonly isOver: () => boolean;
}

async function soakGateway(mode: Mode, gateway: GatewayProcess, load: Load): Promise<GatewayReport> {
  const { isOver, started, callers, divisions, sampleEveryMs, onSample } = load;
  const tally: Tally = { operations: {}, partial: 0, failures: [] };
  const samples: ProbeSample[] = [];
  const before = await probe(gateway);
  const client = createGatewayClient(gateway);
  const callersDone = runCallers({ client, callers, divisions, random: createRandom(mode), tally, isOver });
  while (!isOver()) {
    await pause(sampleEveryMs);
    const sample = { ...(await probe(gateway)), atMinutes: (performance.now() - started) / MINUTE_MS };
    samples.push(sample);
    onSample?.(mode, sample);
  }
  await callersDone;
  await client.close();
  const inFlightLeft = await untilNone(() => gateway.metric('yiwang_operations_in_flight'));
  const drainingLeft = await untilNone(() => gateway.metric('yiwang_schema_versions_draining'));
  let openLeft: Record<string, number> = {};
  await untilNone(async () => {
    openLeft = surplus((await probe(gateway)).open, before.open);
    return Object.keys(openLeft).length;
  });
  const [generation, reloadFailures] = await Promise.all(
    ['yiwang_schema_version', 'yiwang_reload_failures_total'].map((name) => gateway.metric(name)),
  );
  return {
    mode,
    tally,
    samples,
    generation: generation!,
    reloadFailures: reloadFailures!,
    inFlightLeft,
    drainingLeft,
    openLeft,
  };
}

/** Polls a count until it is 0 or the time is over; resolves to the last count. */
async function untilNone(count: () => Promise<number>): Promise<number> {
  for (let waitedMs = 0; ; waitedMs += QUIET_LOOK_MS) {
    const left = await count();
    if (left === 0 || waitedMs >= QUIET_WAIT_MS) return left;
    await pause(QUIET_LOOK_MS);
  }
}

function surplus(
  now: Readonly<Record<string, number>>,
  before: Readonly<Record<string, number>>,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(now).flatMap(([kind, count]) => {
      const more = count - (before[kind] ?? 0);
      return more > 0 ? [[kind, more]] : [];
    }),
  );
}
