import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestPostgres } from '@yiwang/scripts/testing/postgres.ts';
import type { PostgresServer } from '@yiwang/scripts/tools/postgres/index.ts';
import pg from 'pg';
import { copyRows } from './copy-rows.ts';

let server: PostgresServer;
let client: pg.Client;

beforeAll(async () => {
  server = await startTestPostgres();
  await server.createDatabase('copy');
  client = new pg.Client({ connectionString: server.url('copy') });
  await client.connect();
  await client.query('create table things (id int, text text, yes boolean, list text[])');
});
afterAll(async () => {
  await client.end();
  await server.stop();
});

const COLUMNS = ['id', 'text', 'yes', 'list'] as const;

test('every copied value reads back unchanged', async () => {
  const texts = [
    'plain 一网',
    'tab\there',
    'line\nline\r\n',
    'back\\slash',
    '\\N',
    '\\.',
    '',
    '"quoted", {braced}',
    null,
  ];
  const rows = texts.map((text, id) => ({ id, text, yes: id % 2 === 0, list: text === null ? [] : [text, 'b'] }));
  expect(await copyRows(client, { table: 'things', columns: COLUMNS }, rows)).toBe(rows.length);
  expect((await client.query('select * from things order by id')).rows).toEqual(rows);
});

test('a copy of more rows than one chunk of the stream is complete', async () => {
  await client.query('truncate things');
  const long = 'x'.repeat(1000);
  const rows = Array.from({ length: 5000 }, (_, id) => ({ id, text: long, yes: null, list: null }));
  await copyRows(client, { table: 'things', columns: COLUMNS }, rows);
  const { rows: found } = await client.query('select count(*)::int as n, sum(length(text))::int as length from things');
  expect(found).toEqual([{ n: 5000, length: 5_000_000 }]);
});

test('a row that the table refuses fails the copy and leaves the connection usable', async () => {
  const rows = Array.from({ length: 3000 }, () => ({ id: 'no number', text: 'x'.repeat(1000), yes: true, list: [] }));
  await expect(copyRows(client, { table: 'things', columns: COLUMNS }, rows)).rejects.toThrow(/invalid input syntax/);
  expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
});

test.each([0, 3000])('rows that fail after %s of them fail the copy and leave the connection usable', async (count) => {
  function* failing() {
    for (let id = 0; id < count; id++) yield { id, text: 'x'.repeat(1000), yes: true, list: [] };
    throw new Error('no more rows');
  }
  await client.query('truncate things');
  await expect(copyRows(client, { table: 'things', columns: COLUMNS }, failing())).rejects.toThrow('no more rows');
  expect((await client.query('select count(*)::int as n from things')).rows).toEqual([{ n: 0 }]);
});
