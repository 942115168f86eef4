/**
 * Operations → the record. An operation reserves a place before it runs and fills it after it was answered. A batch
 * holds the entries that arrived while the previous one was written. If the database is out of reach, entries wait and
 * the write is retried. Once `recordQueueMax` places or `recordQueueBytesMax` are taken, operations are refused: none
 * is answered that could not be recorded.
 */
import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { Limits } from '../model/limits.ts';
import type { RecordEntry } from '../model/record-entry.ts';
import type { RecordHead, RecordStore } from './database/record-store.ts';

export interface RecordPlace {
  /** To be called once. Calls `createEntry` at once, unless the record is off. */
  fill(createEntry: () => RecordEntry): void;
}

export interface Recorder {
  /** Returns undefined if all places are taken. */
  reserve(): RecordPlace | undefined;
  state(): { readonly state: 'WRITING' | 'RETRYING' | 'OFF'; readonly waiting: number; readonly written: number };
  /** Writes waiting entries for at most `recordStopMs`; returns how many could not be written. */
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
  /** Called after each batch. */
  readonly onWritten?: (head: RecordHead) => void;
}

export function createRecorder({ store, limits, log, onWritten }: RecorderOptions): Recorder {
  const queue: QueuedEntry[] = [];
  let reservedCount = 0;
  let bytes = 0;
  let writtenCount = 0;
  let isRetrying = false;
  let isStopping = false;
  let stopAtMs = Number.POSITIVE_INFINITY;
  let pendingWrite: Promise<void> | undefined;

  const write = async (): Promise<void> => {
    while (queue.length > 0) {
      const batch = nextBatch(queue, limits);
      try {
        const head = await store.append(batch.map(({ entry }) => entry));
        queue.splice(0, batch.length);
        reservedCount -= batch.length;
        bytes -= batch.reduce((sum, queued) => sum + queued.bytes, 0);
        onWritten?.(head);
        writtenCount += batch.length;
        if (isRetrying) log.info('the record of operations is written again');
        isRetrying = false;
      } catch (error) {
        if (!isRetrying)
          log.error(
            { err: error, waiting: queue.length },
            'the record of operations cannot be written; the write is retried',
          );
        isRetrying = true;
        if (Date.now() >= stopAtMs) return;
        await pause(Math.min(limits.recordRetryMs, Math.max(1, stopAtMs - Date.now())));
      }
    }
  };

  const start = (): void => {
    pendingWrite ??= write().finally(() => {
      pendingWrite = undefined;
      if (queue.length > 0 && !isStopping) start();
    });
  };

  return {
    reserve() {
      if (reservedCount >= limits.recordQueueMax || bytes >= limits.recordQueueBytesMax) return undefined;
      reservedCount++;
      return {
        fill(createEntry) {
          const entry = createEntry();
          const queued = { entry, bytes: estimateBytes(entry) };
          queue.push(queued);
          bytes += queued.bytes;
          start();
        },
      };
    },
    state: () => ({ state: isRetrying ? 'RETRYING' : 'WRITING', waiting: reservedCount, written: writtenCount }),
    async stop() {
      isStopping = true;
      stopAtMs = Date.now() + limits.recordStopMs;
      start();
      await Promise.race([pendingWrite, pause(limits.recordStopMs, undefined, { ref: false })]);
      if (queue.length > 0)
        log.error({ lost: queue.length }, 'entries of the record could not be written before the stop');
      return queue.length;
    },
  };
}

interface QueuedEntry {
  readonly entry: RecordEntry;
  readonly bytes: number;
}

/** Returns at least one entry, even if it exceeds the bytes of a batch. */
function nextBatch(
  queue: readonly QueuedEntry[],
  { recordBatchMax, recordBatchBytesMax }: RecorderLimits,
): readonly QueuedEntry[] {
  let bytes = 0;
  let count = 0;
  while (count < Math.min(queue.length, recordBatchMax)) {
    bytes += queue[count]!.bytes;
    if (count > 0 && bytes > recordBatchBytesMax) break;
    count++;
  }
  return queue.slice(0, count);
}

/** Estimated size of an entry without its texts. */
const ENTRY_OVERHEAD_BYTES = 1_024;

function estimateBytes({ operation, refusedText }: RecordEntry): number {
  const characters = (operation ? operation.text.length + operation.variables.length : 0) + (refusedText?.length ?? 0);
  return ENTRY_OVERHEAD_BYTES + 2 * characters;
}

/** Records nothing, for a gateway without a database: every operation gets a place. */
export function createNullRecorder(): Recorder {
  const place: RecordPlace = { fill: () => undefined };
  return {
    reserve: () => place,
    state: () => ({ state: 'OFF', waiting: 0, written: 0 }),
    stop: async () => 0,
  };
}
