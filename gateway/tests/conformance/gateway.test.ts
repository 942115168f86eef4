/** The rules of the standard in a gateway as operators run it: its file of modes, its metrics, its database, its parts. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createId } from '@yiwang/schema';
import pg from 'pg';
import { type PostgresServer, startTestPostgres } from '../../../scripts/testing/postgres.ts';
import { MULTIPART_ACCEPT, type ReadPart, readParts } from '../support/multipart.ts';
import { startToyGateway, type ToyGateway, toyEntry } from '../support/toys/toy-gateway.ts';
import { startToyPlatform, type ToyPlatform } from '../support/toys/toy-platform.ts';

/** A street that the table of divisions does not have. */
const NOWHERE = '420502999';
const GOOD = { id: createId('420502001', 'R', 1), division: '420502001', kind: 'A', size: 1, at: '2026-01' };
const BAD = { id: createId(NOWHERE, 'R', 2), division: NOWHERE, kind: 'A', size: 2, at: '2026-01' };
const QUESTION = '{ list { id division { code } } }';

let postgres: PostgresServer;
let client: pg.Client;
let platform: ToyPlatform;
let gateway: ToyGateway;
let folder: string;
let modes: string;
let env: Record<string, string>;

beforeAll(async () => {
  postgres = await startTestPostgres();
  await postgres.createDatabase('record');
  client = new pg.Client({ connectionString: postgres.url('record') });
  await client.connect();
  platform = await startToyPlatform();
  folder = await mkdtemp(join(tmpdir(), 'yiwang-modes-'));
  modes = join(folder, 'modes.json');
  await writeFile(modes, '{}');
  env = { STANDARD_CHECKS: 'on', YIWANG_CHECK_MODES: modes, GATEWAY_DATABASE_URL: postgres.url('record') };
  gateway = await start();
}, 60_000);

beforeEach(async () => {
  platform.rows = [GOOD, BAD];
  await writeFile(modes, '{}');
  await gateway.reload();
});

afterAll(async () => {
  await gateway.stop();
  await client.end();
  await platform.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

const start = () => startToyGateway({ platforms: [toyEntry('420500', platform.url)], env });
const stored = async (): Promise<number> => {
  const sql = "select sum(count)::int as count from conformance.findings where rule = 'DIVISION-002'";
  return (await client.query(sql)).rows[0]?.count ?? 0;
};

describe('a gateway of the standard', () => {
  test('shows no division that the standard does not have', async () => {
    const { data, errors } = await gateway.ask(QUESTION);
    expect(data.list).toEqual([{ id: GOOD.id, division: { code: GOOD.division } }, null]);
    expect(errors).toMatchObject([
      { path: ['list', 1, 'division', 'code'], extensions: { rule: 'DIVISION-002', platform: 'toy/420500' } },
    ]);
    expect(JSON.stringify(errors)).not.toContain(NOWHERE);
  });

  test('shows it after a reload of its file of modes that says to observe, and not after the file says to enforce', async () => {
    await writeFile(modes, JSON.stringify({ modes: [{ mode: 'observe', rule: 'DIVISION-002' }] }));
    await gateway.reload();
    const observed = await gateway.ask(QUESTION);
    expect(observed.errors).toBeUndefined();
    expect(observed.data.list[1].division.code).toBe(NOWHERE);
    await writeFile(modes, '{ "default": "neither" }');
    await gateway.reload();
    expect((await gateway.ask(QUESTION)).errors).toBeUndefined();
    await writeFile(modes, '{}');
    await gateway.reload();
    expect((await gateway.ask(QUESTION)).errors).toHaveLength(1);
  });

  test('delivers a part with its own errors', async () => {
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: MULTIPART_ACCEPT, ...gateway.credential },
      body: JSON.stringify({
        query: '{ list { id ... @defer { division { code statistics { counts { rows } } } } } }',
      }),
    });
    const parts: ReadPart[] = [];
    for await (const part of readParts(response)) parts.push(part);
    expect(parts[0]).toEqual({ data: { list: [{ id: GOOD.id }, { id: BAD.id }] }, hasNext: true });
    const entries = parts.flatMap(({ incremental = [] }) => incremental);
    expect(entries.map(({ path, data }) => [path, data])).toEqual([
      [['list', 0], { division: { code: GOOD.division, statistics: [{ counts: { rows: 1 } }] } }],
      // The part was fetched by a call of its own, and its null bubbles no further than what that call gave.
      [['list', 1], { division: null }],
    ]);
    expect(entries[1]?.errors).toMatchObject([
      { path: ['list', 1, 'division', 'code'], extensions: { rule: 'DIVISION-002', platform: 'toy/420500' } },
    ]);
  });

  test('counts what it found in its metrics and, when it stops, in its database, to which the next one adds', async () => {
    await gateway.ask(QUESTION);
    const metrics = await (await fetch(new URL('/metrics', gateway.operatorUrl))).text();
    const line = /^yiwang_standard_breaches_total\{platform="toy\/420500",rule="DIVISION-002"\} (\d+)$/m.exec(metrics);
    expect(Number(line?.[1])).toBeGreaterThan(0);
    await gateway.stop();
    expect(await stored()).toBe(Number(line?.[1]));
    gateway = await start();
    await gateway.ask(QUESTION);
    await gateway.stop();
    expect(await stored()).toBe(Number(line?.[1]) + 1);
    const samples = await client.query('select coordinate, row_id from conformance.finding_samples');
    expect(samples.rows).toEqual([{ coordinate: 'Division.code', row_id: NOWHERE }]);
    gateway = await start();
  });
});

test('a gateway without checks, and an open one, show what the platform gave', async () => {
  const off = await startToyGateway({ platforms: [toyEntry('420500', platform.url)], env: { STANDARD_CHECKS: 'off' } });
  const { data, errors } = await off.ask(QUESTION);
  await off.stop();
  expect(errors).toBeUndefined();
  expect(data.list).toHaveLength(2);
  expect(data.list[1].division.code).toBe(NOWHERE);
});
