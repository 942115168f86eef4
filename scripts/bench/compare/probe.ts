/** Measures event-loop delay from outside: the latency of the smallest query on a connection of its own while a load runs. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { LoadClient } from './load-client.ts';

export const TINY_BODY = JSON.stringify({ query: '{ __typename }' });
const PAUSE_MS = 5;

/** Sends one query after another until `work` is done. Resolves to the result of `work` and the latencies; throws what either throws. */
export async function probeDuring<Result>(
  client: LoadClient,
  work: Promise<Result>,
): Promise<{ readonly result: Result; readonly latenciesMs: readonly number[] }> {
  const latenciesMs: number[] = [];
  let done = false;
  const probe = async (): Promise<void> => {
    while (!done) {
      const sentAt = performance.now();
      await client.send(TINY_BODY);
      latenciesMs.push(performance.now() - sentAt);
      await sleep(PAUSE_MS);
    }
  };
  const finished = work.finally(() => {
    done = true;
  });
  const [result] = await Promise.all([finished, probe()]);
  return { result, latenciesMs };
}
