/** What becomes of the rows of an earlier version. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { migrateFrom } from '@yiwang/scripts/testing/migration.ts';
import { type PostgresServer, startTestPostgres } from '@yiwang/scripts/testing/postgres.ts';
import { supervision } from '@yiwang/supervision';
import type pg from 'pg';
import { provincial } from './module.ts';

/** Rows as the first version stored them; those with `OVERDUE` are what this version no longer stores. */
const ROWS = `
  insert into supervision_orders (id, division, issued_by, tier, subject, status, issued_at, deadline) values
    ('420100-SO-1', '420100', '420000', 'PROVINCIAL', 'late and silent', 'OVERDUE', '2026-09-01', '2026-09-11'),
    ('420100-SO-2', '420100', '420000', 'PROVINCIAL', 'late, with a word', 'OVERDUE', '2026-09-01', '2026-09-11'),
    ('420100-SO-3', '420100', '420000', 'PROVINCIAL', 'settled', 'ACCEPTED', '2026-09-01', '2026-09-11');
  insert into order_answers values ('420100-SO-2', '420100', '2026-09-05', null, 'in work');
  insert into evaluations values ('CITY-2026', '420100', '2026-09-01', '420000', 91, 'A', 1, '[]');
  insert into inspections (id, division, tier, issued_by, kind, title, status, issued_at, deadline) values
    ('420100-IN-1', '420100', 'PROVINCIAL', '420000', 'ROUTINE', 'nothing done', 'OVERDUE', '2026-09-01', '2026-09-21'),
    ('420100-IN-2', '420100', 'PROVINCIAL', '420000', 'ROUTINE', 'half done', 'OVERDUE', '2026-09-01', '2026-09-21'),
    ('420100-IN-3', '420100', 'PROVINCIAL', '420000', 'ROUTINE', 'all answered', 'OVERDUE', '2026-09-01', '2026-09-21'),
    ('420100-IN-4', '420100', 'PROVINCIAL', '420000', 'ROUTINE', 'withdrawn', 'WITHDRAWN', '2026-09-01', '2026-09-21');
  insert into inspection_tasks (id, division, inspection, title, status, answer, answered_at) values
    ('420102-IT-1', '420102', '420100-IN-1', 'look', 'OVERDUE', null, null),
    ('420102-IT-2', '420102', '420100-IN-2', 'look', 'OVERDUE', 'looked', '2026-09-20'),
    ('420103-IT-3', '420103', '420100-IN-2', 'look', 'OVERDUE', null, null),
    ('420103-IT-4', '420103', '420100-IN-3', 'look', 'OVERDUE', 'looked', '2026-09-25');`;

let server: PostgresServer;
let client: pg.Client;

beforeAll(async () => {
  server = await startTestPostgres();
  await server.createDatabase('earlier');
  client = await migrateFrom({
    url: server.url('earlier'),
    modules: [provincial, supervision],
    until: '0001',
    rows: ROWS,
  });
});

afterAll(async () => {
  await client.end();
  await server.stop();
});

async function statusesOf(table: string): Promise<Record<string, string>> {
  const { rows } = await client.query<{ id: string; status: string }>(`select id, status from ${table} order by id`);
  return Object.fromEntries(rows.map(({ id, status }) => [id, status]));
}

test('what was stored as overdue becomes the open state that its answers show, and every other row stays', async () => {
  expect(await statusesOf('supervision_orders')).toEqual({
    '420100-SO-1': 'ISSUED',
    '420100-SO-2': 'HANDLING',
    '420100-SO-3': 'ACCEPTED',
  });
  expect(await statusesOf('inspection_tasks')).toEqual({
    '420102-IT-1': 'ISSUED',
    '420102-IT-2': 'ANSWERED',
    '420103-IT-3': 'ISSUED',
    '420103-IT-4': 'ANSWERED',
  });
  expect(await statusesOf('inspections')).toEqual({
    '420100-IN-1': 'ISSUED',
    '420100-IN-2': 'HANDLING',
    '420100-IN-3': 'ANSWERED',
    '420100-IN-4': 'WITHDRAWN',
  });
});

test('evaluations that everybody saw stay public', async () => {
  const { rows } = await client.query('select division, department, published_at <= now() as public from evaluations');
  expect(rows).toEqual([{ division: '420100', department: null, public: true }]);
});

test.each(['supervision_orders', 'inspections', 'inspection_tasks'])(
  'the table %s takes no lateness as a state',
  async (table) => {
    await expect(client.query(`update ${table} set status = 'OVERDUE'`)).rejects.toThrow(/status_check/);
  },
);
