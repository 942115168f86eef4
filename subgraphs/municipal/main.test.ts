import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { PASSPORT_HEADER } from '@yiwang/schema';
import { createTestPassport, testPassportKeys } from '@yiwang/scripts/testing/platform.ts';
import { startTestPostgres } from '@yiwang/scripts/testing/postgres.ts';
import type { PostgresServer } from '@yiwang/scripts/tools/postgres/index.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const HOTLINE_MAIN = fileURLToPath(new URL('../hotline/main.ts', import.meta.url));

let postgres: PostgresServer;
let folder: string;
const children: ChildProcess[] = [];
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yiwang-municipal-'));
  postgres = await startTestPostgres();
  for (const name of ['main_test', 'district_test', 'hotline_test']) await postgres.createDatabase(name);
  await writeFile(join(folder, 'keys.json'), JSON.stringify(await testPassportKeys()));
});
afterAll(async () => {
  for (const child of children) if (child.exitCode === null) child.kill('SIGKILL');
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

function start(env: Readonly<Record<string, string>>, main: string = MAIN): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    env: { PATH: process.env.PATH ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  children.push(child);
  return child;
}

test('serves the municipal and the supervision module, says so, and stops when told to', async () => {
  const child = start({
    PLATFORM_ID: 'municipal/420100',
    PLATFORM_TIER: 'MUNICIPAL',
    DATABASE_URL: postgres.url('main_test'),
    PASSPORT_KEYS: join(folder, 'keys.json'),
    PLATFORM_NOW: '2026-11-01T00:00:00+08:00',
  });
  const [line] = await once(createInterface({ input: child.stdout! }), 'line');
  const ready = JSON.parse(line);
  expect(ready).toMatchObject({ kind: 'ready', platform: 'municipal/420100' });
  const response = await fetch(ready.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [PASSPORT_HEADER]: await createTestPassport('municipal/420100') },
    body: JSON.stringify({
      query: '{ caseStatistics(period: "2026-12") { counts { open } } supervisionOrders { totalCount } }',
    }),
  });
  expect(await response.json()).toEqual({
    data: { caseStatistics: [{ counts: { open: 0 } }], supervisionOrders: { totalCount: 0 } },
  });
  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});

test.each([
  ['MUNICIPAL', 'main_test', MAIN, ['cases', 'requests']],
  ['DISTRICT', 'district_test', MAIN, ['cases']],
  ['MUNICIPAL', 'hotline_test', HOTLINE_MAIN, ['requests']],
])(
  "a server of tier %s with the database %s serves its part: a city's has the hotline",
  async (tier, database, main, fields) => {
    const child = start(
      {
        PLATFORM_ID: 'municipal/420100',
        PLATFORM_TIER: tier,
        DATABASE_URL: postgres.url(database),
        PASSPORT_KEYS: join(folder, 'keys.json'),
      },
      main,
    );
    const [line] = await once(createInterface({ input: child.stdout! }), 'line');
    const response = await fetch(JSON.parse(line).url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ __schema { queryType { fields { name } } } }' }),
    });
    const { data } = (await response.json()) as { data: { __schema: { queryType: { fields: { name: string }[] } } } };
    const served = data.__schema.queryType.fields.map(({ name }) => name);
    expect(['cases', 'requests'].filter((name) => served.includes(name))).toEqual(fields);
    expect(served).toContain('hotspots');
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
  },
);

test('lists every fault of its configuration and leaves', async () => {
  const child = start({ PLATFORM_TIER: 'VILLAGE', DATABASE_URL: 'mysql://root:secret@host/db' });
  const said: Buffer[] = [];
  child.stderr!.on('data', (chunk: Buffer) => said.push(chunk));
  expect(await once(child, 'close')).toEqual([1, null]);
  const lines = Buffer.concat(said).toString().trim().split('\n');
  expect(lines.map((text) => text.split(' ')[0])).toEqual([
    ...['PLATFORM_ID', 'PLATFORM_TIER', 'DATABASE_URL', 'PASSPORT_KEYS'],
  ]);
  expect(lines.join()).not.toContain('secret');
});
