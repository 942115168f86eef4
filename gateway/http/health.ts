/** Health of the gateway and of what it leans on: the record's database and each platform of the directory. */
import { performance } from 'node:perf_hooks';
import type { Limits } from '../model/limits.ts';
import type { PlatformEntry } from '../model/network.ts';

export interface PlatformHealth {
  readonly id: string;
  readonly name: string;
  readonly division: string;
  readonly state: 'ONLINE' | 'UNREACHABLE' | 'FAILING';
  readonly elapsedMs: number;
}

export type ProbePlatforms = () => Promise<readonly PlatformHealth[]>;

/** Probes are shared for `probeCacheMs`, so that however many ask, platforms are asked once. */
export function createPlatformProbe(platforms: () => readonly PlatformEntry[], limits: Limits): ProbePlatforms {
  let last: { readonly at: number; readonly found: Promise<readonly PlatformHealth[]> } | undefined;
  return () => {
    const now = performance.now();
    if (last === undefined || now - last.at > limits.probeCacheMs)
      last = { at: now, found: probeAll(platforms(), limits) };
    return last.found;
  };
}

async function probeAll(platforms: readonly PlatformEntry[], limits: Limits): Promise<PlatformHealth[]> {
  const found: PlatformHealth[] = new Array(platforms.length);
  let next = 0;
  const work = async (): Promise<void> => {
    for (let index = next++; index < platforms.length; index = next++) {
      found[index] = await probePlatform(platforms[index]!, limits.probeTimeoutMs);
    }
  };
  await Promise.all(Array.from({ length: Math.min(limits.probesInFlightMax, platforms.length) }, work));
  return found;
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

/** What is served since when, and whether there is something else to serve that cannot be loaded. */
export interface GenerationHealth {
  /** Counts from 1 at the start; each reload adds one. */
  readonly number: number;
  /** Digests of the files that it was loaded from. */
  readonly supergraph: string;
  readonly network: string | undefined;
  readonly loadedAt: Date;
  /** Generations before it that still have operations at work. */
  readonly draining: number;
  /** Why the files as they are cannot be loaded; absent where they are what is served. */
  readonly fault?: { readonly at: Date; readonly reason: string } | undefined;
}

export interface HealthReport {
  /** `stopping` comes with 503: the gateway takes no new operation. */
  readonly status: 'ok' | 'degraded' | 'stopping';
  readonly generation: GenerationHealth;
  readonly record: RecordHealth;
  readonly platforms: readonly PlatformHealth[];
}

export interface HealthParts {
  readonly isStopping: boolean;
  readonly generation: GenerationHealth;
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
