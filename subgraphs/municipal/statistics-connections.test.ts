/** Heavy statistics of a municipal platform leave its connections to other questions. */
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import pg from 'pg';
import { hotline } from '../hotline/module.ts';
import { municipal } from './module.ts';

const SHARE = 2;
const HEAVY = 'groupBy: [COMMUNITY, CATEGORY, DEPARTMENT, MONTH]) { key { month } }';
const TWENTY = Array.from({ length: 20 }, (_, i) => {
  const field = i % 2 === 0 ? 'caseStatistics' : 'requestStatistics';
  return `a${i}: ${field}(period: "${2007 + i}", ${HEAVY}`;
}).join(' ');

let platform: TestPlatform;
/** Holds the tables, in a transaction, which sees who waits as it was at its begin. */
let owner: pg.Client;
let watcher: pg.Client;

beforeAll(async () => {
  platform = await startTestPlatform({
    modules: [municipal, hotline],
    now: () => new Date('2030-01-01T00:00:00+08:00'),
    limits: { connectionsMax: 3, statisticsConnectionsMax: SHARE, deadlineMsMax: 120_000 },
  });
  [owner, watcher] = [0, 1].map(() => new pg.Client({ connectionString: platform.ownerUrl })) as [pg.Client, pg.Client];
  await Promise.all([owner.connect(), watcher.connect()]);
});

afterAll(async () => {
  await Promise.all([owner.end(), watcher.end()]);
  await platform.close();
});

async function waiting(): Promise<number> {
  const { rows } = await watcher.query<{ count: number }>(
    "select count(*)::int as count from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()",
  );
  return rows[0]!.count;
}

test('a read is answered while twenty aliases of a statistic, asked by many, are held up in the database', async () => {
  await owner.query('begin');
  await owner.query('lock table cases, requests in access exclusive mode');
  const statistics = Array.from({ length: 4 }, () => platform.ask(`{ ${TWENTY} }`));
  while ((await waiting()) < SHARE) await sleep(10);
  const { data, errors } = await platform.ask('{ facilities { totalCount } alarms { totalCount } }');
  expect([data, errors]).toEqual([{ facilities: { totalCount: 0 }, alarms: { totalCount: 0 } }, []]);
  expect(await waiting()).toBe(SHARE);
  await owner.query('commit');
  for (const answer of await Promise.all(statistics)) {
    expect(answer.errors).toEqual([]);
    expect(Object.values(answer.data)).toEqual(Array(20).fill([]));
  }
});
