/** The lower bound of a country-wide statistic: the same calls by one `Promise.all`, parsed and summed. */
import { performance } from 'node:perf_hooks';
import type { PlatformEntry } from '@yiwang/gateway/model/platform/network.ts';
import { Pool } from 'undici';
import type { ReceivedCall } from '../stubs/stub-platform.ts';

export interface DirectBaseline {
  /** Resolves to the elapsed milliseconds and the sum of reported cases. */
  request(calls: Readonly<Record<string, ReceivedCall | undefined>>): Promise<{ elapsedMs: number; reported: number }>;
  close(): Promise<void>;
}

interface PlatformAnswer {
  readonly data: { readonly caseStatistics: readonly { readonly counts: Readonly<Record<string, number>> }[] };
}

export function createDirectBaseline(entries: readonly PlatformEntry[]): DirectBaseline {
  const targets = entries.map(({ id, url }) => ({ id, pool: new Pool(new URL(url).origin, { connections: 16 }) }));
  return {
    async request(calls) {
      const started = performance.now();
      const answers = await Promise.all(
        targets.map(async ({ id, pool }) => {
          const { body, headers } = calls[id]!;
          const response = await pool.request({
            path: '/graphql',
            method: 'POST',
            headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
            body,
          });
          return (await response.body.json()) as PlatformAnswer;
        }),
      );
      const sums: Record<string, number> = {};
      for (const { data } of answers) {
        for (const { counts } of data.caseStatistics) {
          for (const [name, value] of Object.entries(counts)) sums[name] = (sums[name] ?? 0) + value;
        }
      }
      return { elapsedMs: performance.now() - started, reported: sums.reported ?? 0 };
    },
    async close() {
      await Promise.all(targets.map(({ pool }) => pool.destroy()));
    },
  };
}
