/** What becomes of requests and topics that municipal platforms held before there were hotlines. */
import { readFileSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { migrate } from '@yiwang/platform';
import { migrateFrom } from '@yiwang/scripts/testing/migration.ts';
import { type PostgresServer, startTestPostgres } from '@yiwang/scripts/testing/postgres.ts';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { municipal } from '../municipal/module.ts';
import { hotline } from './module.ts';

/** Rows as a municipal platform stored them. */
const ROWS = `
  insert into requests (id, division, kind, category, status, title, received_at, closed_at) values
    ('110102020001-R-000001', '110102020001', 'HELP', '4010101', 'RECEIVED', 'open', '2026-09-01', null),
    ('110102020001-R-000002', '110102020001', 'HELP', '4010101', 'CLOSED', 'closed', '2026-09-01', '2026-09-03');
  insert into request_stages (request_id, seq, division, action, at) values
    ('110102020001-R-000001', 1, '110102020001', 'RECEIVE', '2026-09-01');
  insert into monthly_topics (id, division, month, title, category) values
    ('110000-T-0001', '110000', '2026-09', 'parking', '40401');
  insert into monthly_topic_categories values ('110000-T-0001', '110000', '40401');`;
const TABLES = ['requests', 'request_stages', 'monthly_topics', 'monthly_topic_categories'] as const;
const COUNTS = { requests: 2, request_stages: 1, monthly_topics: 1, monthly_topic_categories: 1 };

const GUIDE = readFileSync(new URL('../../docs/operating.md', import.meta.url), 'utf8');

/** A statement of the guide, with the values of its shell variables. */
function guide(pattern: RegExp, table: string, columns = ''): string {
  const statement = pattern.exec(GUIDE.slice(GUIDE.indexOf('### Requests of earlier versions')))?.[1];
  if (statement === undefined) throw new Error('the guide lacks a statement');
  return statement.replaceAll('$table', table).replaceAll('$columns', columns);
}

let server: PostgresServer;
const clients: pg.Client[] = [];

beforeAll(async () => {
  server = await startTestPostgres();
});

afterAll(async () => {
  await Promise.all(clients.map((client) => client.end()));
  await server.stop();
});

const earlier = async (name: string, added: readonly (typeof hotline)[]): Promise<pg.Client> => {
  await server.createDatabase(name);
  const client = await migrateFrom({ url: server.url(name), modules: [municipal], added, until: '0003', rows: ROWS });
  clients.push(client);
  return client;
};

const fresh = async (name: string, modules: readonly { name: string; migrations: URL }[]): Promise<pg.Client> => {
  await server.createDatabase(name);
  await migrate(server.url(name), modules);
  const client = new pg.Client({ connectionString: server.url(name) });
  await client.connect();
  clients.push(client);
  return client;
};

async function countsIn(client: pg.Client, schema: string): Promise<Record<string, number>> {
  const counts = TABLES.map((table) => `(select count(*)::int from ${schema}.${table}) as ${table}`);
  return (await client.query(`select ${counts.join(', ')}`)).rows[0];
}

const kept = async (client: pg.Client): Promise<string | null> =>
  (await client.query("select to_regnamespace('municipal_hotline')::text as name")).rows[0].name;

describe('on the database of a city', () => {
  test('the rows become those of the hotline, and nothing stays behind', async () => {
    const city = await earlier('city', [hotline]);
    expect(await countsIn(city, 'public')).toEqual(COUNTS);
    expect(await kept(city)).toBeNull();
  });

  test('tables, indexes, checks and guards are those of a hotline that was set up anew', async () => {
    const shapes = [];
    for (const client of [
      await earlier('city_shape', [hotline]),
      await fresh('anew', [hotline]),
      await fresh('both', [municipal, hotline]),
    ]) {
      shapes.push((await client.query(SHAPE, [TABLES])).rows.map(({ part }) => part));
    }
    const [taken, anew, both] = shapes;
    expect(anew?.length).toBeGreaterThan(60);
    expect(taken).toEqual(anew);
    expect(both).toEqual(anew);
  });
});

describe('on the database of a district', () => {
  test('the rows stay whole where no query of a caller reaches them, until they were moved', async () => {
    const district = await earlier('district', []);
    expect(await countsIn(district, 'municipal_hotline')).toEqual(COUNTS);
    await district.query('set role yiwang_platform');
    await expect(district.query('select from municipal_hotline.requests')).rejects.toThrow(/permission denied/);
    await district.query('reset role');
  });

  test('the statements of the operating guide move them to the city, once', async () => {
    const [district, city] = [await earlier('moved_from', []), await fresh('moved_to', [hotline])];
    const move = async (table: string) => {
      const columns = (await district.query(guide(/-Atc "(select string_agg.*?)"/s, table))).rows[0].string_agg;
      const from = district.query(copyTo(guide(/-c "(copy municipal_hotline\..*?)"/, table, columns)));
      await pipeline(from, city.query(copyFrom(guide(/-c "(copy \$table .*?)"/, table, columns))));
    };
    for (const table of ['requests', 'request_stages']) await move(table);
    expect(await countsIn(city, 'public')).toMatchObject({ requests: 2, request_stages: 1 });
    await expect(move('requests')).rejects.toThrow(/duplicate key/);
    const read = async (client: pg.Client, table: string) =>
      (await client.query(`select to_jsonb(t) as row from ${table} t order by 1`)).rows;
    expect(await read(city, 'requests')).toMatchObject(await read(district, 'municipal_hotline.requests'));
  });

  test('a hotline of the district itself can serve them until then, from the same database', async () => {
    const district = await earlier('interim', []);
    await migrate(server.url('interim'), [hotline]);
    expect(await countsIn(district, 'public')).toEqual(COUNTS);
    expect(await kept(district)).toBeNull();
  });

  test('nothing stays of tables without rows', async () => {
    const district = await fresh('empty', [municipal]);
    expect(await kept(district)).toBeNull();
    expect((await district.query("select to_regclass('requests') as name")).rows).toEqual([{ name: null }]);
  });
});

/** Columns, constraints, indexes and policies of tables, in words. */
const SHAPE = `
  select format('%s.%s %s %s %s %s', table_name, column_name, data_type, is_nullable, column_default, generation_expression) as part
    from information_schema.columns where table_schema = 'public' and table_name = any ($1)
  union all select format('%s %s', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint where conrelid::regclass::text = any ($1)
  union all select indexdef from pg_indexes where schemaname = 'public' and tablename = any ($1)
  union all select format('%s %s %s %s %s %s', tablename, policyname, permissive, roles, cmd, qual) from pg_policies where tablename = any ($1)
  union all select format('%s %s', relname, relrowsecurity) from pg_class where relname = any ($1)
  union all select format('%s %s', c.relname, obj_description(c.oid)) from pg_class c where relname = any ($1) and relkind = 'r'
  order by 1`;
