import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { pino } from 'pino';
import { type PostgresServer, startTestPostgres } from '../../scripts/postgres/testing.ts';
import { type Database, openDatabase } from '../kit/database.ts';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import type { Operation } from '../model/operation.ts';
import type { Rights } from '../model/rights.ts';
import { createRecorder } from './recorder.ts';
import { createRecordStore, type RecordStore } from './store.ts';
import { verifyRecord } from './verify.ts';

const log = pino({ level: 'silent' });
const LIMITS = { ...DEFAULT_LIMITS, recordRetryMs: 5, recordStopMs: 2_000 };

const RIGHTS: Rights = {
  subject: 'wuhan',
  tier: 'MUNICIPAL',
  division: '420100',
  department: '114201000100011972',
  roles: [],
  audience: 'department',
  region: [['4201', '4202']],
  classes: ['OPEN', 'SHARED'],
  unmasked: false,
  purpose: '火灾隐患排查',
  matter: '420106001001-C-1',
  fingerprint: 'f'.repeat(64),
};

function operation(changes: Partial<Operation> = {}): Operation {
  return {
    at: new Date('2026-11-01T00:00:00Z'),
    requestId: 'r1',
    rights: RIGHTS,
    asked: {
      name: 'q',
      hash: 'h',
      text: 'query q { name }',
      variables: { within: '420100' },
      fields: { OPEN: ['Query.name'] },
    },
    platforms: ['municipal/420100'],
    rows: 3,
    outcome: 'answered',
    codes: [],
    durationMs: 12,
    digest: 'd',
    ...changes,
  };
}

const OPERATION = operation();

describe('the record on PostgreSQL', () => {
  let postgres: PostgresServer;
  let made = 0;

  beforeAll(async () => {
    postgres = await startTestPostgres();
  });

  afterAll(() => postgres.stop());

  async function withRecord<Result>(
    work: (parts: { store: RecordStore; database: Database; client: pg.Client }) => Promise<Result>,
  ): Promise<Result> {
    const name = `record_${++made}`;
    await postgres.createDatabase(name);
    const url = postgres.url(name);
    const database = openDatabase({ url, connectionsMax: 4, connectMs: 5_000, statementMs: 5_000 });
    const client = new pg.Client({ connectionString: url });
    // The test ends connections, this one too at times.
    client.on('error', () => undefined);
    await client.connect();
    try {
      const store = createRecordStore(database, 1_000);
      await store.prepare();
      return await work({ store, database, client });
    } finally {
      await client.end();
      await database.close();
    }
  }

  test('keeps every part of an operation', () =>
    withRecord(async ({ store, client }) => {
      await store.append([
        OPERATION,
        operation({ rights: undefined, asked: undefined, outcome: 'refused', codes: ['UNAUTHENTICATED'] }),
      ]);
      const { rows } = await client.query('select * from operations order by id');
      expect(rows[0]).toEqual({
        id: '1',
        at: OPERATION.at,
        request_id: 'r1',
        subject: 'wuhan',
        tier: 'MUNICIPAL',
        division: '420100',
        department: '114201000100011972',
        audience: 'department',
        purpose: '火灾隐患排查',
        matter: '420106001001-C-1',
        rights_fingerprint: RIGHTS.fingerprint,
        operation_name: 'q',
        operation_hash: 'h',
        operation_text: 'query q { name }',
        variables: { within: '420100' },
        fields: { OPEN: ['Query.name'] },
        platforms: ['municipal/420100'],
        row_count: 3,
        outcome: 'answered',
        codes: [],
        duration_ms: 12,
        answer_digest: 'd',
      });
      expect(rows[1]).toMatchObject({
        id: '2',
        subject: null,
        operation_text: null,
        outcome: 'refused',
        codes: ['UNAUTHENTICATED'],
      });
    }));

  test('takes what no text column takes, and bounds what is too long', () =>
    withRecord(async ({ store, client }) => {
      const asked = { ...OPERATION.asked!, text: `\u0000${'x'.repeat(2_000)}`, variables: { nul: 'a\u0000b' } };
      await store.append([
        operation({ asked }),
        operation({ asked: { ...asked, variables: { long: 'y'.repeat(2_000) } } }),
      ]);
      const { rows } = await client.query(
        'select length(operation_text) as length, variables from operations order by id',
      );
      expect(rows).toEqual([
        { length: 1_000, variables: { nul: 'a\ufffdb' } },
        { length: 1_000, variables: { tooLongCharacters: 2_011 } },
      ]);
    }));

  test('recordTextMax: keeps texts of that length whole', () =>
    withRecord(async ({ store, client }) => {
      const lengthOf = (characters: number) => {
        const v = 'y'.repeat(characters - JSON.stringify({ v: '' }).length);
        return operation({ asked: { ...OPERATION.asked!, text: 'x'.repeat(characters), variables: { v } } });
      };
      await store.append([lengthOf(1_000), lengthOf(1_001)]);
      const { rows } = await client.query(
        "select length(operation_text) as length, variables - 'v' as variables from operations order by id",
      );
      expect(rows).toEqual([
        { length: 1_000, variables: {} },
        { length: 1_000, variables: { tooLongCharacters: 1_001 } },
      ]);
    }));

  test('takes whatever a request can hold, so that no entry holds up the others', () =>
    withRecord(async ({ store, client }) => {
      let deep: unknown = 'bottom';
      for (let level = 0; level < 100_000; level++) deep = [deep];
      const half = '\ud83d';
      const rights: Rights = { ...RIGHTS, subject: `a\u0000${half}`, purpose: 'p\u0000', matter: half };
      const asked = { ...OPERATION.asked!, text: `${'x'.repeat(999)}\u{1f600}` };
      await store.append([
        operation({ rights, asked: { ...asked, variables: { deep } } }),
        operation({
          asked: { ...asked, variables: { [`k\u0000${half}`]: `v${half}`, pair: '\u{1f600}', literal: '\\u0000' } },
        }),
      ]);
      const { rows } = await client.query(
        'select subject, purpose, matter, right(operation_text, 2) as text, variables from operations order by id',
      );
      expect(rows[0]).toMatchObject({
        subject: 'a\ufffd\ufffd',
        purpose: 'p\ufffd',
        matter: '\ufffd',
        text: 'x\ufffd',
      });
      expect(JSON.stringify(rows[0].variables)).toMatch(/^{"deep":\[{1,64}"…"\]{1,64}}$/);
      expect(rows[1].variables).toEqual({ 'k\ufffd\ufffd': 'v\ufffd', pair: '\u{1f600}', literal: '\\u0000' });
    }));

  test('cannot be changed, thinned or emptied, even by its owner', () =>
    withRecord(async ({ store, client }) => {
      await store.append([OPERATION]);
      for (const sql of ["update operations set subject = 'x'", 'delete from operations', 'truncate operations']) {
        await expect(client.query(sql)).rejects.toThrow('the record of operations can only grow');
      }
      // A replica's session skips ordinary triggers; these are always on.
      await expect(client.query('set session_replication_role = replica; delete from operations')).rejects.toThrow(
        'can only grow',
      );
    }));

  test('is numbered without a gap by several writers at once, and over batches that fail', () =>
    withRecord(async ({ store, database, client }) => {
      const bad = operation({ outcome: 'unheard of' as Operation['outcome'] });
      const batches = Array.from({ length: 20 }, (_, index) =>
        store.append(index % 5 === 4 ? [OPERATION, bad] : [OPERATION, OPERATION, OPERATION]),
      );
      const results = await Promise.allSettled(batches);
      expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(4);
      const { rows } = await client.query(
        'select count(*)::int as count, min(id)::int as low, max(id)::int as high from operations',
      );
      expect(rows).toEqual([{ count: 48, low: 1, high: 48 }]);
      expect(await verifyRecord(database)).toMatchObject({ entries: 48, findings: [] });
    }));

  test('is prepared by many gateways at once', () =>
    withRecord(async ({ database }) => {
      await Promise.all(Array.from({ length: 4 }, () => createRecordStore(database, 10).prepare()));
      expect((await verifyRecord(database)).findings).toEqual([]);
    }));

  test('is found to be broken when entries or guards are missing', () =>
    withRecord(async ({ store, database, client }) => {
      await store.append(Array.from({ length: 6 }, () => OPERATION));
      await client.query('alter table operations disable trigger all');
      await client.query('delete from operations where id in (1, 4)');
      expect((await verifyRecord(database)).findings).toEqual([
        'The guard "operations_keep_all" is missing or switched off.',
        'The guard "operations_keep_rows" is missing or switched off.',
        'The record begins with entry 2, not with entry 1.',
        'Between the entries 3 and 5 some are missing.',
      ]);
    }));

  test('is written while the database goes and comes back: nothing is lost, nothing twice', () =>
    withRecord(async ({ store, client }) => {
      const recorder = createRecorder(store, LIMITS, log);
      for (let index = 0; index < 60; index++) {
        recorder.reserve()!.fill(() => operation({ requestId: `r${index}` }));
        if (index % 20 === 10) {
          await client.query(
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'yiwang-gateway'",
          );
        }
        if (index % 7 === 0) await pause(3);
      }
      expect(await recorder.stop()).toBe(0);
      const { rows } = await client.query('select array_agg(request_id order by id) as ids from operations');
      expect(rows[0].ids).toEqual(Array.from({ length: 60 }, (_, index) => `r${index}`));
    }));
});

