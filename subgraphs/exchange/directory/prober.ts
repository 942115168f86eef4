/** Probes the health of every platform of the directory, round by round: its state and its version of the standard. */
import { Agent, request } from 'undici';
import type { DirectoryEntry, HealthCheckResult } from './directory.ts';

export interface ProberLimits {
  /** From the end of one round to the start of the next. */
  readonly intervalMs: number;
  /** A platform that takes longer is unreachable. */
  readonly timeoutMs: number;
  /** Concurrent probes. */
  readonly atOnceMax: number;
  /** Size of an answer. */
  readonly bodyBytesMax: number;
}

export interface ProberOptions {
  readonly entries: readonly DirectoryEntry[];
  readonly limits: ProberLimits;
  /** Gets the results of every round. Its errors go to `onError`. */
  readonly record: (results: readonly HealthCheckResult[]) => Promise<void>;
  readonly onError: (error: unknown) => void;
}

export interface Prober {
  /** Ends the running round and starts no other. */
  close(): Promise<void>;
}

/** Starts the first round at once. */
export function startProber({ entries, limits, record, onError }: ProberOptions): Prober {
  const stopping = new AbortController();
  const agent = new Agent({
    connections: 1,
    connectTimeout: limits.timeoutMs,
    maxResponseSize: limits.bodyBytesMax,
    keepAliveTimeout: limits.intervalMs * 2,
  });
  const run = async (): Promise<void> => {
    while (!stopping.signal.aborted) {
      const results = await probeAll(entries, { agent, limits, signal: stopping.signal });
      if (!stopping.signal.aborted) await record(results).catch(onError);
      await pause(limits.intervalMs, stopping.signal);
    }
  };
  const running = run();
  return {
    async close() {
      stopping.abort();
      await running;
      await agent.destroy();
    },
  };
}

interface ProbeContext {
  readonly agent: Agent;
  readonly limits: ProberLimits;
  readonly signal: AbortSignal;
}

async function probeAll(entries: readonly DirectoryEntry[], context: ProbeContext): Promise<HealthCheckResult[]> {
  const queue = [...entries];
  const results: HealthCheckResult[] = [];
  const work = async (): Promise<void> => {
    for (let entry = queue.shift(); entry !== undefined; entry = queue.shift()) {
      results.push(await probe(entry, context));
    }
  };
  await Promise.all(Array.from({ length: context.limits.atOnceMax }, work));
  return results;
}

/** A platform whose health is not 200 cannot answer queries. */
async function probe({ id, url }: DirectoryEntry, { agent, limits, signal }: ProbeContext): Promise<HealthCheckResult> {
  try {
    const { statusCode, body } = await request(new URL('/health', url), {
      dispatcher: agent,
      signal: AbortSignal.any([signal, AbortSignal.timeout(limits.timeoutMs)]),
    });
    const health: unknown = JSON.parse(await body.text());
    if (statusCode !== 200) return { kind: 'unreachable', id };
    return { kind: 'online', id, standardVersion: versionIn(health) };
  } catch {
    return { kind: 'unreachable', id };
  }
}

function versionIn(health: unknown): string | null {
  const version = (health as { readonly standard?: unknown } | null)?.standard;
  return typeof version === 'string' && version.length <= 40 ? version : null;
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const end = (): void => {
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', end);
      resolve();
    }, ms);
    signal.addEventListener('abort', end, { once: true });
  });
}
