import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { makeTemporaryFolder } from '../../tools/temporary-folder.ts';
import { controlPlatform, readPlatformStates, readRunFile } from '../control/control.ts';
import { type RunningNetwork, startNetwork } from './start-network.ts';

const PLATFORMS = ['municipal/110102', 'municipal/110102020', 'national/100000'] as const;
const SCALE = 0.02;
const WAIT_MS = 180_000;

const folder = makeTemporaryFolder('yiwang-network-');
const exits: string[] = [];
let network: RunningNetwork;

function start(): Promise<RunningNetwork> {
  return startNetwork({ folder, scale: SCALE, platforms: PLATFORMS, onExit: (line) => exits.push(line) });
}

interface CaseCountAnswer {
  readonly data: { readonly caseStatistics: readonly { readonly counts: { readonly reported: number } }[] };
  readonly extensions: { readonly coverage: object };
}

async function ask(query: string, identity = 'ministry'): Promise<CaseCountAnswer> {
  const { header, value } = await network.credential(identity);
  const response = await fetch(network.gatewayUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [header]: value },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as CaseCountAnswer;
}

async function pidsOf(): Promise<readonly number[]> {
  return (await readPlatformStates({ folder })).flatMap(({ pid }) => pid ?? []);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

async function rowsIn(platform: string, sql: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: network.databaseUrl(platform) });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  network = await start();
}, WAIT_MS);
afterAll(async () => {
  await network.stop();
  rmSync(folder, { recursive: true, force: true });
}, WAIT_MS);

const COUNT = '{ caseStatistics(within: "110102", period: "2026") { counts { reported } } }';

describe('a running network', () => {
  test('answers a question from all of its platforms', async () => {
    const { data, extensions } = await ask(COUNT);
    const counts = await Promise.all(
      ['municipal/110102', 'municipal/110102020'].map(async (id) => {
        const [row] = await rowsIn(
          id,
          "select count(*)::int as n from cases where reported_at >= '2026-01-01T00:00:00+08:00'",
        );
        return Number(row?.n);
      }),
    );
    expect(counts.every((count) => count > 0)).toBe(true);
    expect(data.caseStatistics[0]?.counts.reported).toBe(counts[0]! + counts[1]!);
    expect(extensions.coverage).toMatchObject({ asked: 2, answered: 2, complete: true });
  });

  test('writes a run file that only its owner can read and that says how to control it', async () => {
    expect((await readRunFile(folder))?.gatewayUrl).toBe(network.gatewayUrl);
    const response = await fetch(`${(await readRunFile(folder))?.control?.url}/platforms`);
    expect(response.status).toBe(401);
  });

  test('stops and starts one platform, and does not report a stopped one as died', async () => {
    expect(await controlPlatform('stop', 'municipal/110102020', { folder })).toMatchObject({
      state: 'STOPPED',
      pid: null,
    });
    const { extensions } = await ask(COUNT);
    expect(extensions.coverage).toMatchObject({ asked: 2, answered: 1, complete: false });
    expect(await controlPlatform('start', 'municipal/110102020', { folder })).toMatchObject({ state: 'RUNNING' });
    const again = await ask(COUNT);
    expect(again.extensions.coverage).toMatchObject({ asked: 2, answered: 2, complete: true });
    expect(exits).toEqual([]);
  });

  test('refuses to stop a platform that it does not have', async () => {
    await expect(controlPlatform('stop', 'municipal/999999', { folder })).rejects.toThrow(
      /no platform "municipal\/999999"/,
    );
  });

  test('reports a platform that ended by itself', async () => {
    const victim = (await readPlatformStates({ folder })).find(({ id }) => id === 'municipal/110102')!;
    process.kill(victim.pid!, 'SIGKILL');
    while (exits.length === 0) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(exits).toHaveLength(1);
    expect(exits[0]).toMatch(/^municipal\/110102 ended by itself \(SIGKILL\)/);
    expect((await readPlatformStates({ folder })).find(({ id }) => id === victim.id)?.state).toBe('DIED');
    expect(await network.startPlatform('municipal/110102')).toMatchObject({ state: 'RUNNING' });
  });

  test('restarts PostgreSQL if it ended by itself, and its platforms answer as before', async () => {
    exits.length = 0;
    const before = await ask(COUNT);
    process.kill(network.postgresPid()!, 'SIGKILL');
    for (let i = 0; i < 600 && exits.at(-1) !== 'PostgreSQL runs again'; i++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect(exits[0]).toMatch(/^PostgreSQL in .* ended by itself \(SIGKILL\); it is started again in 500 ms$/);
    let after = await ask(COUNT);
    // The gateway does not try an address again for a while after a failure.
    for (let i = 0; i < 100 && JSON.stringify(after.data) !== JSON.stringify(before.data); i++) {
      await new Promise((resolve) => setTimeout(resolve, 100));
      after = await ask(COUNT);
    }
    expect(after.data).toEqual(before.data);
  });

  test('restarts the gateway if it ended by itself', async () => {
    exits.length = 0;
    process.kill(network.gatewayPid()!, 'SIGKILL');
    for (let i = 0; i < 600 && exits.length < 2; i++) await new Promise((resolve) => setTimeout(resolve, 50));
    expect(exits).toEqual([
      expect.stringMatching(/^The gateway ended by itself \(SIGKILL\)/),
      'The gateway runs again',
    ]);
    expect((await ask(COUNT)).extensions.coverage).toMatchObject({ complete: true });
  });

  test('locks its data folder against a second network', async () => {
    const run = join(folder, 'run.json');
    const before = readFileSync(run, 'utf8');
    await expect(startNetwork({ folder, scale: SCALE, platforms: [] })).rejects.toThrow(/already runs/);
    expect(readFileSync(run, 'utf8')).toBe(before);
  });
});

test('a network stops all of its processes, and the next start finds the data unchanged', async () => {
  const mark = await rowsIn('municipal/110102', 'select xmin::text, key from demo_seed');
  const pids = await pidsOf();
  expect(pids).toHaveLength(PLATFORMS.length);
  await network.stop();
  expect(pids.filter(isAlive)).toEqual([]);
  expect(existsSync(join(folder, 'run.json'))).toBe(false);
  expect(existsSync(join(folder, 'postgres', 'postmaster.pid'))).toBe(false);

  network = await start();
  expect(await rowsIn('municipal/110102', 'select xmin::text, key from demo_seed')).toEqual(mark);
}, 180_000);

test('a start continues after a first start that was interrupted', async () => {
  const other = makeTemporaryFolder('yiwang-network-');
  const stop = new AbortController();
  const reason = new Error('the user had enough');
  let written = '';
  const screen = {
    write(text: string) {
      written += text;
      if (text.includes('Loading')) stop.abort(reason);
    },
  };
  const options = { folder: other, scale: 0.3, platforms: ['municipal/110102', 'municipal/420600'], screen };
  await expect(startNetwork({ ...options, signal: stop.signal })).rejects.toBe(reason);
  expect(written).toContain('Loading');
  expect(existsSync(join(other, 'run.json'))).toBe(false);

  const whole = await startNetwork({ ...options, screen: undefined });
  const client = new pg.Client({ connectionString: whole.databaseUrl('municipal/420600') });
  await client.connect();
  const { rows } = await client.query(
    'select (select count(*) from demo_seed)::int as marks, (select count(*) from cases)::int as cases',
  );
  await client.end();
  await whole.stop();
  rmSync(other, { recursive: true, force: true });
  expect(rows[0]).toEqual({ marks: 1, cases: 1290 });
}, 240_000);
