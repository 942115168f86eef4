/** Under which roles the record is written. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { openDatabase } from '../../kit/postgres/database.ts';
import { entries, type IntegrityTests, startIntegrityTests } from '../integrity/testing.ts';
import { digest } from '../testing.ts';
import { prepareRecord, READER_ROLE, WRITER_ROLE } from './prepare-record.ts';
import { createRecordStore } from './record-store.ts';

let tests: IntegrityTests;

beforeAll(async () => {
  tests = await startIntegrityTests();
});

afterAll(() => tests.stop());

describe('the user of the gateway', () => {
  test('the user writes under a role that can add entries and nothing else', () =>
    tests.records.with(async (record) => {
      await record.store.append(entries(1));
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

  test('the audit notes a user that owns the record, and not a member of the two roles', () =>
    tests.records.with(async (record) => {
      const heads = tests.startHeads(record, join(tests.folder, 'owner/head.jws'));
      heads.advance(await record.store.append(entries(1)));
      await heads.stop();
      expect((await tests.verify(record)).notes.join()).toContain(
        'who owns the record and can do more than add entries',
      );

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
      const own = tests.startHeads({ store }, join(tests.folder, 'member/head.jws'));
      own.advance(await store.append(entries(1)));
      await own.stop();
      await database.close();
      const report = await tests.verify(record);
      expect([report.entries, report.findings]).toEqual([2, []]);
      expect(report.notes.join()).not.toContain('owns the record');
      await record.client.query(`drop user ${user}`);
    }));

  test('a user without roles writes as itself, and the next start grants the roles if the server has them', () =>
    tests.records.with(async (record) => {
      const grants = `revoke all on all tables in schema public from ${WRITER_ROLE}, ${READER_ROLE};
        revoke all on all functions in schema public from ${WRITER_ROLE}, ${READER_ROLE}`;
      await record.client.query(grants);
      await expect(record.store.append(entries(1))).rejects.toThrow('permission denied');
      await createRecordStore(record.database, { writer: undefined, reader: undefined }, digest).append(entries(1));
      expect(await tests.findingsOf(record)).toEqual([]);
      await prepareRecord(record.database);
      expect((await record.store.append(entries(1))).last).toBe(2);
    }));

  test('the start says how to prepare the record if its user may not', () =>
    tests.records.with(async (record) => {
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
