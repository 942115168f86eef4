/** Memory, event-loop delay and open resources of a gateway process. */
import { fileURLToPath } from 'node:url';
import type { GatewayProcess } from '../gateway/gateway-process.ts';

export interface Probe {
  /** Heap after a garbage collection. */
  readonly heapBytes: number;
  readonly externalBytes: number;
  readonly rssBytes: number;
  /** Event-loop delay since the previous probe. */
  readonly delayMs: { readonly p50: number; readonly p99: number; readonly max: number };
  /** Open resources by kind: sockets, timers, pipes. */
  readonly open: Readonly<Record<string, number>>;
}

/** Flags for Node that make a gateway answer probes. */
export const PROBE_FLAGS = ['--expose-gc', '--import', fileURLToPath(new URL('./probe.js', import.meta.url))];

export function probe(gateway: GatewayProcess): Promise<Probe> {
  return gateway.send<Probe>({ kind: 'probe' });
}

export interface ProbeSample extends Probe {
  /** Minutes since the start of the load. */
  readonly atMinutes: number;
}

/** Least squares: growth of a value from the first sample to the last, in its unit, and its mean. */
export function growthOf(
  samples: readonly ProbeSample[],
  value: (sample: ProbeSample) => number,
): { growth: number; mean: number } {
  const count = samples.length;
  const meanAt = samples.reduce((sum, { atMinutes }) => sum + atMinutes, 0) / count;
  const mean = samples.reduce((sum, sample) => sum + value(sample), 0) / count;
  let covariance = 0;
  let variance = 0;
  for (const sample of samples) {
    covariance += (sample.atMinutes - meanAt) * (value(sample) - mean);
    variance += (sample.atMinutes - meanAt) ** 2;
  }
  const span = (samples.at(-1)?.atMinutes ?? 0) - (samples[0]?.atMinutes ?? 0);
  return { growth: variance === 0 ? 0 : (covariance / variance) * span, mean };
}
