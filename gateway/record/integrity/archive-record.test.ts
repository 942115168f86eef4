/** Archived months stay verifiable, and nothing leaves the database that is not in a file. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type pg from 'pg';
import { type KeyPair, readOrCreateKeyPair } from '../../kit/crypto/key-files.ts';
import { prepareRecord } from '../database/prepare-record.ts';
import { recordEntry, startTestRecords, type TestRecord, type TestRecords } from '../testing.ts';
import { archiveRecord } from './archive-record.ts';
import { createStatementVerifier, type VerifyStatement } from './signed-statement.ts';
import { verifyArchive } from './verify-archive.ts';
import { verifyRecord } from './verify-record.ts';

let records: TestRecords;
let folder: string;
let key: KeyPair;
let read: VerifyStatement;
let files = 0;

beforeAll(async () => {
  records = await startTestRecords();
  folder = await mkdtemp(join(tmpdir(), 'yiwang-archive-'));
  key = await readOrCreateKeyPair(join(folder, 'record.jwk.json'));
  read = createStatementVerifier({ keys: [key.publicJwk] });
});

afterAll(async () => {
  await records.stop();
  await rm(folder, { recursive: true, force: true });
});

const newFile = () => join(folder, `${++files}.jsonl`);
const BEFORE = '2026-03';

/** Entries 1 to 3 in January, 4 to 5 in February (by +08:00), and those that are written now. */
async function fillMonths({ client, store }: TestRecord): Promise<void> {
  const months = { '2026-01-31 23:59:59+08': 3, '2026-02-28 12:00:00+08': 2 };
  let last = 0;
  for (const [moment, count] of Object.entries(months)) {
    await client.query('select record_make_month($1::timestamptz)', [moment]);
    await client.query(
      `insert into operations select (jsonb_populate_record(null::operations, $1::jsonb || jsonb_build_object('id', n, 'recorded_at', $2::timestamptz))).*
       from generate_series($3::int, $4::int) as n`,
      [JSON.stringify(ROW), moment, last + 1, last + count],
    );
    last += count;
    await client.query('update record_head set last = $1, recorded_at = $2::timestamptz', [last, moment]);
  }
  await store.append([recordEntry(), recordEntry()]);
}

const ROW = {
  at: '2026-01-01T00:00:00Z',
  request_id: 'r',
  platforms: [],
  row_count: 0,
  outcome: 'answered',
  codes: [],
  duration_ms: 1,
  answer_digest: 'd',
};

const idsOf = async (client: pg.Client) =>
  (await client.query('select id from operations order by id')).rows.map(({ id }) => Number(id));

test('months move from the database to a signed file, and numbers continue', () =>
  records.with(async (record) => {
    await fillMonths(record);
    const file = newFile();
    const done = await archiveRecord(record.database, { before: BEFORE, file, key });
    expect(done).toMatchObject([
      { month: '2026-01', first: 1, last: 3 },
      { month: '2026-02', first: 4, last: 5 },
    ]);
    expect(await idsOf(record.client)).toEqual([6, 7]);
    const { months: archived, findings } = await verifyArchive(file, read);
    expect([archived, findings]).toEqual([done, []]);
    expect(await verifyRecord(record.database, { verifyStatement: read, archiveStatements: archived })).toMatchObject({
      entries: 2,
      findings: [],
    });
    const unread = await verifyRecord(record.database, { verifyStatement: read });
    expect(unread.findings).toEqual([]);
    expect(unread.notes).toContain('Archives whose files were not named, and not read: 2026-01, 2026-02.');
    await record.store.append([recordEntry()]);
    expect(await idsOf(record.client)).toEqual([6, 7, 8]);
  }));

test('the current month is not archived, and an existing file is not overwritten', () =>
  records.with(async (record) => {
    await fillMonths(record);
    const file = newFile();
    await expect(archiveRecord(record.database, { before: '2999-01', file, key })).rejects.toThrow('is still written');
    await writeFile(file, 'precious');
    await expect(archiveRecord(record.database, { before: BEFORE, file, key })).rejects.toThrow('EEXIST');
    expect(await readFile(file, 'utf8')).toBe('precious');
    expect(await idsOf(record.client)).toHaveLength(7);
    expect(await archiveRecord(record.database, { before: '2026-01', file: newFile(), key })).toEqual([]);
  }));

test('a month with a gap is not archived', () =>
  records.with(async (record) => {
    await fillMonths(record);
    await record.client.query(`alter table operations disable trigger all; delete from operations where id = 2;
      alter table operations enable always trigger operations_keep_rows; alter table operations enable always trigger operations_keep_all`);
    await expect(archiveRecord(record.database, { before: BEFORE, file: newFile(), key })).rejects.toThrow(
      'Entries of 2026-01 are missing',
    );
    expect(await idsOf(record.client)).toHaveLength(6);
  }));

