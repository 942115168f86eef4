import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { startTestPostgres } from '../../testing/postgres.ts';
import type { PostgresServer } from '../../tools/postgres/index.ts';
import { DATA_END } from '../data/data-period.ts';
import { platformOf } from '../platforms.ts';
import { isSeeded, NOTHING_BELOW, seedKey, seedPlatform } from './seed-platform.ts';

const STREET = platformOf('municipal/110102020');
const OPTIONS = {
  scale: 0.02,
  now: DATA_END,
  appKeyDigest: 'a'.repeat(64),
  onRows: () => {},
  below: NOTHING_BELOW,
};

let server: PostgresServer;
beforeAll(async () => {
  server = await startTestPostgres();
});
afterAll(() => server.stop());

async function query(sql: string): Promise<readonly object[]> {
  const client = new pg.Client({ connectionString: server.url(STREET.id) });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

test('a database counts as seeded only if its key is the same, and is recreated for another key', async () => {
  expect(await isSeeded(server, STREET, 'one')).toBe(false);
  await seedPlatform(STREET, 'one', { ...OPTIONS, server });
  expect(await isSeeded(server, STREET, 'one')).toBe(true);
  expect(await isSeeded(server, STREET, 'two')).toBe(false);
  const before = await query('select count(*)::int as cases from cases');
  await seedPlatform(STREET, 'two', { ...OPTIONS, scale: 0.04, server });
  expect(await isSeeded(server, STREET, 'two')).toBe(true);
  expect(before).toEqual([{ cases: 28 }]);
  expect(await query('select count(*)::int as cases from cases')).toEqual([{ cases: 56 }]);
});

test('a failed seed leaves no key, and the next seed starts over', async () => {
  const onRows = () => {
    throw new Error('the plug was pulled');
  };
  await expect(seedPlatform(STREET, 'three', { ...OPTIONS, server, onRows })).rejects.toThrow('the plug was pulled');
  expect(await isSeeded(server, STREET, 'three')).toBe(false);
  await seedPlatform(STREET, 'three', { ...OPTIONS, server });
  expect(await isSeeded(server, STREET, 'three')).toBe(true);
});

test("a database with tables that are not the demo's is refused and unchanged", async () => {
  await server.dropDatabase(STREET.id);
  await server.createDatabase(STREET.id);
  await query('create table ledger (amount int)');
  await query('insert into ledger values (42)');
  await expect(seedPlatform(STREET, 'four', { ...OPTIONS, server })).rejects.toThrow(
    /holds tables that are not the demo's/,
  );
  expect(await query('select amount from ledger')).toEqual([{ amount: 42 }]);
});

test('the seed key differs by scale, clock, source and app', () => {
  const keys = [
    seedKey('v1', OPTIONS),
    seedKey('v2', OPTIONS),
    seedKey('v1', { ...OPTIONS, scale: 2 }),
    seedKey('v1', { ...OPTIONS, now: 0 }),
    seedKey('v1', { ...OPTIONS, appKeyDigest: 'b'.repeat(64) }),
  ];
  expect(new Set(keys).size).toBe(keys.length);
});
