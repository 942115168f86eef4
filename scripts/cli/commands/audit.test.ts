/** The commands of auditors, on a database of their own. */
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { keyFilesOf } from '@yiwang/gateway/config/keys.ts';
import { readOrCreateKeyPair, readOrCreateSecret } from '@yiwang/gateway/kit/crypto/key-files.ts';
import { createKeyedDigest, maskText } from '@yiwang/gateway/kit/crypto/keyed-digest.ts';
import pg from 'pg';
import { type PostgresServer, startTestPostgres } from '../../testing/postgres.ts';
import { AUDIT } from './audit.ts';

let postgres: PostgresServer;
let folder: string;
let client: pg.Client;

beforeAll(async () => {
  postgres = await startTestPostgres();
  await postgres.createDatabase('record');
  folder = await mkdtemp(join(tmpdir(), 'yiwang-audit-'));
  client = new pg.Client({ connectionString: postgres.url('record') });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

async function audit(...args: string[]) {
  const out: string[] = [];
  const error: string[] = [];
  const terminal = { out: (text: string) => out.push(text), error: (text: string) => error.push(text) };
  const code = await AUDIT.run([...args, '--data', folder, '--database', postgres.url('record')], terminal);
  return { code, out: out.join(''), error: error.join('') };
}

test('a record is prepared, archived and verified, and what is wrong with it is told', async () => {
  expect((await audit('verify')).error).toContain('There is no record in this database.');
  expect((await audit('prepare')).out).toContain('grant yiwang_record_writer, yiwang_record_reader to USER');
  await client.query(`select record_make_month('2026-01-15 12:00+08');
    insert into operations (id, recorded_at, at, request_id, platforms, row_count, outcome, codes, duration_ms, answer_digest)
      select n, '2026-01-15 12:00+08', '2026-01-15 12:00+08', 'r', '{}', 1, 'answered', '{}', 1, 'd' from generate_series(1, 700) as n;
    update record_head set last = 700, recorded_at = '2026-01-15 12:00+08'`);
  const file = join(folder, 'january.jsonl');
  await expect(audit('archive', '--before', '2026-02', '--to', file)).rejects.toThrow('There is no key');
  await readOrCreateKeyPair(keyFilesOf(folder).record);
  expect(await audit('archive', '--before', '2026-01', '--to', file)).toMatchObject({
    code: 0,
    out: 'There are no entries before 2026-01.\n',
  });
  expect(existsSync(file)).toBe(false);
  expect((await audit('archive', '--before', '2026-02', '--to', file)).out).toBe(
    `2026-01: entries 1 to 700 are in ${file}\n`,
  );
  await expect(audit('archive', '--before', '2026-02', '--to', file)).rejects.toThrow('is there already');
  const whole = await audit('verify', file);
  expect([whole.code, whole.error]).toEqual([0, '']);
  expect(whole.out).toContain('2026-01: entries 1 to 700, in an archive\n');
  expect(whole.out).toContain('The record is whole and can only grow.\n');
  expect((await audit('verify')).out).toContain('Archives whose files were not named, and not read: 2026-01.');

  await writeFile(file, (await readFile(file, 'utf8')).replace('"request_id":"r"', '"request_id":"x"'));
  const touched = await audit('verify', file);
  expect([touched.code, touched.error]).toEqual([
    1,
    `${file}: The entries of 2026-01 in the archive are not those that were signed.\n`,
  ]);
});

test('a text is masked as the record masks it, with the secret of the gateway', async () => {
  await rm(keyFilesOf(folder).recordDigest, { force: true });
  await expect(audit('digest', '张三')).rejects.toThrow('There is no secret');
  const secret = await readOrCreateSecret(keyFilesOf(folder).recordDigest, '');
  expect((await audit('digest', '张三', '李四')).out).toBe(
    `${maskText('张三', createKeyedDigest(secret))}\n${maskText('李四', createKeyedDigest(secret))}\n`,
  );
});
