/** Writes what the counter holds into the registry, from time to time and at the stop. */
import type { Logger } from 'pino';
import type { Database } from '../kit/postgres/database.ts';
import { addUsage } from './registry-store.ts';
import type { UsageCounter } from './usage-counter.ts';

export interface UsageWriter {
  /** Writes what is left. */
  stop(): Promise<void>;
}

export interface UsageWriterOptions {
  readonly database: Database;
  readonly counter: UsageCounter;
  readonly flushMs: number;
  readonly log: Logger;
}

/** What a crash loses are the uses of the last `flushMs`. */
export function startUsageWriter({ database, counter, flushMs, log }: UsageWriterOptions): UsageWriter {
  let isFailing = false;
  let lost = 0;
  let running: Promise<void> | undefined;
  const write = async (): Promise<void> => {
    const uses = counter.drain();
    if (counter.lost > lost) log.warn({ uses: counter.lost - lost }, 'uses of the schema were not counted');
    lost = counter.lost;
    if (uses.length === 0) return;
    try {
      await addUsage(database, uses);
      if (isFailing) log.info('usage is written to the registry again');
      isFailing = false;
    } catch (error) {
      counter.restore(uses);
      if (!isFailing) log.warn({ err: error }, 'usage cannot be written to the registry; the write is retried');
      isFailing = true;
    }
  };
  const flush = (): Promise<void> => {
    running ??= write().finally(() => {
      running = undefined;
    });
    return running;
  };
  const timer = setInterval(flush, flushMs);
  return {
    async stop() {
      clearInterval(timer);
      await running;
      await flush();
    },
  };
}
