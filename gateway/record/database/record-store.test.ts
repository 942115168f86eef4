import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { pino } from 'pino';
import type { Database } from '../../kit/postgres/database.ts';
import { DEFAULT_LIMITS } from '../../model/limits.ts';
import type { RecordEntry } from '../../model/record-entry.ts';
import type { Rights } from '../../model/rights.ts';
import { type VerifyOptions, verifyRecord } from '../integrity/verify-record.ts';
import { createRecorder } from '../recorder.ts';
import { digest, RIGHTS, recordEntry, startTestRecords, type TestRecord, type TestRecords } from '../testing.ts';
import { prepareRecord } from './prepare-record.ts';

const log = pino({ level: 'silent' });
const LIMITS = { ...DEFAULT_LIMITS, recordRetryMs: 5, recordStopMs: 2_000 };

const ENTRY = recordEntry();

describe('the record on PostgreSQL', () => {
  let records: TestRecords;

  beforeAll(async () => {
    records = await startTestRecords();
  });

  afterAll(() => records.stop());

  const withRecord = <Result>(work: (parts: TestRecord) => Promise<Result>) => records.with(work);

  const verify = (database: Database, options: Partial<VerifyOptions> = {}) =>
    verifyRecord(database, { verifyStatement: async () => undefined, ...options });

  test('an entry has every part of its operation', () =>
    withRecord(async ({ store, client }) => {
      await store.append([
        ENTRY,
        recordEntry({
          rights: undefined,
          operation: undefined,
          refusedText: '{ case(id: "张三") { id } }',
          address: '192.0.2.1',
          outcome: 'refused',
          codes: ['UNAUTHENTICATED'],
        }),
      ]);
      const { rows } = await client.query('select * from operations order by id');
      expect(rows[0]).toEqual({
        id: '1',
        recorded_at: expect.any(Date),
        at: ENTRY.receivedAt,
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
        operation_text: 'query q{name}',
        variables: { within: '420100' },
        sent_digest: 's',
        address: null,
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
        address: '192.0.2.1',
        operation_text: `{ case ( id : "masked:${digest('张三')}" ) { id } }`,
        sent_digest: digest('{ case(id: "张三") { id } }'),
        variables: null,
        outcome: 'refused',
        codes: ['UNAUTHENTICATED'],
      });
    }));

  test('an entry stores any text of a request, so that none holds up the others', () =>
    withRecord(async ({ store, client }) => {
      const half = '\ud83d';
      const rights: Rights = { ...RIGHTS, subject: `a\u0000${half}`, purpose: 'p\u0000', matter: half };
      const variables = { [`k\u0000${half}`]: `v${half}`, pair: '\u{1f600}', literal: '\\u0000' };
      const deep = `${'['.repeat(1_000)}1${']'.repeat(1_000)}`;
      await store.append([
        recordEntry({ rights, operation: { ...ENTRY.operation!, variables: `{"deep":${deep}}` } }),
        recordEntry({ operation: { ...ENTRY.operation!, variables: JSON.stringify(variables) } }),
        recordEntry({ operation: undefined, refusedText: `{ a\u0000${half}` }),
      ]);
      const { rows } = await client.query(
        'select subject, purpose, matter, operation_text, variables from operations order by id',
      );
      expect(rows[0]).toMatchObject({ subject: 'a\ufffd\ufffd', purpose: 'p\ufffd', matter: '\ufffd' });
      expect(JSON.stringify(rows[0].variables)).toMatch(/^{"deep":\[{1,64}"…"\]{1,64}}$/);
      expect(rows[1].variables).toEqual({ 'k\ufffd\ufffd': 'v\ufffd', pair: '\u{1f600}', literal: '\\u0000' });
      expect(rows[2].operation_text).toBe('{ a …');
    }));

  test('entries cannot be changed or removed, even by the owner of the record', () =>
    withRecord(async ({ store, client }) => {
      await store.append([ENTRY]);
      for (const sql of ["update operations set subject = 'x'", 'delete from operations', 'truncate operations']) {
        await expect(client.query(sql)).rejects.toThrow('the record of operations can only grow');
      }
      // A replica's session skips ordinary triggers; these are always on.
      await expect(client.query('set session_replication_role = replica; delete from operations')).rejects.toThrow(
        'can only grow',
      );
    }));

  test('concurrent writers number entries without a gap, even if batches fail', () =>
    withRecord(async ({ store, database, client }) => {
      const bad = recordEntry({ outcome: 'unheard of' as RecordEntry['outcome'] });
      const batches = Array.from({ length: 20 }, (_, index) =>
        store.append(index % 5 === 4 ? [ENTRY, bad] : [ENTRY, ENTRY, ENTRY]),
      );
      const results = await Promise.allSettled(batches);
      expect(results.filter(({ status }) => status === 'rejected')).toHaveLength(4);
      const { rows } = await client.query(
        'select count(*)::int as count, min(id)::int as low, max(id)::int as high from operations',
      );
      expect(rows).toEqual([{ count: 48, low: 1, high: 48 }]);
      expect(await verify(database)).toMatchObject({ entries: 48, findings: [] });
    }));

  test('many gateways can prepare one record at once', () =>
    withRecord(async ({ database }) => {
      await Promise.all(Array.from({ length: 4 }, () => prepareRecord(database)));
      expect((await verify(database)).findings).toEqual([]);
    }));

  test('no entry is lost or doubled while connections to the database break', () =>
    withRecord(async ({ store, client }) => {
      const recorder = createRecorder({ store, limits: LIMITS, log });
      for (let index = 0; index < 60; index++) {
        recorder.reserve()!.fill(() => recordEntry({ requestId: `r${index}` }));
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
