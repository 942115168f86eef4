/** The report of findings, on a database of its own. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createFindingStore, prepareFindings } from '@yiwang/gateway/conform/index.ts';
import { openDatabase } from '@yiwang/gateway/kit/postgres/database.ts';
import { dateAt } from '@yiwang/schema/time';
import { type PostgresServer, startTestPostgres } from '../../testing/postgres.ts';
import { UsageError } from '../../tools/flags.ts';
import { QUALITY } from './quality.ts';

const DAY_MS = 86_400_000;
const dayBefore = (count: number) => dateAt(new Date(Date.now() - count * DAY_MS));
let postgres: PostgresServer;
let folder: string;

beforeAll(async () => {
  postgres = await startTestPostgres();
  await postgres.createDatabase('empty');
  await postgres.createDatabase('findings');
  folder = await mkdtemp(join(tmpdir(), 'yiwang-quality-'));
  const database = openDatabase({
    url: postgres.url('findings'),
    connectionsMax: 1,
    connectMs: 5_000,
    statementMs: 5_000,
    applicationName: 'test',
  });
  await prepareFindings(database, undefined);
  await database.transaction(async (query) => {
    await query('create table operations (at timestamptz, platforms text[])');
    await query(
      "insert into operations select now(), '{municipal/420100,municipal/420600}' from generate_series(1, 500)",
    );
  });
  const sample = { coordinate: 'Case.closedAt', id: '420106003-C-7' };
  await createFindingStore(database, { findingSamplesMax: 5 }).add([
    { platform: 'municipal/420100', rule: 'CASE-016', day: dayBefore(0), count: 4, samples: [sample] },
    { platform: 'municipal/420100', rule: 'CASE-016', day: dayBefore(8), count: 9, samples: [] },
    { platform: 'municipal/420100', rule: 'TYPE', day: dayBefore(6), count: 1, samples: [] },
    { platform: 'municipal/110101', rule: 'CASE-010', day: dayBefore(1), count: 7, samples: [] },
    { platform: 'unknown', rule: 'CASE-010', day: dayBefore(1), count: 2, samples: [] },
    { platform: 'municipal/420500', rule: 'CASE-010', day: dayBefore(40), count: 99, samples: [] },
  ]);
  await database.close();
});

afterAll(async () => {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

async function quality(database: string, ...args: string[]): Promise<string> {
  const out: string[] = [];
  const terminal = { out: (text: string) => void out.push(text), error: () => undefined };
  await QUALITY.run([...args, '--data', folder, '--database', postgres.url(database)], terminal);
  return out.join('');
}

test('platforms are ranked by their breaches of the week, against the week before', async () => {
  const text = await quality('findings');
  const heads = text.split('\n').filter((line) => /^\S+: \d/.test(line));
  expect(heads).toEqual([
    'municipal/110101: 7 in 0 operations, – in a thousand (+7)',
    'municipal/420100: 5 in 500 operations, 10.0 in a thousand (-4)',
    'unknown: 2 in 0 operations, – in a thousand (+2)',
  ]);
  expect(text).toContain('  CASE-016 上报、立案、结案时间顺序: 4 (-5).');
  expect(text).toContain('    Case.closedAt 420106003-C-7\n');
  expect(text).toContain('Called, and nothing found: municipal/420600');
});

test('a province reads of its own platforms alone', async () => {
  const text = await quality('findings', '--within', '420000');
  expect(text).toContain('municipal/420100: 5');
  expect(text).not.toMatch(/110101|unknown/);
});

test('--html writes a page that stands alone, prints, and is never written over', async () => {
  const file = join(folder, 'week.html');
  expect(await quality('findings', '--html', file)).toBe(`The report is in ${file}\n`);
  const page = await readFile(file, 'utf8');
  expect(page).toContain('<td>municipal/110101</td><td>7</td>');
  expect(page).toContain('Case.closedAt (420106003-C-7)');
  expect(page).toMatch(/@page \{ size: A4/);
  expect(page).not.toMatch(/<script|https?:/);
  await expect(quality('findings', '--html', file)).rejects.toThrow('is there already');
});

test('a wrong period, a division that there is not, and a database without findings are told', async () => {
  await expect(quality('findings', '--days', '0')).rejects.toThrow(UsageError);
  await expect(quality('findings', '--within', '429999')).rejects.toThrow('expected a canonical division code');
  await expect(quality('empty')).rejects.toThrow('There are no findings in this database');
});
