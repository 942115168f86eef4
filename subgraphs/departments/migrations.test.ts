import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { municipal } from '@yiwang/municipal';
import { migrate } from '@yiwang/platform/database/migrate.ts';
import { startTestPostgres } from '@yiwang/scripts/testing/postgres.ts';
import { supervision } from '@yiwang/supervision';
import pg from 'pg';
import { departments } from './module.ts';

let server: Awaited<ReturnType<typeof startTestPostgres>>;
let folder: string;
beforeAll(async () => {
  server = await startTestPostgres();
  folder = await mkdtemp(join(tmpdir(), 'yiwang-departments-'));
});
afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

async function ask<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

/** The municipal module as it was before departments had a module of their own. */
async function firstMunicipalMigrations(): Promise<URL> {
  const all = (await readdir(municipal.migrations)).sort();
  for (const name of all.slice(0, 3)) await cp(new URL(name, municipal.migrations), join(folder, name));
  return pathToFileURL(`${folder}/`);
}

test('departments that a city platform holds are kept, with the division that is stored and the tier that follows from it', async () => {
  await server.createDatabase('old_city');
  const url = server.url('old_city');
  await migrate(url, [{ name: 'municipal', migrations: await firstMunicipalMigrations() }, supervision]);
  const codes = ['114201060106000261', '114201000100011972', '114290040106000261'];
  const rows = codes.map((code) => `('${code}', substr('${code}', 3, 6), 'office')`).join();
  await ask(url, `insert into departments values ${rows}`);
  await ask(url, "insert into duties values ('420106-DU-1', '420106', '114201060106000261', 'TASK', 't', null, true)");
  const wrong = ask(url, "insert into departments values ('11100000000013338W', '420100', 'bureau')");
  await expect(wrong).rejects.toThrow('departments_check');

  await migrate(url, [municipal, supervision, departments]);
  expect(await ask(url, 'select code, division, name, serves, tier, parent from departments order by code')).toEqual([
    { code: codes[1], division: '420100', name: 'office', serves: ['420100'], tier: 'MUNICIPAL', parent: null },
    { code: codes[0], division: '420106', name: 'office', serves: ['420106'], tier: 'DISTRICT', parent: null },
    { code: codes[2], division: '429004', name: 'office', serves: ['429004'], tier: 'MUNICIPAL', parent: null },
  ]);
  expect(await ask(url, 'select id, category from duties')).toEqual([{ id: '420106-DU-1', category: null }]);
  await ask(
    url,
    `insert into departments (code, division, name, serves, tier)
     values ('11100000000013338W', '420100', 'bureau', '{420100}', 'MUNICIPAL')`,
  );
  expect(await migrate(url, [municipal, supervision, departments])).toEqual([]);
});

test('a platform of an upper tier gets the tables, with the same guards as a city', async () => {
  const policies = async (name: string) => {
    const sql = `select tablename as table, policyname as policy, qual from pg_policies
      where tablename in ('departments', 'duties') order by 1, 2`;
    return ask(server.url(name), sql);
  };
  for (const name of ['upper', 'city']) await server.createDatabase(name);
  await migrate(server.url('upper'), [departments]);
  await migrate(server.url('city'), [municipal, supervision, departments]);
  expect(await policies('upper')).toEqual(await policies('city'));
  expect(await policies('upper')).toHaveLength(4);
});

test('a department that ended has a day on which it ended, and none succeeds itself', async () => {
  await server.createDatabase('rules');
  const url = server.url('rules');
  await migrate(url, [departments]);
  const insert = (columns: string, values: string) =>
    ask(
      url,
      `insert into departments (code, division, name, serves, tier, ${columns})
       values ('11100000000013338W', '100000', 'x', '{100000}', 'NATIONAL', ${values})`,
    );
  await expect(insert('successor', "'114201060106000261'")).rejects.toThrow('check constraint');
  await expect(insert('parent', "'11100000000013338W'")).rejects.toThrow('check constraint');
  await expect(insert('valid_from, valid_to', "'2026-01-02', '2026-01-02'")).rejects.toThrow('check constraint');
  await insert('valid_to, successor', "'2026-01-02', '114201060106000261'");
});