describe('a recorder', () => {
  function brokenStore(): RecordStore & { fails: boolean; batches: number[] } {
    const store = {
      fails: false,
      batches: [] as number[],
      prepare: async () => undefined,
      append: async (operations: readonly Operation[]) => {
        await pause(2);
        if (store.fails) throw new Error('the database is down');
        store.batches.push(operations.length);
      },
    };
    return store;
  }

  test('writes what came while the last batch was written as the next, up to the limit of a batch', async () => {
    const store = brokenStore();
    const recorder = createRecorder(store, { ...LIMITS, recordBatchMax: 4 }, log);
    for (let index = 0; index < 10; index++) recorder.reserve()!.fill(() => OPERATION);
    await recorder.stop();
    expect(store.batches).toEqual([1, 4, 4, 1]);
    expect(recorder.state()).toEqual({ state: 'WRITING', waiting: 0, written: 10 });
  });

  test('gives no more places than the queue holds, counting those that are not filled yet', async () => {
    const store = brokenStore();
    store.fails = true;
    const recorder = createRecorder(store, { ...LIMITS, recordQueueMax: 3 }, log);
    const places = [recorder.reserve(), recorder.reserve(), recorder.reserve()];
    expect(recorder.reserve()).toBeUndefined();
    for (const place of places) place!.fill(() => OPERATION);
    await pause(20);
    expect(recorder.state()).toMatchObject({ state: 'RETRYING', waiting: 3 });
    expect(recorder.reserve()).toBeUndefined();
    store.fails = false;
    await pause(30);
    expect(recorder.reserve()).toBeDefined();
    expect(store.batches.reduce((sum, size) => sum + size, 0)).toBe(3);
  });

  test('stops within its time and says how much could not be written', async () => {
    const store = brokenStore();
    store.fails = true;
    const recorder = createRecorder(store, { ...LIMITS, recordStopMs: 60 }, log);
    recorder.reserve()!.fill(() => OPERATION);
    expect(await recorder.stop()).toBe(1);
  });
});
