/** What the audit finds if entries were removed, and that it finds nothing if none were. */
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { readOrCreateKeyPair } from '../../kit/crypto/key-files.ts';
import { readHeadFile } from './signed-head.ts';
import { signStatement } from './signed-statement.ts';
import { entries, type IntegrityTests, startIntegrityTests } from './testing.ts';

let tests: IntegrityTests;

beforeAll(async () => {
  tests = await startIntegrityTests();
});

afterAll(() => tests.stop());

describe('entries of the record', () => {
  const remove = (client: pg.Client, where: string) =>
    client.query(`alter table operations disable trigger all; delete from operations where ${where};
      alter table operations enable always trigger operations_keep_rows; alter table operations enable always trigger operations_keep_all`);

  test('the audit finds entries that are missing at the beginning and in between', () =>
    tests.records.with(async (record) => {
      await record.store.append(entries(6));
      await remove(record.client, 'id in (1, 4)');
      expect(await tests.findingsOf(record)).toEqual([
        'The record begins with entry 2, not with entry 1.',
        'Between the entries 3 and 5 some are missing.',
      ]);
    }));

  test('the head in the database shows that entries are missing at the end', () =>
    tests.records.with(async (record) => {
      await record.store.append(entries(6));
      await remove(record.client, 'id > 4');
      expect(await tests.findingsOf(record)).toEqual([
        'The entries 5 to 6 are missing: the record says that there were 6.',
      ]);
    }));

  test('a checkpoint shows that entries are missing at the end, even if the head was set back', () =>
    tests.records.with(async (record) => {
      const heads = tests.startHeads(record, join(tests.folder, 'checkpoint/head.jws'));
      heads.advance(await record.store.append(entries(6)));
      await heads.stop();
      await remove(record.client, 'id > 4');
      await record.client.query('update record_head set last = 4');
      expect(await tests.findingsOf(record)).toEqual([
        'The entries 5 to 6 are missing: a gateway signed that there were 6.',
      ]);
    }));

  test('the saved head shows that entries are missing at the end, even if checkpoints were removed', () =>
    tests.records.with(async (record) => {
      const file = join(tests.folder, 'file/head.jws');
      const heads = tests.startHeads(record, file);
      heads.advance(await record.store.append(entries(6)));
      await heads.stop();
      await remove(record.client, 'id > 4');
      await record.client.query('update record_head set last = 4');
      await record.client.query(
        'alter table record_checkpoints disable trigger all; delete from record_checkpoints; alter table record_checkpoints enable always trigger checkpoints_keep_rows; alter table record_checkpoints enable always trigger checkpoints_keep_all',
      );
      expect(await tests.findingsOf(record, { savedHead: await readHeadFile(file) })).toEqual([
        'The entries 5 to 6 are missing: the head that is kept here says that there were 6.',
      ]);
    }));

  test('the audit accepts only head statements that a known key signed', () =>
    tests.records.with(async (record) => {
      const foreign = await readOrCreateKeyPair(join(tests.folder, 'foreign.jwk.json'));
      const { record: id, last, recordedAt } = await record.store.append(entries(3));
      const statement = { record: id, last, recordedAt: recordedAt.toISOString(), signedAt: new Date().toISOString() };
      await record.store.checkpoint(3, await signStatement('head', statement, tests.key));
      expect(await tests.findingsOf(record)).toEqual([]);
      await record.store.checkpoint(3, await signStatement('head', statement, foreign));
      await record.store.checkpoint(2, await signStatement('head', statement, tests.key));
      const archive = { record: id, month: '2026-11', first: 1, last: 3, digest: 'd', signedAt: '' };
      await record.store.checkpoint(3, await signStatement('archive', archive, tests.key));
      const head = await signStatement('head', { ...statement, record: 'other' }, tests.key);
      expect(await tests.findingsOf(record, { savedHead: head })).toEqual([
        '3 of 4 checkpoints are not what a key that is known here signed.',
        'The head that is kept here is of another record.',
      ]);
    }));
});
