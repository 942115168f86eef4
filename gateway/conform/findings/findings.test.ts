/** Findings: counted within bounds, stored in a real PostgreSQL, added up over gateways, and kept over a failure. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { pino } from 'pino';
import { type PostgresServer, startTestPostgres } from '../../../scripts/testing/postgres.ts';
import { type Database, openDatabase } from '../../kit/postgres/database.ts';
import { DEFAULT_LIMITS } from '../../model/limits.ts';
import { createFindingCounter, type FindingCount } from './finding-counter.ts';
import { createFindingStore, prepareFindings } from './finding-store.ts';
import { startFindingWriter } from './finding-writer.ts';

const WUHAN = 'municipal/420100';
const NOON = () => new Date('2026-11-28T04:00:00Z');
const sample = (id?: string) => ({ coordinate: 'Case.closedAt', id });
const finding = (rule: string, count = 1, id?: string) => ({ platform: WUHAN, rule, count, samples: [sample(id)] });

describe('the counter', () => {
  test('counts by platform, rule and day, and tells what is new once', () => {
    let now = new Date('2026-11-28T15:59:59Z');
    const counter = createFindingCounter(DEFAULT_LIMITS, () => now);
    counter.count(finding('CASE-012', 2));
    counter.count(finding('CASE-012', 3));
    // Midnight of +08:00 is 16:00 UTC.
    now = new Date('2026-11-28T16:00:00Z');
    counter.count(finding('CASE-012', 4));
    expect(counter.take().map(({ day, count }) => [day, count])).toEqual([
      ['2026-11-28', 5],
      ['2026-11-29', 4],
    ]);
    expect(counter.take()).toEqual([]);
    expect(counter.totals()).toEqual([{ platform: WUHAN, rule: 'CASE-012', count: 9 }]);
  });

  test('a platform that nobody knows is told as unknown', () => {
    const counter = createFindingCounter(DEFAULT_LIMITS, NOON);
    counter.count({ platform: undefined, rule: 'TYPE', count: 1, samples: [] });
    expect(counter.take()).toMatchObject([{ platform: 'unknown', rule: 'TYPE' }]);
  });

  test('findingSeriesMax bounds what is kept, and the rest is counted as other', () => {
    const counter = createFindingCounter({ ...DEFAULT_LIMITS, findingSeriesMax: 2 }, NOON);
    for (const rule of ['A-1', 'A-2', 'A-3', 'A-4']) counter.count(finding(rule));
    expect(counter.totals().map(({ rule, count }) => [rule, count])).toEqual([
      ['A-1', 1],
      ['A-2', 1],
      ['other', 2],
    ]);
    expect(counter.take()).toHaveLength(2);
  });

  test('findingSamplesMax bounds samples', () => {
    const counter = createFindingCounter({ ...DEFAULT_LIMITS, findingSamplesMax: 2 }, NOON);
    for (let i = 0; i < 5; i++) counter.count(finding('CASE-012', 1, `420106003-C-${i}`));
    expect(counter.take()[0]?.samples.map(({ id }) => id)).toEqual(['420106003-C-0', '420106003-C-1']);
  });
});

describe('the store', () => {
  let postgres: PostgresServer;
  let database: Database;
  let client: pg.Client;
  let number = 0;

  beforeAll(async () => {
    postgres = await startTestPostgres();
  });

  beforeEach(async () => {
    await database?.close();
    await client?.end();
    const name = `findings_${++number}`;
    await postgres.createDatabase(name);
    database = open(name);
    client = new pg.Client({ connectionString: postgres.url(name) });
    await client.connect();
    await prepareFindings(database, undefined);
  });

  afterAll(async () => {
    await database.close();
    await client.end();
    await postgres.stop();
  });

  const open = (name: string): Database =>
    openDatabase({
      url: postgres.url(name),
      connectionsMax: 2,
      connectMs: 5_000,
      statementMs: 5_000,
      applicationName: 'test',
    });
  const count = (changes: Partial<FindingCount> = {}): FindingCount => ({
    platform: WUHAN,
    rule: 'CASE-012',
    day: '2026-11-28',
    count: 1,
    samples: [],
    ...changes,
  });
  const stored = async () =>
    (await client.query('select platform, rule, day::text, count::int from conformance.findings order by day, rule'))
      .rows;
  const samples = async () =>
    (await client.query('select row_id from conformance.finding_samples order by row_id')).rows.map(
      ({ row_id }) => row_id,
    );

  test('the counts of several gateways add up, by platform, rule and day', async () => {
    const stores = [createFindingStore(database, DEFAULT_LIMITS), createFindingStore(database, DEFAULT_LIMITS)];
    const other = count({ rule: 'CASE-013', count: 5 });
    await Promise.all(stores.map((store) => store.add([count({ count: 2 }), other, count({ day: '2026-11-29' })])));
    expect(await stored()).toEqual([
      { platform: WUHAN, rule: 'CASE-012', day: '2026-11-28', count: 4 },
      { platform: WUHAN, rule: 'CASE-013', day: '2026-11-28', count: 10 },
      { platform: WUHAN, rule: 'CASE-012', day: '2026-11-29', count: 2 },
    ]);
  });

  test('the first samples of a day stay, each once, whichever gateway brings them', async () => {
    const store = createFindingStore(database, { findingSamplesMax: 3 });
    await store.add([count({ samples: [sample('1'), sample('1'), sample('2')] })]);
    await store.add([count({ samples: [sample('2'), sample('3'), sample('4')] })]);
    expect((await samples()).length).toBeLessThanOrEqual(3);
    expect(await samples()).toEqual(expect.arrayContaining(['1', '2']));
  });

  test('a second gateway finds the tables, and a user who may not create them is told so', async () => {
    await prepareFindings(database, undefined);
    await client.query("create user plain password 'p'");
    const empty = `findings_empty_${number}`;
    await postgres.createDatabase(empty);
    const plain = openDatabase({
      url: postgres.url(empty).replace(/\/\/[^@]*@/, '//plain:p@'),
      connectionsMax: 1,
      connectMs: 5_000,
      statementMs: 5_000,
      applicationName: 'test',
    });
    await expect(prepareFindings(plain, undefined)).rejects.toThrow('permission denied');
    await plain.close();
  });

  test('findings older than findingDaysMax are deleted, with their samples', async () => {
    const store = createFindingStore(database, DEFAULT_LIMITS);
    await store.add([count({ day: '2025-01-01', samples: [sample('1')] }), count({ count: 7 })]);
    const counter = createFindingCounter(DEFAULT_LIMITS, NOON);
    const limits = { ...DEFAULT_LIMITS, findingDaysMax: 30 };
    const writer = startFindingWriter({
      counter,
      store,
      limits,
      log: pino({ level: 'silent' }),
      now: () => NOON().getTime(),
    });
    await writer.stop();
    expect(await stored()).toMatchObject([{ day: '2026-11-28', count: 7 }]);
    expect(await samples()).toEqual([]);
  });

  test('what cannot be stored is kept and stored later, and the log says so once', async () => {
    const counter = createFindingCounter(DEFAULT_LIMITS, NOON);
    const lines: string[] = [];
    const log = pino({ level: 'info' }, { write: (line) => void lines.push(JSON.parse(line).msg) });
    const store = createFindingStore(database, DEFAULT_LIMITS);
    const writer = startFindingWriter({ counter, store, limits: DEFAULT_LIMITS, log });
    await client.query('alter schema conformance rename to away');
    counter.count(finding('CASE-012', 2, '1'));
    await writer.flush();
    counter.count(finding('CASE-012', 3));
    await writer.flush();
    await client.query('alter schema away rename to conformance');
    await writer.stop();
    expect(await stored()).toMatchObject([{ rule: 'CASE-012', count: 5 }]);
    expect(lines).toEqual(['findings cannot be stored; the write is tried again', 'findings are stored again']);
  });
});
