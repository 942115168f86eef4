/** Prometheus metrics of one gateway, in a registry of their own. */
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Rights } from '../model/rights.ts';
import type { Coverage } from '../model/validated-operation.ts';

/** A request that is over. */
export interface CountedRequest {
  readonly outcome: string;
  readonly durationMs: number;
  /** Of its errors, each once. */
  readonly codes: readonly string[];
}

/** The audience of a request, and the platforms that it called. */
export interface CountedCalls {
  readonly rights: Pick<Rights, 'audience'> | undefined;
  readonly coverage: Pick<Coverage, 'platforms'> | undefined;
}

export interface Metrics {
  countRequest(request: CountedRequest, calls: CountedCalls): void;
  /** The text that Prometheus reads, and its media type. */
  read(): Promise<{ text: string; contentType: string }>;
}

/**
 * Numbers that are read when Prometheus asks, by metric name. Those whose names end in `_total` are counters, the
 * others are gauges.
 */
export type Readings = Readonly<Record<string, Reading | LabelledReading>>;

export interface Reading {
  readonly help: string;
  read(): number;
}

/** One number for each set of labels. The reader bounds how many there are. */
export interface LabelledReading {
  readonly help: string;
  readonly labels: readonly string[];
  read(): readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[];
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

export function createMetrics(readings: Readings = {}): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'yiwang_requests_total',
    help: 'GraphQL requests by audience and outcome',
    labelNames: ['audience', 'outcome'],
    registers,
  });
  const durations = new Histogram({
    name: 'yiwang_request_duration_seconds',
    help: 'Time from the receipt of a GraphQL request to its response, in seconds',
    labelNames: ['audience'],
    buckets: SECONDS,
    registers,
  });
  // One operation may make hundreds of calls: they are counted in a map, and become samples when Prometheus reads.
  const calls = new Map<string, { readonly platform: string; readonly status: string; count: number }>();
  new Counter({
    name: 'yiwang_platform_calls_total',
    help: 'Platform calls by platform and coverage status',
    labelNames: ['platform', 'status'],
    registers,
    collect() {
      this.reset();
      for (const { platform, status, count } of calls.values()) this.inc({ platform, status }, count);
    },
  });
  const errors = new Counter({
    name: 'yiwang_errors_total',
    help: 'Responses with at least one error, by error code',
    labelNames: ['code'],
    registers,
  });
  for (const [name, reading] of Object.entries(readings)) {
    if ('labels' in reading) registerLabelled(registers, name, reading);
    else registerReading(registers, name, reading);
  }
  return {
    countRequest({ outcome, durationMs, codes }, { rights, coverage }) {
      const audience = rights?.audience ?? 'none';
      requests.inc({ audience, outcome });
      durations.observe({ audience }, durationMs / 1_000);
      for (const code of codes) errors.inc({ code });
      for (const { platform, status } of coverage?.platforms ?? []) {
        const key = `${platform} ${status}`;
        const counted = calls.get(key);
        if (counted) counted.count++;
        else calls.set(key, { platform, status, count: 1 });
      }
    },
    async read() {
      return { text: await registry.metrics(), contentType: registry.contentType };
    },
  };
}

function registerLabelled(registers: Registry[], name: string, { help, labels, read }: LabelledReading): void {
  new Counter({
    name,
    help,
    labelNames: [...labels],
    registers,
    collect() {
      this.reset();
      for (const sample of read()) this.inc({ ...sample.labels }, sample.value);
    },
  });
}

function registerReading(registers: Registry[], name: string, { help, read }: Reading): void {
  if (!name.endsWith('_total')) {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read());
      },
    });
    return;
  }
  new Counter({
    name,
    help,
    registers,
    collect() {
      this.reset();
      this.inc(read());
    },
  });
}
