import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { DIVISION_LEVELS, divisionAt, divisions } from '@yiwang/schema';
import { startTestPostgres } from '@yiwang/scripts/testing/postgres.ts';
import pg from 'pg';
import { migrate } from './migrate.ts';

let server: Awaited<ReturnType<typeof startTestPostgres>>;
let client: pg.Client;

beforeAll(async () => {
  server = await startTestPostgres();
  await server.createDatabase('divisions');
  await migrate(server.url('divisions'), []);
  client = new pg.Client({ connectionString: server.url('divisions') });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await server.stop();
});

test('the database counts every division of the table under the same unit as the standard does', async () => {
  const codes = divisions()
    .all()
    .flatMap(({ code }) => (code.length === 9 ? [code, `${code}001`] : [code]));
  expect(codes.length).toBeGreaterThan(80_000);
  for (const level of DIVISION_LEVELS) {
    const { rows } = await client.query<{ code: string; unit: string | null }>(
      'select code, division_at(code, $2) as unit from unnest($1::text[]) code',
      [codes, level],
    );
    const wrong = rows.filter(({ code, unit }) => unit !== divisionAt(code, level));
    expect({ level, wrong: wrong.slice(0, 5) }).toEqual({ level, wrong: [] });
  }
});

test('a constant level leaves one expression, and no call for each row', async () => {
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(
    `explain (verbose) select division_at(code, 'CITY') from unnest(array['420106']) code`,
  );
  const plan = rows.map((row) => row['QUERY PLAN']).join('\n');
  expect(plan).toContain('CASE WHEN');
  expect(plan).not.toContain('division_at');
});
