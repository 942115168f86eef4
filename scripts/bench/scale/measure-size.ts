/** Measures planning time and memory of the gateway by the size of its directory. */
import type { PlatformEntry } from '@yiwang/gateway/model/platform/network.ts';
import { createGatewayClient } from '../gateway/gateway-client.ts';
import { startGatewayProcess } from '../gateway/gateway-process.ts';
import { percentile } from '../percentile.ts';
import { singlePlatformQuery } from './queries.ts';

export interface SizeFigures {
  readonly platforms: number;
  /** Median time of a new operation, less the median of the same operation again. */
  readonly planMs: number;
  readonly warmMs: number;
  readonly rssMb: number;
}

const QUESTIONS = 60;

/** Each operation reaches one platform, so that only the size of the directory differs. */
export async function measureSize(entries: readonly PlatformEntry[], within: string): Promise<SizeFigures> {
  const gateway = await startGatewayProcess({ entries });
  const client = createGatewayClient(gateway);
  try {
    for (let i = 0; i < QUESTIONS; i++) await client.request(singlePlatformQuery(`warmUp${i}`, within));
    const first: number[] = [];
    const again: number[] = [];
    for (let i = 0; i < QUESTIONS; i++) {
      const question = singlePlatformQuery(`question${i}`, within);
      first.push((await client.request(question)).elapsedMs);
      const { elapsedMs, status, coverage } = await client.request(question, {
        headers: { 'x-yiwang-explain': 'coverage' },
      });
      if (status !== 200 || coverage?.asked !== 1) throw new Error('a narrow question reaches one platform');
      again.push(elapsedMs);
    }
    const warmMs = percentile(again, 0.5);
    const rssMb = (await gateway.metric('process_resident_memory_bytes')) / 1_048_576;
    return { platforms: entries.length, planMs: percentile(first, 0.5) - warmMs, warmMs, rssMb };
  } finally {
    await client.close();
    await gateway.stop();
  }
}
