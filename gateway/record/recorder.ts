/**
 * Operations → the record. A place is taken before an operation is answered and filled after it; entries are written in
 * batches, each batch holding what came while the last one was written. Where the database is out of reach, entries wait and
 * the write is tried again; once `recordQueueMax` places are taken or `recordQueueBytesMax` are waiting there is no further one, so that nothing is answered that
 * could not be put on record.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Limits } from '../model/limits.ts';
import type { Operation } from '../model/operation.ts';
import type { RecordHead, RecordStore } from './store.ts';

export interface Place {
  /** `read` is called at once, where the record keeps operations at all. */
  fill(read: () => Operation): void;
}

export interface Recorder {
  /** Undefined where all places are taken. */
  reserve(): Place | undefined;
  state(): { readonly state: 'WRITING' | 'RETRYING' | 'OFF'; readonly waiting: number; readonly written: number };
  /** Writes what is left, within `recordStopMs`; returns how many entries could not be written. */
  stop(): Promise<number>;
}

type RecorderLimits = Pick<
  Limits,
  'recordQueueMax' | 'recordQueueBytesMax' | 'recordBatchMax' | 'recordBatchBytesMax' | 'recordRetryMs' | 'recordStopMs'
>;

export interface RecorderOptions {
  readonly store: Pick<RecordStore, 'append'>;
  readonly limits: RecorderLimits;
  readonly log: Logger;
  /** Hears of each batch that is written. */
  readonly onWritten?: (head: RecordHead) => void;
}

export function createRecorder({ store, limits, log, onWritten }: RecorderOptions): Recorder {
  const queue: Entry[] = [];
  let taken = 0;
  let bytes = 0;
  let written = 0;
  let retrying = false;
  let stopping = false;
  let stopBy = Number.POSITIVE_INFINITY;
  let writing: Promise<void> | undefined;

  const write = async (): Promise<void> => {
    while (queue.length > 0) {
      const batch = nextBatch(queue, limits);
      try {
        const head = await store.append(batch.map(({ operation }) => operation));
        queue.splice(0, batch.length);
        taken -= batch.length;
        bytes -= batch.reduce((sum, entry) => sum + entry.bytes, 0);
        onWritten?.(head);
        written += batch.length;
        if (retrying) log.info('the record of operations is written again');
        retrying = false;
      } catch (error) {
        if (!retrying)
          log.error(
            { err: error, waiting: queue.length },
            'the record of operations cannot be written; it is tried again',
          );
        retrying = true;
        if (Date.now() >= stopBy) return;
        await pause(Math.min(limits.recordRetryMs, Math.max(1, stopBy - Date.now())));
      }
    }
  };

  const start = (): void => {
    writing ??= write().finally(() => {
      writing = undefined;
      if (queue.length > 0 && !stopping) start();
    });
  };

  return {
    reserve() {
      if (taken >= limits.recordQueueMax || bytes >= limits.recordQueueBytesMax) return undefined;
      taken++;
      return {
        fill(read) {
          const operation = read();
          const entry = { operation, bytes: bytesOf(operation) };
          queue.push(entry);
          bytes += entry.bytes;
          start();
        },
      };
    },
    state: () => ({ state: retrying ? 'RETRYING' : 'WRITING', waiting: taken, written }),
    async stop() {
      stopping = true;
      stopBy = Date.now() + limits.recordStopMs;
      start();
      await Promise.race([writing, pause(limits.recordStopMs, undefined, { ref: false })]);
      if (queue.length > 0)
        log.error({ lost: queue.length }, 'entries of the record could not be written before the stop');
      return queue.length;
    },
  };
}

interface Entry {
  readonly operation: Operation;
  readonly bytes: number;
}

/** At least one entry. */
function nextBatch(queue: readonly Entry[], { recordBatchMax, recordBatchBytesMax }: RecorderLimits): readonly Entry[] {
  let bytes = 0;
  let count = 0;
  while (count < Math.min(queue.length, recordBatchMax)) {
    bytes += queue[count]!.bytes;
    if (count > 0 && bytes > recordBatchBytesMax) break;
    count++;
  }
  return queue.slice(0, count);
}

/** Of what an entry has besides its texts. */
const ENTRY_BYTES = 1_024;

function bytesOf({ asked, refusedText }: Operation): number {
  const characters = (asked ? asked.text.length + asked.variables.length : 0) + (refusedText?.length ?? 0);
  return ENTRY_BYTES + 2 * characters;
}

/** For a gateway without a database: every operation gets a place, and nothing is kept. */
export function createNoRecorder(): Recorder {
  const place: Place = { fill: () => undefined };
  return {
    reserve: () => place,
    state: () => ({ state: 'OFF', waiting: 0, written: 0 }),
    stop: async () => 0,
  };
}
