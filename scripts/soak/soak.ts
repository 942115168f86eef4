/** A soak: gateways under full load and trouble for some time; what failed, what grew, and what is left open at the end. */
import { performance } from 'node:perf_hooks';
import { createRandom } from '../generate/random.ts';
import { createAsker } from '../map/asking.ts';
import { type GatewayProcess, startGatewayProcess } from '../map/gateway-process.ts';
import { nationalMap } from '../map/national-map.ts';
import { startPlatforms } from '../map/platforms.ts';
import { keepAsking, type Tally } from './callers.ts';
import { PROBE_FLAGS, probe, type Sample } from './probe.ts';
import { makeTrouble, pause, type Troubles } from './trouble.ts';

export interface SoakOptions {
  readonly minutes: number;
  /** Of each gateway. */
  readonly callers: number;
  readonly platforms: number;
  readonly sampleEveryMs: number;
  readonly troubleEveryMs: number;
  readonly onSample?: (mode: Mode, sample: Sample) => void;
}

export type Mode = 'standard' | 'open';

export interface SoakReport {
  readonly gateways: readonly GatewayReport[];
  readonly troubles: Troubles;
  /** Connections at the platforms when all was over. */
  readonly connectionsLeft: number;
}

export interface GatewayReport {
  readonly mode: Mode;
  readonly tally: Tally;
  readonly samples: readonly Sample[];
  readonly generation: number;
  readonly reloadFailures: number;
  /** When all was over. */
  readonly atWorkLeft: number;
  readonly drainingLeft: number;
  /** What is open besides what was open before the load, by kind. */
  readonly openLeft: Readonly<Record<string, number>>;
}

const MODES: readonly Mode[] = ['standard', 'open'];
const MINUTE_MS = 60_000;
/** Connections to platforms that are idle are given up after some seconds, and so are those of callers. */
const QUIET_WAIT_MS = 20_000;
const QUIET_LOOK_MS = 250;

export async function soak(options: SoakOptions): Promise<SoakReport> {
  const platforms = await startPlatforms(nationalMap().cities.slice(0, options.platforms), {
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
    const working = MODES.map((mode, index) =>
      soakGateway(mode, gateways[index]!, { ...options, divisions, started, isOver }),
    );
    const random = createRandom('trouble');
    const troubles = await makeTrouble({ gateways, platforms, random, everyMs: options.troubleEveryMs, isOver });
    const reports = await Promise.all(working);
    const connectionsLeft = await untilNone(async () => (await platforms.state()).connections);
    return { gateways: reports, troubles, connectionsLeft };
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
  const tally: Tally = { asked: {}, partial: 0, failures: [] };
  const samples: Sample[] = [];
  const before = await probe(gateway);
  const asker = createAsker(gateway);
  const asking = keepAsking({ asker, callers, divisions, random: createRandom(mode), tally, isOver });
  while (!isOver()) {
    await pause(sampleEveryMs);
    const sample = { ...(await probe(gateway)), atMinutes: (performance.now() - started) / MINUTE_MS };
    samples.push(sample);
    onSample?.(mode, sample);
  }
  await asking;
  await asker.close();
  const atWorkLeft = await untilNone(() => gateway.metric('yiwang_operations_at_work'));
  const drainingLeft = await untilNone(() => gateway.metric('yiwang_generations_draining'));
  let openLeft: Record<string, number> = {};
  await untilNone(async () => {
    openLeft = surplus((await probe(gateway)).open, before.open);
    return Object.keys(openLeft).length;
  });
  const [generation, reloadFailures] = await Promise.all(
    ['yiwang_generation', 'yiwang_reload_failures'].map((name) => gateway.metric(name)),
  );
  return {
    mode,
    tally,
    samples,
    generation: generation!,
    reloadFailures: reloadFailures!,
    atWorkLeft,
    drainingLeft,
    openLeft,
  };
}

/** What is left after a while of quiet: 0 as soon as there is nothing. */
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
