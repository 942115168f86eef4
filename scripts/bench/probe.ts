/** Event-loop delay from outside: how long the smallest query waits on a connection of its own while a load runs. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from './client.ts';

export const TINY = JSON.stringify({ query: '{ __typename }' });
const PAUSE_MS = 5;

/** Asks one query after another until `work` is done; resolves to its result and the latencies. Throws what either throws. */
export async function probeDuring<Result>(
  client: Client,
  work: Promise<Result>,
): Promise<{ readonly result: Result; readonly latenciesMs: readonly number[] }> {
  const latenciesMs: number[] = [];
  let done = false;
  const probe = async (): Promise<void> => {
    while (!done) {
      const asked = performance.now();
      await client.ask(TINY);
      latenciesMs.push(performance.now() - asked);
      await sleep(PAUSE_MS);
    }
  };
  const finished = work.finally(() => {
    done = true;
  });
  const [result] = await Promise.all([finished, probe()]);
  return { result, latenciesMs };
}
