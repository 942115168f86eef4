import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startTestPostgres } from '@yiwang/scripts/testing/postgres.ts';
import pg from 'pg';
import { type MigrationSource, migrate } from './migrate.ts';

let server: Awaited<ReturnType<typeof startTestPostgres>>;
let folder: string;
let url: string;
let count = 0;

beforeAll(async () => {
  server = await startTestPostgres();
});

afterAll(() => server.stop());

beforeEach(async () => {
  const name = `migrations_${count++}`;
  await server.createDatabase(name);
  url = server.url(name);
  folder = await mkdtemp(join(tmpdir(), 'yiwang-migrations-'));
});

afterEach(() => rm(folder, { recursive: true }));

async function createModule(files: Readonly<Record<string, string>>): Promise<MigrationSource> {
  await Promise.all(Object.entries(files).map(([name, sql]) => writeFile(join(folder, name), sql)));
  // Without the slash at its end, as a module may well give it.
  return { name: 'toy', migrations: pathToFileURL(folder) };
}

async function query<Row extends object>(sql: string, options = ''): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url, options });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe('migrations', () => {
  test('migrations are applied once each, in the order of their names, the kit first', async () => {
    const module = await createModule({
      '0002-more.sql': 'alter table toys add colour text',
      '0001-toys.sql': 'create table toys (id text)',
      'notes.txt': 'not a migration',
    });
    expect(await migrate(url, [module])).toEqual([
      'platform/0001-division.sql',
      'platform/0002-reference.sql',
      'platform/0003-open-rows.sql',
      'platform/0004-intake.sql',
      'toy/0001-toys.sql',
      'toy/0002-more.sql',
    ]);
    expect(await migrate(url, [module])).toEqual([]);
    await writeFile(join(folder, '0003-last.sql'), 'alter table toys add size int');
    expect(await migrate(url, [module])).toEqual(['toy/0003-last.sql']);
  });

  test('migrations renew the version of the reference data if one is applied, and only there', async () => {
    const version = async () => (await query<{ version: string }>('select version from reference_state'))[0]?.version;
    const module = await createModule({ '0001-toys.sql': 'create table toys (id text)' });
    await migrate(url, [module]);
    const before = await version();
    await migrate(url, [module]);
    expect(await version()).toBe(before);
    await writeFile(join(folder, '0002-more.sql'), "alter table toys alter id type text using id || '!'");
    await migrate(url, [module]);
    expect(await version()).not.toBe(before);
  });

  test('migrations started by several servers at once are applied by one', async () => {
    const module = await createModule({ '0001-toys.sql': 'create table toys (id text)' });
    const applied = await Promise.all([1, 2, 3, 4].map(() => migrate(url, [module])));
    expect(applied.flat().filter((id) => id.startsWith('toy/'))).toEqual(['toy/0001-toys.sql']);
  });

  test('migrations that were changed after they were applied stop the start', async () => {
    const module = await createModule({ '0001-toys.sql': 'create table toys (id text)' });
    await migrate(url, [module]);
    await writeFile(join(folder, '0001-toys.sql'), 'create table toys (id text, name text)');
    await expect(migrate(url, [module])).rejects.toThrow('toy/0001-toys.sql was changed after it was applied');
  });

  test('migrations that were renamed and kept their text are not applied again', async () => {
    const module = await createModule({
      '001_toys.sql': 'create table toys (id text)',
      '002_more.sql': 'alter table toys add colour text',
    });
    await migrate(url, [module]);
    await rename(join(folder, '001_toys.sql'), join(folder, '0001-toys.sql'));
    await rename(join(folder, '002_more.sql'), join(folder, '0002-more.sql'));
    expect(await migrate(url, [module])).toEqual([]);
    expect(await query("select id from applied_migrations where id like 'toy/%' order by id")).toEqual([
      { id: 'toy/0001-toys.sql' },
      { id: 'toy/0002-more.sql' },
    ]);
    await writeFile(join(folder, '0001-toys.sql'), 'create table toys (id text, name text)');
    await expect(migrate(url, [module])).rejects.toThrow('toy/0001-toys.sql was changed after it was applied');
  });

  test('migrations that fail are rolled back, and those before them stay', async () => {
    const module = await createModule({
      '0001-toys.sql': 'create table toys (id text)',
      '0002-broken.sql': 'create table half (id text); select nonsense',
    });
    await expect(migrate(url, [module])).rejects.toThrow(
      'toy/0002-broken.sql failed: column "nonsense" does not exist',
    );
    expect(await query("select to_regclass('toys') is null as toys, to_regclass('half') is null as half")).toEqual([
      { toys: false, half: true },
    ]);
  });

  test('migrations that cannot be recorded as applied are rolled back', async () => {
    const module = await createModule({
      '0001-toys.sql': 'create table toys (id text); alter table applied_migrations rename to hidden',
    });
    await expect(migrate(url, [module])).rejects.toThrow('toy/0001-toys.sql failed');
    expect(await query("select to_regclass('toys') is null as toys")).toEqual([{ toys: true }]);
  });

  test.each<[string, string]>([
    ['a table with a division and no guard', 'create table toys (id text, division text)'],
    ['a view that shows rows as its owner sees them', 'create view toys as select 1 as id'],
    ['a materialised view', 'create materialized view toys as select 1 as id'],
  ])('migrations with %s stop the start', async (_what, sql) => {
    const module = await createModule({ '0001-toys.sql': sql });
    await expect(migrate(url, [module])).rejects.toThrow("Not narrowed to the caller's scope: toys");
  });

  test('migrations may publish a table, and create views with the rights of the caller', async () => {
    const module = await createModule({
      '0001-toys.sql': `create table toys (id text, division text); select guard('toys');
        create table open_toys (id text, division text); select publish('open_toys');
        create view seen with (security_invoker = true) as select * from toys;
        insert into toys values ('a', '420106'); insert into open_toys values ('b', '110101');`,
    });
    await migrate(url, [module]);
    const seen = 'select (select count(*)::int from seen) as seen, (select count(*)::int from open_toys) as open';
    expect(await query(seen, '-c role=yiwang_platform')).toEqual([{ seen: 0, open: 1 }]);
    const scope = '-c role=yiwang_platform -c yiwang.low=4201 -c yiwang.high=4202';
    expect(await query(seen, scope)).toEqual([{ seen: 1, open: 1 }]);
  });
});
