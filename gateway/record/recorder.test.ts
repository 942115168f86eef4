import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import type { RecordEntry } from '../model/record-entry.ts';
import type { RecordStore } from './database/record-store.ts';
import { createRecorder } from './recorder.ts';
import { recordEntry } from './testing.ts';

const log = pino({ level: 'silent' });
const LIMITS = { ...DEFAULT_LIMITS, recordRetryMs: 5, recordStopMs: 2_000 };

const ENTRY = recordEntry();

describe('a recorder', () => {
  const stores: { fails: boolean }[] = [];

  /** A recorder whose test has failed would try again for ever. */
  afterEach(() => {
    for (const store of stores.splice(0)) store.fails = false;
  });

  function brokenStore(): Pick<RecordStore, 'append'> & { fails: boolean; batches: number[] } {
    const store = {
      fails: false,
      batches: [] as number[],
      append: async (operations: readonly RecordEntry[]) => {
        await pause(2);
        if (store.fails) throw new Error('the database is down');
        store.batches.push(operations.length);
        return { record: 'r', last: 0, recordedAt: new Date(0) };
      },
    };
    stores.push(store);
    return store;
  }

  test('a batch holds at most recordBatchMax entries that arrived during the previous one', async () => {
    const store = brokenStore();
    const recorder = createRecorder({ store, limits: { ...LIMITS, recordBatchMax: 4 }, log });
    for (let index = 0; index < 10; index++) recorder.reserve()!.fill(() => ENTRY);
    await recorder.stop();
    expect(store.batches).toEqual([1, 4, 4, 1]);
    expect(recorder.state()).toEqual({ state: 'WRITING', waiting: 0, written: 10 });
  });

  test('a recorder reserves at most recordQueueMax places, filled or not', async () => {
    const store = brokenStore();
    store.fails = true;
    const recorder = createRecorder({ store, limits: { ...LIMITS, recordQueueMax: 3 }, log });
    const places = [recorder.reserve(), recorder.reserve(), recorder.reserve()];
    expect(recorder.reserve()).toBeUndefined();
    for (const place of places) place!.fill(() => ENTRY);
    await pause(20);
    expect(recorder.state()).toMatchObject({ state: 'RETRYING', waiting: 3 });
    expect(recorder.reserve()).toBeUndefined();
    store.fails = false;
    await pause(30);
    expect(recorder.reserve()).toBeDefined();
    expect(store.batches.reduce((sum, size) => sum + size, 0)).toBe(3);
  });

  /** 1,024 bytes and two for each character. */
  const ofBytes = (bytes: number) =>
    recordEntry({ operation: { ...ENTRY.operation!, text: 'x'.repeat((bytes - 1_024) / 2), variables: '' } });

  test('a recorder reserves no place while recordQueueBytesMax bytes wait', async () => {
    const store = brokenStore();
    store.fails = true;
    const recorder = createRecorder({ store, limits: { ...LIMITS, recordQueueBytesMax: 4_000 }, log });
    recorder.reserve()!.fill(() => ofBytes(3_998));
    expect(recorder.reserve()).toBeDefined();
    recorder.reserve()!.fill(() => ofBytes(1_024));
    expect(recorder.reserve()).toBeUndefined();
    store.fails = false;
    await pause(30);
    expect(recorder.reserve()).toBeDefined();
    await recorder.stop();
  });

  test('a batch holds at most recordBatchBytesMax bytes, or one larger entry', async () => {
    const store = brokenStore();
    const recorder = createRecorder({ store, limits: { ...LIMITS, recordBatchBytesMax: 4_000 }, log });
    for (const bytes of [1_024, 2_000, 2_000, 2_002, 6_000, 1_024]) recorder.reserve()!.fill(() => ofBytes(bytes));
    await recorder.stop();
    expect(store.batches).toEqual([1, 2, 1, 1, 1]);
  });

  test('a recorder stops within recordStopMs and returns how many entries it could not write', async () => {
    const store = brokenStore();
    store.fails = true;
    const recorder = createRecorder({ store, limits: { ...LIMITS, recordStopMs: 60 }, log });
    recorder.reserve()!.fill(() => ENTRY);
    expect(await recorder.stop()).toBe(1);
  });
});
