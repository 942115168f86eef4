/** Batches of cases into a municipal platform's table, on a real PostgreSQL. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { regionOf } from '@yiwang/schema';
import { type Row, ruleExamples } from '@yiwang/schema/rules';
import { startTestPostgres } from '@yiwang/scripts/testing/postgres.ts';
import type { PostgresServer } from '@yiwang/scripts/tools/postgres/index.ts';
import pg from 'pg';
import { migrate } from '../database/migrate.ts';
import { BATCH_ROWS_MAX, type Batch, type BatchTarget, storeBatch } from './store-batch.ts';

const NOW = () => Date.parse('2026-11-01T00:00:00+08:00');
const CASES: BatchTarget = {
  entity: 'Case',
  table: 'cases',
  key: 'id',
  division: 'division.code',
  columns: {
    ...{ id: 'id', division: 'division.code', grid: 'grid.code', category: 'category.code', source: 'source' },
    ...{ status: 'status', flow_state: 'flowState', suspended: 'suspended', description: 'description' },
    ...{ longitude: 'longitude', latitude: 'latitude', department: 'department.code', reported_at: 'reportedAt' },
    ...{ filed_at: 'filedAt', filed_on_time: 'filedOnTime', due_at: 'dueAt', closed_at: 'closedAt' },
    ...{ on_time: 'onTime', return_count: 'returnCount' },
  },
  defaults: { suspended: false, return_count: 0 },
};
const SAMPLE = ruleExamples('Case')[0]!.pass;

let server: PostgresServer;
let url: string;
let client: pg.Client;
let databases = 0;

beforeAll(async () => {
  server = await startTestPostgres();
});
afterAll(() => server.stop());

beforeEach(async () => {
  const name = `intake_${databases++}`;
  await server.createDatabase(name);
  url = server.url(name);
  await migrate(url, [{ name: 'municipal', migrations: new URL('../../municipal/migrations/', import.meta.url) }]);
  client = await connect();
});
afterEach(() => client.end());

async function connect(): Promise<pg.Client> {
  const one = new pg.Client({ connectionString: url });
  await one.connect();
  return one;
}

function row(serial: number, changes: Row = {}): Row {
  return { ...SAMPLE, id: `110102020001-C-${serial}`, ...changes };
}

function batch(rows: readonly Row[], more: Partial<Batch> = {}): Batch {
  return { sender: 'desk', key: 'one', mode: 'VALID_ROWS', rows, region: regionOf('110000'), ...more };
}

const store = (given: Batch, by = client) => storeBatch(by, CASES, given, NOW);

async function stored(): Promise<string[]> {
  const { rows } = await client.query<{ id: string }>('select id from cases order by length(id), id');
  return rows.map(({ id }) => id);
}

describe('a batch', () => {
  test('of valid rows is stored whole, and every value arrives as it was sent', async () => {
    expect(
      await store(batch([row(1), row(2, { suspended: undefined, description: '逗号,"引号"\t制表\n换行\\' })])),
    ).toEqual({
      key: 'one',
      replayed: false,
      version: '2',
      rows: 2,
      taken: 2,
      refused: [],
      warned: [],
    });
    const { rows } = await client.query('select * from cases where id = $1', ['110102020001-C-2']);
    expect(rows[0]).toMatchObject({
      division: '110102020001',
      category: '10101',
      longitude: 116.335,
      suspended: false,
      description: '逗号,"引号"\t制表\n换行\\',
      reported_at: new Date('2026-09-01T08:00:00+08:00'),
      on_time: true,
    });
  });

  test('has its faulty rows left out, and the receipt names every fault of each with path and rule', async () => {
    const receipt = await store(
      batch([
        row(1),
        row(2, { 'category.code': '99999', longitude: 0 }),
        row(3, { closedAt: '2026-09-01T07:00:00+08:00' }),
        row(4, { extensionCount: 3 }),
      ]),
    );
    expect(receipt).toMatchObject({ rows: 4, taken: 2 });
    expect(receipt.refused.map((one) => [one.row, one.faults.map(({ rule, path }) => `${rule} ${path}`)])).toEqual([
      [1, ['CASE-009 category.code', 'CASE-033 longitude', 'CASE-040 component.code']],
      [2, ['CASE-015 closedAt', 'CASE-016 closedAt', 'CASE-017 closedAt', 'CASE-018 closedAt', 'CASE-019 closedAt']],
    ]);
    expect(receipt.warned).toMatchObject([{ row: 3, faults: [{ rule: 'CASE-030', severity: 'WARNING' }] }]);
    expect(await stored()).toEqual(['110102020001-C-1', '110102020001-C-4']);
  });

  test('in the mode all or nothing stores nothing if one row is faulty, and its key may be used again', async () => {
    const mode = 'ALL_OR_NOTHING';
    expect(await store(batch([row(1), row(2, { source: null })], { mode }))).toMatchObject({
      taken: 0,
      refused: [{ row: 1, faults: [{ rule: 'CASE-001', path: 'source' }] }],
    });
    expect(await stored()).toEqual([]);
    expect(await store(batch([row(1), row(2)], { mode }))).toMatchObject({ taken: 2, replayed: false });
  });

  test('sent again changes nothing and gets the first receipt', async () => {
    const rows = [row(1), row(2, { source: 'RUMOUR' })];
    const first = await store(batch(rows));
    await client.query('delete from cases');
    expect(await store(batch(rows))).toEqual({ ...first, replayed: true });
    expect(await stored()).toEqual([]);
  });

  test('is refused if another batch of the sender has its key; another sender may have it', async () => {
    await store(batch([row(1)]));
    await expect(store(batch([row(2)]))).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    await expect(store(batch([row(1)], { mode: 'ALL_OR_NOTHING' }))).rejects.toThrow('that of another batch');
    expect(await store(batch([row(3)], { sender: 'other' }))).toMatchObject({ taken: 1 });
    expect(await stored()).toEqual(['110102020001-C-1', '110102020001-C-3']);
  });

  test('does not touch rows that are there already, nor take the same row twice', async () => {
    await store(batch([row(1)]));
    const again = batch([row(1, { source: 'VIDEO' }), row(2), row(2)], { key: 'two' });
    expect(await store(again)).toMatchObject({
      taken: 1,
      refused: [
        { row: 0, faults: [{ rule: 'EXISTS', path: 'id' }] },
        { row: 2, faults: [{ rule: 'CASE-004', path: 'id' }] },
      ],
    });
    const { rows } = await client.query("select source from cases where id = '110102020001-C-1'");
    expect(rows).toEqual([{ source: 'PATROL' }]);
  });

  test('stores nothing outside of where its sender may write', async () => {
    expect(await store(batch([row(1)], { region: regionOf('420000') }))).toMatchObject({
      taken: 0,
      refused: [{ row: 0, faults: [{ rule: 'OUT_OF_SCOPE', path: 'division.code' }] }],
    });
    expect(await stored()).toEqual([]);
  });

  test('sent twice at once is stored once', async () => {
    const other = await connect();
    try {
      const rows = Array.from({ length: 300 }, (_, i) => row(i + 1));
      const receipts = await Promise.all([store(batch(rows)), store(batch(rows), other)]);
      expect(receipts.map(({ replayed }) => replayed).sort()).toEqual([false, true]);
      expect(receipts.map(({ taken }) => taken)).toEqual([300, 300]);
      expect(await stored()).toHaveLength(300);
    } finally {
      await other.end();
    }
  });

  test('that the database refuses leaves nothing behind', async () => {
    await client.query("alter table cases add check (description <> 'no')");
    await expect(store(batch([row(1), row(2, { description: 'no' })]))).rejects.toMatchObject({ code: '23514' });
    expect(await stored()).toEqual([]);
    expect((await client.query('select from intake.batches')).rowCount).toBe(0);
    expect(await store(batch([row(1)]))).toMatchObject({ taken: 1 });
  });

  test('is bounded, and a text that no database holds is told', async () => {
    const many = Array.from({ length: BATCH_ROWS_MAX + 1 }, () => row(1));
    await expect(store(batch(many))).rejects.toThrow('at most 10000 were expected');
    await expect(store(batch([row(1)], { key: '' }))).rejects.toThrow('a key of 1 to 64 characters');
    await expect(store(batch([row(1, { description: 'a\u0000b' })]))).rejects.toThrow('U+0000');
    expect(await store(batch([], { key: 'empty' }))).toMatchObject({ rows: 0, taken: 0 });
  });

  test.each(Object.values(CASES.columns))(
    'with a value of another type for %s has that row in the receipt, and the others stored',
    async (path) => {
      const odd = [[1], [['x']], [null], {}, { a: [] }, ['x'], Number.NaN, 1e308, '0000-01-01T00:00:00+08:00'];
      const rows = odd.map((value, i) => row(i + 10, { [path]: value }));
      const receipt = await store(batch([row(1), ...rows, row(2)]));
      expect(receipt.taken + receipt.refused.length).toBe(odd.length + 2);
      expect(receipt.refused.map((one) => one.row).slice(0, 5)).toEqual([1, 2, 3, 4, 5]);
      expect(await stored()).toEqual(expect.arrayContaining(['110102020001-C-1', '110102020001-C-2']));
    },
  );

  test('whose text has a backslash before u0000 is no batch with the character', async () => {
    expect(await store(batch([row(1, { description: 'a\\u0000b' })]))).toMatchObject({ taken: 1 });
    await expect(store(batch([row(2, { description: '\\\u0000' })], { key: 'two' }))).rejects.toThrow('U+0000');
  });

  test('of rows of version 1 of the standard is held to the rules of version 1', async () => {
    const rows = [row(1, { longitude: 114.305 })];
    expect(await store(batch(rows, { key: 'new', version: '2' }))).toMatchObject({ taken: 0 });
    expect(await store(batch(rows, { key: 'old', version: '1' }))).toMatchObject({ taken: 1, version: '1' });
  });
});

test('the role of queries has no right to receipts', async () => {
  const { rows } = await client.query("select has_schema_privilege('yiwang_platform', 'intake', 'usage') as may");
  expect(rows).toEqual([{ may: false }]);
});
