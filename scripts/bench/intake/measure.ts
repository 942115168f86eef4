/** The time that the way in takes: checking a batch on one core, and storing it with COPY on a real PostgreSQL. */
import { randomUUID } from 'node:crypto';
import { type BatchTarget, migrate, storeBatch } from '@yiwang/platform';
import { regionOf } from '@yiwang/schema';
import { createBatchValidator, type Row } from '@yiwang/schema/rules';
import pg from 'pg';
import { migrationsOf } from '../../tools/subgraph-files.ts';
import { percentile } from '../percentile.ts';

export interface Timing {
  readonly what: string;
  readonly rows: number;
  /** Of the first run, in which code is compiled and tables are read. */
  readonly firstMs: number;
  readonly medianMs: number;
  /** Median of the time of this process's cores: what the machine does besides does not count. */
  readonly cpuMs: number;
}

export const CASE_TARGET: BatchTarget = {
  entity: 'Case',
  table: 'cases',
  key: 'id',
  division: 'division.code',
  columns: {
    ...{ id: 'id', division: 'division.code', grid: 'grid.code', category: 'category.code', source: 'source' },
    ...{ status: 'status', flow_state: 'flowState', suspended: 'suspended', description: 'description' },
    ...{ address: 'address', longitude: 'longitude', latitude: 'latitude', department: 'department.code' },
    ...{ component: 'component.code', reporter_phone: 'reporter.phone', reported_at: 'reportedAt' },
    ...{ verified_at: 'verifiedAt', filed_at: 'filedAt', dispatched_at: 'dispatchedAt', handled_at: 'handledAt' },
    ...{ inspected_at: 'inspectedAt', due_at: 'dueAt', closed_at: 'closedAt', filed_on_time: 'filedOnTime' },
    ...{ on_time: 'onTime', return_count: 'returnCount', rework_count: 'reworkCount' },
  },
};

/** Rows as they come out of a request: parsed JSON, which the validator has not seen before. */
export function measureChecks(rows: readonly Row[], runs: number): Timing {
  const text = JSON.stringify(rows);
  const times: Span[] = [];
  for (let run = 0; run < runs; run++) {
    const received = JSON.parse(text) as Row[];
    const end = startSpan();
    const validate = createBatchValidator('Case');
    let faults = 0;
    for (const row of received) faults += validate(row).length;
    times.push(end());
    if (Number.isNaN(faults)) throw new Error('no faults were counted');
  }
  return timingOf('check', rows.length, times);
}

/** Each run stores the rows in an empty table. */
export async function measureStores(url: string, rows: readonly Row[], runs: number): Promise<Timing> {
  await migrate(url, [{ name: 'municipal', migrations: migrationsOf('municipal') }]);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const times: Span[] = [];
  try {
    for (let run = 0; run < runs; run++) {
      await client.query('truncate cases');
      const batch = {
        sender: 'bench',
        key: randomUUID(),
        mode: 'VALID_ROWS',
        rows,
        region: regionOf('110000'),
      } as const;
      const end = startSpan();
      const { taken } = await storeBatch(client, CASE_TARGET, batch);
      times.push(end());
      if (taken === 0) throw new Error('nothing was stored');
    }
  } finally {
    await client.end();
  }
  return timingOf('check and store', rows.length, times);
}

interface Span {
  readonly ms: number;
  readonly cpuMs: number;
}

function startSpan(): () => Span {
  const startMs = performance.now();
  const startCpu = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(startCpu);
    return { ms: performance.now() - startMs, cpuMs: (user + system) / 1000 };
  };
}

function timingOf(what: string, rows: number, spans: readonly Span[]): Timing {
  const median = (values: readonly number[]) => percentile(values, 0.5);
  return {
    what,
    rows,
    firstMs: spans[0]!.ms,
    medianMs: median(spans.map(({ ms }) => ms)),
    cpuMs: median(spans.map(({ cpuMs }) => cpuMs)),
  };
}
