import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { DEADLINE_HEADER, PASSPORT_HEADER } from '@yiwang/schema';
import { createTestPassport, startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import pg from 'pg';
import { COUNTED_LOCK, notes } from '../fixtures/notes/module.ts';

const SHARE = 2;
const TWENTY = `{ ${Array.from({ length: 20 }, (_, i) => `c${i}: counted`).join(' ')} }`;

let platform: TestPlatform;
/** Holds the lock that every statistic of the test waits for, so that none ends before it is let go. */
let holder: pg.Client;

beforeAll(async () => {
  platform = await startTestPlatform({
    modules: [notes],
    limits: { connectionsMax: 3, statisticsConnectionsMax: SHARE, answerBytesMax: 10_000, deadlineMsMax: 120_000 },
  });
});

beforeEach(async () => {
  holder = new pg.Client({ connectionString: platform.ownerUrl });
  await holder.connect();
  await holder.query(`select pg_advisory_lock(${COUNTED_LOCK})`);
});

afterEach(() => holder.end());
afterAll(() => platform.close());

async function statisticsInFlight(): Promise<number> {
  const { rows } = await holder.query<{ count: number }>(
    `select count(*)::int as count from pg_stat_activity
     where state = 'active' and query like '%pg_advisory_xact_lock_shared%' and pid <> pg_backend_pid()`,
  );
  return rows[0]!.count;
}

async function untilInFlight(wanted: number): Promise<void> {
  while ((await statisticsInFlight()) !== wanted) await sleep(10);
}

describe('statistics', () => {
  test('statistics get a share of the connections, so that a read goes on beside twenty of them', async () => {
    const counting = platform.ask(TWENTY);
    await untilInFlight(SHARE);
    const { data } = await platform.ask('{ notes { totalCount } }');
    expect(data).toEqual({ notes: { totalCount: 0 } });
    expect(await statisticsInFlight()).toBe(SHARE);
    await holder.query(`select pg_advisory_unlock(${COUNTED_LOCK})`);
    expect(Object.values((await counting).data)).toEqual(Array(20).fill(true));
  });

  test('statistics are cancelled in the database when their caller hangs up, and those that waited are not begun', async () => {
    const hangUp = await askAndHold(TWENTY);
    await untilInFlight(SHARE);
    hangUp();
    await untilInFlight(0);
    const { data } = await platform.ask('{ notes { totalCount } }');
    expect(data).toEqual({ notes: { totalCount: 0 } });
    await sleep(50);
    expect(await statisticsInFlight()).toBe(0);
  });

  test('statistics are cancelled when the deadline passes, and the answer says so', async () => {
    const { errors } = await platform.ask(TWENTY, { headers: { [DEADLINE_HEADER]: '600' } });
    expect(new Set(errors.map(({ extensions }) => extensions?.code))).toEqual(new Set(['PLATFORM_LATE']));
    expect(errors).toHaveLength(20);
    await untilInFlight(0);
  });

  test('statistics leave connections that serve the next caller', async () => {
    const hangUp = await askAndHold(TWENTY);
    await untilInFlight(SHARE);
    hangUp();
    await untilInFlight(0);
    await holder.query(`select pg_advisory_unlock(${COUNTED_LOCK})`);
    const { data, errors } = await platform.ask(TWENTY);
    expect(errors).toEqual([]);
    expect(Object.values(data)).toEqual(Array(20).fill(true));
  });
});

describe('an answer', () => {
  test('an answer is bounded in bytes, at the edge', async () => {
    const around = '{"data":{"long":""}}'.length;
    expect((await platform.ask(`{ long(length: ${10_000 - around}) }`)).errors).toEqual([]);
    const { data, errors } = await platform.ask(`{ long(length: ${10_001 - around}) }`);
    expect(data).toBeNull();
    expect(errors).toMatchObject([
      { message: expect.stringContaining('more than 10000 bytes'), extensions: { code: 'TOO_COSTLY' } },
    ]);
  });
});

/** Asks, and gives how to hang up before the answer. */
async function askAndHold(query: string): Promise<() => void> {
  const token = await createTestPassport(platform.identity.id);
  const asking = request(platform.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [PASSPORT_HEADER]: token },
  });
  asking.on('error', () => undefined);
  asking.end(JSON.stringify({ query }));
  return () => asking.destroy();
}
