/** Writes counted findings to their store from time to time, and at the stop: a crash loses those of the last moments. */
import { setTimeout as pause } from 'node:timers/promises';
import { dateAt } from '@yiwang/schema/time';
import type { Logger } from 'pino';
import type { Limits } from '../../model/limits.ts';
import type { FindingCounter } from './finding-counter.ts';
import type { FindingStore } from './finding-store.ts';

export interface FindingWriter {
  /** Writes what was counted until now. Never rejects: what cannot be stored is kept, and written with the next. */
  flush(): Promise<void>;
  /** Writes what was counted, for at most `recordStopMs`. */
  stop(): Promise<void>;
}

export interface FindingWriterOptions {
  readonly counter: Pick<FindingCounter, 'take' | 'giveBack'>;
  readonly store: FindingStore;
  readonly limits: Pick<Limits, 'findingFlushMs' | 'findingDaysMax' | 'recordStopMs'>;
  readonly log: Logger;
  readonly now?: () => number;
}

const DAY_MS = 86_400_000;

export function startFindingWriter(options: FindingWriterOptions): FindingWriter {
  const { counter, store, limits, log, now = Date.now } = options;
  let isFailing = false;
  let cleanedDay = '';
  let last: Promise<void> = Promise.resolve();

  const write = async (): Promise<void> => {
    const counts = counter.take();
    try {
      if (counts.length > 0) await store.add(counts);
      const today = dateAt(new Date(now()));
      if (today !== cleanedDay) await store.deleteBefore(dateAt(new Date(now() - limits.findingDaysMax * DAY_MS)));
      cleanedDay = today;
      if (isFailing) log.info('findings are stored again');
      isFailing = false;
    } catch (error) {
      counter.giveBack(counts);
      if (!isFailing) log.error({ err: error }, 'findings cannot be stored; the write is tried again');
      isFailing = true;
    }
  };
  const flush = (): Promise<void> => {
    last = last.then(write);
    return last;
  };
  const timer = setInterval(() => void flush(), limits.findingFlushMs);
  timer.unref();
  return {
    flush,
    async stop() {
      clearInterval(timer);
      await Promise.race([flush(), pause(limits.recordStopMs, undefined, { ref: false })]);
    },
  };
}
