import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { boundsOf, containsDivision, type Region, regionOf, subtract, union } from '@yiwang/schema';
import { startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import fc from 'fast-check';
import pg from 'pg';
import { notes } from '../fixtures/notes/module.ts';

/** 240,000 notes in 260 streets of four cities; enough that a wrong plan shows. */
const SEED = `
  insert into note (id, division, title, written_at)
  select division || '-N-' || i, division, 'note', timestamptz '2025-01-01' + i * 7919 % 50000000 * interval '1 second'
  from (
    select i, (case i % 4 when 0 then '4201' when 1 then '4205' when 2 then '1101' else '4403' end)
      || lpad((i / 4 % 13 + 1)::text, 2, '0') || lpad((i / 52 % 20 + 1)::text, 3, '0') as division
    from generate_series(1, 240000) i
  ) x;
  analyze note`;
const NEWEST = 'select id from note order by written_at desc nulls last, division, id limit 51';
const HOLES = subtract(regionOf('420100'), union(regionOf('420103'), regionOf('420105')));

let platform: TestPlatform;
let client: pg.Client;

beforeAll(async () => {
  platform = await startTestPlatform({ modules: [notes], limits: { connectionsMax: 2 } });
  await platform.seed(SEED);
  client = new pg.Client({ connectionString: platform.ownerUrl, options: '-c role=yiwang_platform' });
  await client.connect();
});

afterAll(async () => {
  await client.end();
  await platform.close();
});

async function takeScope(region: Region): Promise<void> {
  const bounds = boundsOf(region);
  await client.query(
    `select set_config('yiwang.low', $1, false), set_config('yiwang.high', $2, false), set_config('yiwang.bounds', $3, false)`,
    [bounds[0], bounds.at(-1), bounds.length > 2 ? bounds.join() : ''],
  );
}

async function planOf(sql: string): Promise<string> {
  const { rows } = await client.query<{ 'QUERY PLAN': string }>(`explain (analyze, timing off, buffers off) ${sql}`);
  return rows.map((row) => row['QUERY PLAN']).join('\n');
}

async function countAll(): Promise<number> {
  const { rows } = await client.query<{ count: number }>('select count(*)::int as count from note');
  return rows[0]!.count;
}

describe('row security', () => {
  test('row security shows no row to a connection without a scope', async () => {
    const fresh = new pg.Client({ connectionString: platform.ownerUrl, options: '-c role=yiwang_platform' });
    await fresh.connect();
    const { rows } = await fresh.query('select id from note limit 1');
    await fresh.end();
    expect(rows).toEqual([]);
  });

  test('row security lets no caller change a row', async () => {
    const { data, errors } = await platform.ask('{ fault(kind: "write") }');
    expect(data).toEqual({ fault: null });
    expect(errors[0]?.extensions?.code).toBe('INTERNAL');
  });

  test('row security finds a scope of one range by the index', async () => {
    await takeScope(regionOf('420106'));
    const plan = await planOf('select count(*) from note');
    expect(plan).toMatch(/Index (Only )?Scan (using|on) note_division/);
    expect(plan).toMatch(/Index Cond: \(\(division >= current_setting\('yiwang.low'/);
    expect(plan).not.toMatch(/Seq Scan/);
    expect(await countAll()).toBe(4616);
  });

  test('row security finds a scope with holes by the index, and leaves the holes out', async () => {
    await takeScope(HOLES);
    const plan = await planOf('select count(*) from note');
    expect(plan).toMatch(/Index (Only )?Scan (using|on) note_division/);
    expect(plan).not.toMatch(/Seq Scan/);
    const { rows } = await client.query<{ county: string }>(
      'select distinct left(division, 6) as county from note order by 1',
    );
    const counties = [1, 2, 4, 6, 7, 8, 9, 10, 11, 12, 13].map((number) => `4201${String(number).padStart(2, '0')}`);
    expect(rows.map((row) => row.county)).toEqual(counties);
  });

  test.each<[string, Region]>([
    ['one range', regionOf('420100')],
    ['holes', HOLES],
  ])(
    'row security reads a page of the newest in a scope of %s from the index, without sorting',
    async (_what, region) => {
      await takeScope(region);
      const plan = await planOf(NEWEST);
      expect(plan).toMatch(/Index (Only )?Scan using note_written/);
      expect(plan).not.toMatch(/Sort|Seq Scan/);
      const read = [...plan.matchAll(/actual rows=([\d.]+)/g), ...plan.matchAll(/Removed by Filter: (\d+)/g)];
      expect(read.length).toBeGreaterThan(0);
      for (const [, rows] of read) expect(Number(rows)).toBeLessThan(1_000);
    },
  );

  test('row security keeps apart callers who share connections', async () => {
    const county = fc.integer({ min: 1, max: 13 }).map((number) => `4201${String(number).padStart(2, '0')}`);
    const region = fc
      .tuple(fc.uniqueArray(county, { maxLength: 4 }), fc.array(county, { maxLength: 2 }))
      .map(([taken, left]) => subtract(union(...taken.map(regionOf)), union(...left.map(regionOf))));
    await fc.assert(
      fc.asyncProperty(fc.array(region, { minLength: 2, maxLength: 8 }), async (regions) => {
        const answers = await Promise.all(
          regions.map((asked) =>
            platform.ask('{ notes(first: 200) { nodes { division { code } } } }', {
              passport: { scope: boundsOf(asked) },
            }),
          ),
        );
        answers.forEach(({ data }, index) => {
          const codes = data.notes.nodes.map((node: { division: { code: string } }) => node.division.code);
          expect(codes.filter((code: string) => !containsDivision(regions[index]!, code))).toEqual([]);
          expect(codes).toHaveLength(regions[index]!.length > 0 ? 200 : 0);
        });
      }),
      { numRuns: 15 },
    );
  });
});
