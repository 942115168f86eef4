/** What verification finds when a record was tampered with, and that it finds nothing when it was not. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { pino } from 'pino';
import { type KeyPair, readOrCreateKeyPair } from '../../kit/crypto/key-files.ts';
import { openDatabase } from '../../kit/postgres/database.ts';
import { DEFAULT_LIMITS } from '../../model/limits.ts';
import { prepareRecord, READER_ROLE, WRITER_ROLE } from '../database/prepare-record.ts';
import { createRecordStore } from '../database/record-store.ts';
import { digest, recordEntry, startTestRecords, type TestRecord, type TestRecords } from '../testing.ts';
import { compareSavedHead, createHeadWriter, readHeadFile, readReplacedHeads } from './signed-head.ts';
import { createStatementVerifier, signStatement } from './signed-statement.ts';
import { type VerifyOptions, verifyRecord } from './verify-record.ts';

let records: TestRecords;
let folder: string;
let key: KeyPair;
let foreign: KeyPair;

beforeAll(async () => {
  records = await startTestRecords();
  folder = await mkdtemp(join(tmpdir(), 'yiwang-verify-'));
  key = await readOrCreateKeyPair(join(folder, 'record.jwk.json'));
  foreign = await readOrCreateKeyPair(join(folder, 'foreign.jwk.json'));
});

afterAll(async () => {
  await records.stop();
  await rm(folder, { recursive: true, force: true });
});

const log = pino({ level: 'silent' });
const OPERATIONS = (count: number) => Array.from({ length: count }, () => recordEntry());

function verify({ database }: Pick<TestRecord, 'database'>, options: Partial<VerifyOptions> = {}) {
  return verifyRecord(database, { verifyStatement: createStatementVerifier({ keys: [key.publicJwk] }), ...options });
}

const findingsOf = async (record: TestRecord, options?: Partial<VerifyOptions>) =>
  (await verify(record, options)).findings;

function startHeads({ store }: TestRecord, file: string, recordCheckpointMs = 60_000) {
  return createHeadWriter({ store, key, file, limits: { recordHeadMs: 1, recordCheckpointMs }, log });
}

describe('guards', () => {
  test.each([
    [
      'a guard function that lets everything pass',
      'create or replace function operations_are_final() returns trigger language plpgsql as $$ begin return old; end $$',
      'The function "operations_are_final()" is not as it was prepared.',
    ],
    [
      'a guard that is switched off',
      'alter table operations disable trigger operations_keep_rows',
      'The trigger "operations_keep_rows" of operations is not as it was prepared.',
    ],
    [
      'a guard that replicas skip',
      'alter table operations enable trigger operations_keep_rows',
      'The trigger "operations_keep_rows" of operations is not as it was prepared.',
    ],
    [
      'a guard that is gone',
      'drop trigger operations_keep_all on operations',
      'The trigger "operations_keep_all" of operations is missing.',
    ],
    [
      'a guard with a condition',
      'drop trigger operations_keep_rows on operations; create trigger operations_keep_rows before update or delete on operations for each row when (false) execute function operations_are_final(); alter table operations enable always trigger operations_keep_rows',
      'The trigger "operations_keep_rows" of operations is not as it was prepared.',
    ],
    [
      'a guard of checkpoints that is gone',
      'drop trigger checkpoints_keep_rows on record_checkpoints',
      'The trigger "checkpoints_keep_rows" of record_checkpoints is missing.',
    ],
    [
      'a column that holds less',
      'alter table operations alter column subject type varchar(5)',
      'The column "subject" of operations is not as it was prepared.',
    ],
    [
      'a column that need not be filled',
      'alter table operations alter column answer_digest drop not null',
      'The column "answer_digest" of operations is not as it was prepared.',
    ],
    [
      'a column too many',
      'alter table operations add column note text',
      'The column "note" of operations is not part of the record.',
    ],
    ['a constraint that is gone', 'alter table operations drop constraint operations_outcome_check', 'is missing.'],
    [
      'a trigger that swallows entries',
      'create function swallow() returns trigger language plpgsql as $$ begin return null; end $$; create trigger a before insert on operations for each row execute function swallow()',
      'The trigger "a" of operations is not part of the record.',
    ],
    [
      'a rule that swallows checkpoints',
      'create rule r as on insert to record_checkpoints do instead nothing',
      'The rule "r" of record_checkpoints is not part of the record.',
    ],
    [
      'row security that hides entries',
      'alter table operations enable row level security',
      'The table "operations" of operations is not as it was prepared.',
    ],
    [
      'a writer that writes elsewhere',
      `create or replace function record_checkpoint(last bigint, statement text) returns void language plpgsql as $$ begin end $$`,
      'The function "record_checkpoint(last bigint, statement text)" is not as it was prepared.',
    ],
    [
      'a function that takes the place of one of PostgreSQL and changes entries on their way',
      `create function jsonb_populate_record(operations, jsonb) returns operations language sql
         as $$ select pg_catalog.jsonb_populate_record($1, $2 || '{"subject":"nobody"}') $$`,
      'The function "jsonb_populate_record(operations, jsonb)" is not part of the record.',
    ],
    [
      'a second writer of the same name',
      'create function record_append(entries text) returns record_head language sql as $$ select * from record_head $$',
      'The function "record_append(entries text)" is not part of the record.',
    ],
    [
      'everybody as a reader of one column',
      'grant select (variables) on operations to public',
      'The grant "SELECT of variables to everybody" of operations is not part of the record.',
    ],
    [
      'a writer that may take entries away',
      `grant delete on operations to ${WRITER_ROLE}`,
      `The grant "DELETE to ${WRITER_ROLE}" of operations is not part of the record.`,
    ],
    [
      'everybody as a writer',
      'grant execute on function record_append to public',
      'The grant "EXECUTE on record_append to everybody" is not part of the record.',
    ],
  ])('%s is found', async (_, sql, finding) => {
    await records.with(async (record) => {
      await record.store.append(OPERATIONS(2));
      expect(await findingsOf(record)).toEqual([]);
      await record.client.query(sql);
      expect((await findingsOf(record)).join('\n')).toContain(finding);
    });
  });

  test('of one month alone are looked at, too', () =>
    records.with(async (record) => {
      const { rows } = await record.client.query(
        "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'operations'::regclass",
      );
      const month = rows[0].name;
      await record.client.query(
        `alter table ${month} disable trigger operations_keep_rows; drop trigger operations_keep_all on ${month}`,
      );
      expect([...(await findingsOf(record))].sort()).toEqual([
        `The trigger "operations_keep_all" of ${month} is missing.`,
        `The trigger "operations_keep_rows" of ${month} is not as it was prepared.`,
      ]);
    }));

  test('are looked at in the catalogue of PostgreSQL, whatever the search path of the user finds in its place', () =>
    records.with(async (record) => {
      await record.client.query(
        `alter table operations disable trigger operations_keep_rows;
         create view pg_trigger as
           select oid, tgrelid, tgname, 'A'::"char" as tgenabled, tgisinternal from pg_catalog.pg_trigger;
         do $$ begin execute format('alter database %I set search_path = public, pg_catalog', current_database()); end $$`,
      );
      const misled = openDatabase({
        url: record.url,
        connectionsMax: 1,
        connectMs: 5_000,
        statementMs: 5_000,
        applicationName: 'yiwang-gateway',
      });
      const seen = await misled.transaction((query) => query('select distinct tgenabled from pg_trigger'));
      expect(seen).toEqual([{ tgenabled: 'A' }]);
      const { findings } = await verify({ database: misled });
      await misled.close();
      expect(findings).toContain('The trigger "operations_keep_rows" of operations is not as it was prepared.');
    }));

  test('are looked at as the user finds them: what stands in front of the record by its name is found', () =>
    records.with(async (record) => {
      await record.store.append(OPERATIONS(1));
      // The gateway writes as this role, and PostgreSQL looks for names in the schema of the role's name first.
      await record.client.query(
        `create schema ${WRITER_ROLE}; grant usage on schema ${WRITER_ROLE} to ${WRITER_ROLE};
         create function ${WRITER_ROLE}.record_append(entries jsonb) returns record_head language sql security definer
           as 'select * from public.record_head';
         create view ${WRITER_ROLE}.operations as select * from operations`,
      );
      expect((await record.store.append(OPERATIONS(1))).last).toBe(1);
      expect(await findingsOf(record)).toEqual([
        `"${WRITER_ROLE}.operations" has the name of a part of the record, and may be taken for it.`,
        `"${WRITER_ROLE}.record_append" has the name of a part of the record, and may be taken for it.`,
      ]);
    }));

  test('leave no trace of their comparison', () =>
    records.with(async (record) => {
      await verify(record);
      const { rows } = await record.client.query("select nspname from pg_namespace where nspname like 'yiwang%'");
      expect(rows).toEqual([]);
    }));
});

describe('entries', () => {
  const remove = (client: pg.Client, where: string) =>
    client.query(`alter table operations disable trigger all; delete from operations where ${where};
      alter table operations enable always trigger operations_keep_rows; alter table operations enable always trigger operations_keep_all`);

  test('that are missing at the beginning and between are found', () =>
    records.with(async (record) => {
      await record.store.append(OPERATIONS(6));
      await remove(record.client, 'id in (1, 4)');
      expect(await findingsOf(record)).toEqual([
        'The record begins with entry 2, not with entry 1.',
        'Between the entries 3 and 5 some are missing.',
      ]);
    }));

  test('that are missing at the end are found by the record’s own head', () =>
    records.with(async (record) => {
      await record.store.append(OPERATIONS(6));
      await remove(record.client, 'id > 4');
      expect(await findingsOf(record)).toEqual(['The entries 5 to 6 are missing: the record says that there were 6.']);
    }));

  test('that are missing at the end are found by a checkpoint where the head was set back, too', () =>
    records.with(async (record) => {
      const heads = startHeads(record, join(folder, 'checkpoint/head.jws'));
      heads.advance(await record.store.append(OPERATIONS(6)));
      await heads.stop();
      await remove(record.client, 'id > 4');
      await record.client.query('update record_head set last = 4');
      expect(await findingsOf(record)).toEqual(['The entries 5 to 6 are missing: a gateway signed that there were 6.']);
    }));

  test('that are missing at the end are found by the file where checkpoints were removed, too', () =>
    records.with(async (record) => {
      const file = join(folder, 'file/head.jws');
      const heads = startHeads(record, file);
      heads.advance(await record.store.append(OPERATIONS(6)));
      await heads.stop();
      await remove(record.client, 'id > 4');
      await record.client.query('update record_head set last = 4');
      await record.client.query(
        'alter table record_checkpoints disable trigger all; delete from record_checkpoints; alter table record_checkpoints enable always trigger checkpoints_keep_rows; alter table record_checkpoints enable always trigger checkpoints_keep_all',
      );
      expect(await findingsOf(record, { savedHead: await readHeadFile(file) })).toEqual([
        'The entries 5 to 6 are missing: the head that is kept here says that there were 6.',
      ]);
    }));

  test('are vouched for by known keys alone, in statements of heads alone', () =>
    records.with(async (record) => {
      const { record: id, last, recordedAt } = await record.store.append(OPERATIONS(3));
      const statement = { record: id, last, recordedAt: recordedAt.toISOString(), signedAt: new Date().toISOString() };
      await record.store.checkpoint(3, await signStatement('head', statement, key));
      expect(await findingsOf(record)).toEqual([]);
      await record.store.checkpoint(3, await signStatement('head', statement, foreign));
      await record.store.checkpoint(2, await signStatement('head', statement, key));
      const archive = { record: id, month: '2026-11', first: 1, last: 3, digest: 'd', signedAt: '' };
      await record.store.checkpoint(3, await signStatement('archive', archive, key));
      const head = await signStatement('head', { ...statement, record: 'other' }, key);
      expect(await findingsOf(record, { savedHead: head })).toEqual([
        '3 of 4 checkpoints are not what a key that is known here signed.',
        'The head that is kept here is of another record.',
      ]);
    }));
});

describe('the head of a record', () => {
  test('recordHeadMs, recordCheckpointMs: is in the file soon, in the database at first and when that time is over', () =>
    records.with(async (record) => {
      const file = join(folder, 'times/head.jws');
      const heads = startHeads(record, file);
      const countOf = async () =>
        (await record.client.query('select count(*)::int as n from record_checkpoints')).rows[0].n;
      for (let last = 1; last <= 3; last++) {
        heads.advance(await record.store.append(OPERATIONS(1)));
        while ((await lastIn(file)) !== last) await new Promise((resolve) => setTimeout(resolve, 5));
      }
      await heads.stop();
      expect(await countOf()).toBe(1);
      const often = startHeads(record, file, 0);
      for (let last = 4; last <= 5; last++) {
        often.advance(await record.store.append(OPERATIONS(1)));
        while ((await lastIn(file)) !== last) await new Promise((resolve) => setTimeout(resolve, 5));
      }
      await often.stop();
      expect(await countOf()).toBe(3);
    }));

  async function lastIn(file: string): Promise<number | undefined> {
    const text = await readHeadFile(file);
    return text === undefined
      ? undefined
      : (await createStatementVerifier({ keys: [key.publicJwk] })('head', text))?.last;
  }

  test('is compared at the start: a shorter record is told of, that of another record put aside', () =>
    records.with(async (record) => {
      const file = join(folder, 'start/head.jws');
      const heads = startHeads(record, file);
      heads.advance(await record.store.append(OPERATIONS(2)));
      await heads.stop();
      const lines: string[] = [];
      const told = pino({ level: 'warn' }, { write: (line: string) => lines.push(line) });
      await compareSavedHead({ record: record.record, last: 2 }, { key, file, log: told });
      expect(lines).toEqual([]);
      await compareSavedHead({ record: record.record, last: 1 }, { key, file, log: told });
      expect(lines.pop()).toContain('the record lost entries at its end');
      await compareSavedHead({ record: 'other', last: 9 }, { key, file, log: told });
      expect(lines.pop()).toContain('of another record');
      expect(await readHeadFile(file)).toBeUndefined();
      expect(await readHeadFile(`${file}.${record.record}`)).toBeDefined();
    }));

  test('that was put aside tells of a record that was there and is gone whole', () =>
    records.with(async (record) => {
      const file = join(folder, 'aside/head.jws');
      const heads = startHeads(record, file);
      heads.advance(await record.store.append(OPERATIONS(2)));
      await heads.stop();
      expect(await readReplacedHeads(file)).toEqual([]);
      await compareSavedHead({ record: 'other', last: 0 }, { key, file, log });
      await records.with(async (fresh) => {
        expect(await findingsOf(fresh, { replacedHeads: await readReplacedHeads(file) })).toEqual([
          `The record ${record.record} of 2 entries was here and is not in this database; move its head away if it is kept elsewhere.`,
        ]);
      });
    }));
});

describe('the gateway’s user', () => {
  test('writes under a role that can add entries and do nothing else', () =>
    records.with(async (record) => {
      await record.store.append(OPERATIONS(1));
      await record.client.query(`set role ${WRITER_ROLE}`);
      for (const sql of [
        'select * from operations',
        'insert into operations select * from operations',
        'update record_head set last = 9',
        'delete from operations',
        'alter table operations disable trigger all',
        'drop table operations',
        'select record_make_month(now())',
        'create table mine (a int)',
      ])
        await expect(record.client.query(sql)).rejects.toThrow(/permission denied|must be owner/);
      await record.client.query("select record_append('[]')");
      await record.client.query('reset role');
    }));

  test('is told of when it owns the record, and not when it is a member of the two roles alone', () =>
    records.with(async (record) => {
      const heads = startHeads(record, join(folder, 'owner/head.jws'));
      heads.advance(await record.store.append(OPERATIONS(1)));
      await heads.stop();
      expect((await verify(record)).notes.join()).toContain('who owns the record and can do more than add entries');

      const user = `gateway_${record.record.replaceAll('-', '')}`;
      await record.client.query(
        `create user ${user} password 'p'; grant ${WRITER_ROLE}, ${READER_ROLE} to ${user}; revoke create on schema public from public`,
      );
      const url = new URL(record.url);
      [url.username, url.password] = [user, 'p'];
      const database = openDatabase({
        url: url.href,
        connectionsMax: 1,
        connectMs: 5_000,
        statementMs: 5_000,
        applicationName: 'yiwang-gateway',
      });
      const { roles } = await prepareRecord(database);
      const store = createRecordStore(database, roles, digest);
      const own = createHeadWriter({ store, key, file: join(folder, 'member/head.jws'), limits: DEFAULT_LIMITS, log });
      own.advance(await store.append(OPERATIONS(1)));
      await own.stop();
      await database.close();
      const { notes, findings, entries } = await verify(record);
      expect([entries, findings]).toEqual([2, []]);
      expect(notes.join()).not.toContain('owns the record');
      await record.client.query(`drop user ${user}`);
    }));

  test('without roles writes as it is, and is given them by the next start where the server has them by then', () =>
    records.with(async (record) => {
      const grants = `revoke all on all tables in schema public from ${WRITER_ROLE}, ${READER_ROLE};
        revoke all on all functions in schema public from ${WRITER_ROLE}, ${READER_ROLE}`;
      await record.client.query(grants);
      await expect(record.store.append(OPERATIONS(1))).rejects.toThrow('permission denied');
      await createRecordStore(record.database, { writer: undefined, reader: undefined }, digest).append(OPERATIONS(1));
      expect(await findingsOf(record)).toEqual([]);
      await prepareRecord(record.database);
      expect((await record.store.append(OPERATIONS(1))).last).toBe(2);
    }));

  test('is told to have the record prepared where it may not do that itself', () =>
    records.with(async (record) => {
      await record.client.query(
        'drop table operations, record_head, record_checkpoints, record_archives; drop function record_append, record_checkpoint, record_make_month',
      );
      const user = `stranger_${record.record.replaceAll('-', '')}`;
      await record.client.query(`create user ${user} password 'p'; revoke create on schema public from public`);
      const url = new URL(record.url);
      [url.username, url.password] = [user, 'p'];
      const database = openDatabase({
        url: url.href,
        connectionsMax: 1,
        connectMs: 5_000,
        statementMs: 5_000,
        applicationName: 'yiwang-gateway',
      });
      await expect(prepareRecord(database)).rejects.toThrow('run "npx yiwang audit prepare" as its owner');
      await database.close();
      await record.client.query(`drop user ${user}`);
    }));
});