test('the audit finds an archive that was changed, cut, signed by another key, or is unknown to the record', () =>
  records.with(async (record) => {
    await fillMonths(record);
    const file = newFile();
    await archiveRecord(record.database, { before: BEFORE, file, key });
    const text = await readFile(file, 'utf8');
    const findingsOf = async (changed: string, reader = read) => {
      const copy = newFile();
      await writeFile(copy, changed);
      return (await verifyArchive(copy, reader)).findings;
    };
    expect(await findingsOf(text.replace('"duration_ms":1', '"duration_ms":2'))).toEqual([
      'The entries of 2026-01 in the archive are not those that were signed.',
    ]);
    expect(
      await findingsOf(
        text
          .split('\n')
          .filter((_, line) => line !== 2)
          .join('\n'),
      ),
    ).toEqual(['The entries of 2026-01 in the archive are not those that were signed.']);
    expect(await findingsOf(text.slice(0, text.lastIndexOf('{"statement"')))).toEqual([
      'The archive of 2026-02 breaks off.',
    ]);
    expect(await findingsOf('nonsense\n')).toEqual(['A line of the archive is not of its form: nonsense']);
    const foreign = await readOrCreateKeyPair(join(folder, 'foreign.jwk.json'));
    expect(await findingsOf(text, createStatementVerifier({ keys: [foreign.publicJwk] }))).toEqual([
      'The archive of 2026-01 is not signed by a key that is known here.',
      'The archive of 2026-02 is not signed by a key that is known here.',
    ]);
    const { months } = await verifyArchive(file, read);
    const archived = [{ ...months[0]!, digest: 'other' }, months[1]!, { ...months[1]!, month: '2025-12' }];
    expect(
      (await verifyRecord(record.database, { verifyStatement: read, archiveStatements: archived })).findings,
    ).toEqual(['The file of 2026-01 is not the archive that was made.', 'The record knows of no archive of 2025-12.']);
    await record.client.query(
      'alter table record_archives disable trigger all; delete from record_archives where first = 1; alter table record_archives enable always trigger archives_keep_rows; alter table record_archives enable always trigger archives_keep_all',
    );
    expect((await verifyRecord(record.database, { verifyStatement: read })).findings).toEqual([
      'Before the archive of 2026-02, entries from 1 on are missing.',
    ]);
  }));

test('a record of version 1 is migrated month by month with its numbers', async () => {
  const first = `
    create table operations (id bigint primary key, at timestamptz not null, request_id text not null, subject text, tier text,
      division text collate "C", department text collate "C", audience text, purpose text, matter text, rights_fingerprint text,
      operation_name text, operation_hash text, operation_text text, variables jsonb, fields jsonb, platforms text[] not null,
      row_count integer not null, outcome text not null, codes text[] not null, duration_ms integer not null, answer_digest text not null);
    create index operations_at on operations (at);
    create function operations_are_final() returns trigger language plpgsql as $$ begin raise exception 'can only grow'; end $$;
    create trigger operations_keep_rows before update or delete on operations for each row execute function operations_are_final();
    insert into operations (id, at, request_id, subject, platforms, row_count, outcome, codes, duration_ms, answer_digest) values
      (1, '2026-09-30 23:00+08', 'a', 'wuhan', '{}', 1, 'answered', '{}', 1, 'd'),
      (2, '2026-10-01 01:00+08', 'b', 'hubei', '{}', 1, 'answered', '{}', 1, 'd'),
      (3, '2026-09-30 23:59+08', 'c', null, '{}', 1, 'refused', '{TOO_COSTLY}', 1, 'd')`;
  await records.with(
    async ({ client, store, database }) => {
      await store.append([recordEntry({ requestId: 'd' })]);
      const { rows } = await client.query(
        "select id, request_id, replace(tableoid::regclass::text, 'operations_', '') as month from operations order by id",
      );
      expect(rows.slice(0, 3)).toEqual([
        { id: '1', request_id: 'a', month: '2026_09' },
        { id: '2', request_id: 'b', month: '2026_10' },
        { id: '3', request_id: 'c', month: '2026_10' },
      ]);
      expect(rows[3]).toMatchObject({ id: '4', request_id: 'd' });
      expect(await verifyRecord(database, { verifyStatement: read })).toMatchObject({ entries: 4, findings: [] });
      await prepareRecord(database);
      expect(await idsOf(client)).toEqual([1, 2, 3, 4]);
    },
    (client) => client.query(first),
  );
});
