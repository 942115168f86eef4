/** Health of the gateway, of the record's database and of each platform of the directory. */
import { performance } from 'node:perf_hooks';
import type { Limits } from '../../model/limits.ts';
import type { PlatformEntry } from '../../model/platform/network.ts';

export interface PlatformHealth {
  readonly id: string;
  readonly name: string;
  readonly division: string;
  /** `UNKNOWN` until the first probe ends. */
  readonly state: 'ONLINE' | 'UNREACHABLE' | 'FAILING' | 'UNKNOWN';
  readonly elapsedMs: number;
}

export type ProbePlatforms = () => Promise<readonly PlatformHealth[]>;

/**
 * Probes are shared for `probeCacheMs`: however many ask, each platform is probed once. A caller waits for
 * `probeWaitMs` and gets the results of that moment, since a directory may hold thousands of platforms, and many of
 * them may hang.
 */
export function createPlatformProbe(platforms: () => readonly PlatformEntry[], limits: Limits): ProbePlatforms {
  let lastHealth = new Map<string, PlatformHealth>();
  let round: { readonly startedAt: number; readonly ended: Promise<void>; isOver: boolean } | undefined;
  const start = (entries: readonly PlatformEntry[]) => {
    const probed = new Map(lastHealth);
    lastHealth = probed;
    const started = { startedAt: performance.now(), isOver: false, ended: Promise.resolve() };
    started.ended = probeAll(entries, limits, (entry, health) => probed.set(probeKey(entry), health)).then(() => {
      lastHealth = new Map(entries.map((entry) => [probeKey(entry), probed.get(probeKey(entry))!]));
      started.isOver = true;
    });
    return started;
  };
  return async () => {
    const entries = platforms();
    if (!round || (round.isOver && performance.now() - round.startedAt > limits.probeCacheMs)) round = start(entries);
    await within(round.ended, limits.probeWaitMs);
    return entries.map((entry) => lastHealth.get(probeKey(entry)) ?? unknown(entry));
  };
}

/** A platform with another URL is another platform. */
function probeKey({ id, url }: PlatformEntry): string {
  return `${id} ${url}`;
}

function unknown({ id, name, division }: PlatformEntry): PlatformHealth {
  return { id, name, division, state: 'UNKNOWN', elapsedMs: 0 };
}

async function within(ended: Promise<void>, waitMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, waitMs);
  });
  await Promise.race([ended, over]);
  clearTimeout(timer);
}

async function probeAll(
  platforms: readonly PlatformEntry[],
  limits: Limits,
  onFound: (entry: PlatformEntry, health: PlatformHealth) => void,
): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    for (let entry = platforms[next++]; entry; entry = platforms[next++]) {
      onFound(entry, await probePlatform(entry, limits.probeTimeoutMs));
    }
  };
  await Promise.all(Array.from({ length: Math.min(limits.probesInFlightMax, platforms.length) }, work));
}

export async function probePlatform(
  { id, name, division, url }: PlatformEntry,
  timeoutMs: number,
): Promise<PlatformHealth> {
  const started = performance.now();
  const state = await fetch(new URL('/health', url), { signal: AbortSignal.timeout(timeoutMs) }).then(
    async ({ ok, body }) => {
      await body?.cancel();
      return ok ? ('ONLINE' as const) : ('FAILING' as const);
    },
    () => 'UNREACHABLE' as const,
  );
  return { id, name, division, state, elapsedMs: Math.round(performance.now() - started) };
}

export interface RecordHealth {
  readonly state: 'WRITING' | 'RETRYING' | 'OFF';
  readonly waiting: number;
}

/** The schema version that is served, and why a newer one cannot be loaded. */
export interface SchemaVersionHealth {
  /** Starts at 1; each reload adds one. */
  readonly number: number;
  /** SHA-256 of the files that it was loaded from. */
  readonly supergraph: string;
  readonly network: string | undefined;
  readonly loadedAt: Date;
  /** Frequent operations that were planned before it served. */
  readonly plansWarmed: number;
  /** Earlier versions that still have operations in flight. */
  readonly draining: number;
  /** Why the files cannot be loaded; absent if the version was loaded from them. */
  readonly fault?: { readonly at: Date; readonly reason: string } | undefined;
}

export interface HealthReport {
  /** `stopping` has status 503: the gateway refuses new operations. */
  readonly status: 'ok' | 'degraded' | 'stopping';
  readonly generation: SchemaVersionHealth;
  readonly record: RecordHealth;
  readonly platforms: readonly PlatformHealth[];
}

export interface HealthParts {
  readonly isStopping: boolean;
  readonly generation: SchemaVersionHealth;
  readonly record: RecordHealth;
  readonly platforms: readonly PlatformHealth[];
}

export function reportHealth({ isStopping, ...parts }: HealthParts): HealthReport {
  const isWhole =
    parts.record.state !== 'RETRYING' &&
    parts.generation.fault === undefined &&
    parts.platforms.every(({ state }) => state === 'ONLINE');
  return { status: isStopping ? 'stopping' : isWhole ? 'ok' : 'degraded', ...parts };
}
