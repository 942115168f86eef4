/** Planning time and memory of the gateway by the number of platforms in its directory. */
import type { PlatformEntry } from '@yiwang/gateway/model/network.ts';
import { createAsker, quantile } from './asking.ts';
import { startGatewayProcess } from './gateway-process.ts';
import { narrow } from './questions.ts';

export interface SizeFigures {
  readonly platforms: number;
  /** Median of a question that was never asked before, less the median of the same asked again. */
  readonly planMs: number;
  readonly warmMs: number;
  readonly rssMb: number;
}

const QUESTIONS = 60;

/** Each question goes to one platform alone, so that what differs is the size of the directory. */
export async function measureSize(entries: readonly PlatformEntry[], within: string): Promise<SizeFigures> {
  const gateway = await startGatewayProcess({ entries });
  const asker = createAsker(gateway);
  try {
    for (let i = 0; i < QUESTIONS; i++) await asker.ask(narrow(`warmUp${i}`, within));
    const first: number[] = [];
    const again: number[] = [];
    for (let i = 0; i < QUESTIONS; i++) {
      const question = narrow(`question${i}`, within);
      first.push((await asker.ask(question)).elapsedMs);
      const { elapsedMs, status, coverage } = await asker.ask(question, {
        headers: { 'x-yiwang-explain': 'coverage' },
      });
      if (status !== 200 || coverage?.asked !== 1) throw new Error('a narrow question reaches one platform');
      again.push(elapsedMs);
    }
    const warmMs = quantile(again, 0.5);
    const rssMb = (await gateway.metric('process_resident_memory_bytes')) / 1_048_576;
    return { platforms: entries.length, planMs: quantile(first, 0.5) - warmMs, warmMs, rssMb };
  } finally {
    await asker.close();
    await gateway.stop();
  }
}
