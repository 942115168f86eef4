/** What the audit finds if tables, guards, functions or grants of the record were changed. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openDatabase } from '../../kit/postgres/database.ts';
import { WRITER_ROLE } from '../database/prepare-record.ts';
import { entries, type IntegrityTests, startIntegrityTests } from './testing.ts';

let tests: IntegrityTests;

beforeAll(async () => {
  tests = await startIntegrityTests();
});

afterAll(() => tests.stop());

describe('guards of the record', () => {
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
  ])('the audit finds %s', async (_, sql, finding) => {
    await tests.records.with(async (record) => {
      await record.store.append(entries(2));
      expect(await tests.findingsOf(record)).toEqual([]);
      await record.client.query(sql);
      expect((await tests.findingsOf(record)).join('\n')).toContain(finding);
    });
  });

  test('the audit compares the guards of every month', () =>
    tests.records.with(async (record) => {
      const { rows } = await record.client.query(
        "select inhrelid::regclass::text as name from pg_inherits where inhparent = 'operations'::regclass",
      );
      const month = rows[0].name;
      await record.client.query(
        `alter table ${month} disable trigger operations_keep_rows; drop trigger operations_keep_all on ${month}`,
      );
      expect([...(await tests.findingsOf(record))].sort()).toEqual([
        `The trigger "operations_keep_all" of ${month} is missing.`,
        `The trigger "operations_keep_rows" of ${month} is not as it was prepared.`,
      ]);
    }));

  test('the audit reads the catalogue of PostgreSQL, even if the search path of the user finds views in its place', () =>
    tests.records.with(async (record) => {
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
      const { findings } = await tests.verify({ database: misled });
      await misled.close();
      expect(findings).toContain('The trigger "operations_keep_rows" of operations is not as it was prepared.');
    }));

  test('the audit finds objects that shadow the record in the search path of its user', () =>
    tests.records.with(async (record) => {
      await record.store.append(entries(1));
      // The gateway writes as this role, and PostgreSQL looks for names in the schema of the role's name first.
      await record.client.query(
        `create schema ${WRITER_ROLE}; grant usage on schema ${WRITER_ROLE} to ${WRITER_ROLE};
         create function ${WRITER_ROLE}.record_append(entries jsonb) returns record_head language sql security definer
           as 'select * from public.record_head';
         create view ${WRITER_ROLE}.operations as select * from operations`,
      );
      expect((await record.store.append(entries(1))).last).toBe(1);
      expect(await tests.findingsOf(record)).toEqual([
        `"${WRITER_ROLE}.operations" has the name of a part of the record, and may be taken for it.`,
        `"${WRITER_ROLE}.record_append" has the name of a part of the record, and may be taken for it.`,
      ]);
    }));

  test('the comparison leaves no schema behind', () =>
    tests.records.with(async (record) => {
      await tests.verify(record);
      const { rows } = await record.client.query("select nspname from pg_namespace where nspname like 'yiwang%'");
      expect(rows).toEqual([]);
    }));
});
