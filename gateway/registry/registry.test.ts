/** The registry on a PostgreSQL: what it keeps cannot change, and what is promoted is what was signed. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { pino } from 'pino';
import { type PostgresServer, startTestPostgres } from '../../scripts/testing/postgres.ts';
import { type KeyPair, readOrCreateKeyPair } from '../kit/crypto/key-files.ts';
import { type Database, openDatabase } from '../kit/postgres/database.ts';
import { prepareRegistry, REGISTRY_ROLE } from './prepare-registry.ts';
import { followPromoted, type PromotedSupergraph } from './promoted-supergraph.ts';
import * as registry from './registry-store.ts';
import { createUsageCounter } from './usage-counter.ts';
import { startUsageWriter } from './usage-writer.ts';

const log = pino({ level: 'silent' });
const BY = { by: 'steward', reason: 'tested' };

let postgres: PostgresServer;
let folder: string;
let key: KeyPair;
let database: Database;
let url: string;
let databases = 0;

beforeAll(async () => {
  postgres = await startTestPostgres();
  folder = await mkdtemp(join(tmpdir(), 'yiwang-registry-'));
  key = await readOrCreateKeyPair(join(folder, 'registry.jwk.json'));
});

afterAll(async () => {
  await database.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

beforeEach(async () => {
  await database?.close();
  const name = `registry_${++databases}`;
  await postgres.createDatabase(name);
  url = postgres.url(name);
  database = open(url);
  await prepareRegistry(database);
});

function open(of: string): Database {
  return openDatabase({ url: of, connectionsMax: 3, connectMs: 5_000, statementMs: 5_000, applicationName: 'test' });
}

async function publish(supergraph: string, note = ''): Promise<number> {
  const texts = { supergraph, subgraphs: { a: `${supergraph} of a` }, standard: '2' };
  const { version } = await registry.publishVersion(database, texts, { note, by: 'steward', key });
  return version.number;
}

async function servedNow(): Promise<string | undefined> {
  return (await registry.readPromoted(database))?.supergraph;
}

describe('versions', () => {
  test('count from 1, keep their texts, and a text is registered once', async () => {
    expect([await publish('one'), await publish('two'), await publish('one')]).toEqual([1, 2, 1]);
    const versions = await registry.listVersions(database);
    expect(versions.map(({ number, standard, publishedBy }) => [number, standard, publishedBy])).toEqual([
      [2, '2', 'steward'],
      [1, '2', 'steward'],
    ]);
    expect(await registry.readVersion(database, 2)).toMatchObject({ supergraph: 'two', subgraphs: { a: 'two of a' } });
    expect(await registry.readVersion(database, 3)).toBeUndefined();
  });

  test('are numbered without a gap if several are published at once', async () => {
    const numbers = await Promise.all(['a', 'b', 'c', 'd', 'e'].map((text) => publish(text)));
    expect([...numbers].sort()).toEqual([1, 2, 3, 4, 5]);
  });

  test.each(['versions set note = note', 'moves set reason = reason'])(
    'never change, not even by the owner of the database (update %s)',
    async (change) => {
      await registry.promote(database, await publish('one'), BY);
      const [table] = change.split(' ');
      for (const statement of [
        `update registry.${change}`,
        `delete from registry.${table}`,
        `truncate registry.${table} cascade`,
      ]) {
        await expect(database.transaction((query) => query(statement))).rejects.toThrow('never changes');
      }
    },
  );
});

describe('the pointer', () => {
  test('moves to what is promoted, and back step by step', async () => {
    for (const text of ['one', 'two', 'three']) await registry.promote(database, await publish(text), BY);
    expect(await servedNow()).toBe('three');
    await registry.rollback(database, BY);
    expect(await servedNow()).toBe('two');
    await registry.rollback(database, BY);
    expect(await servedNow()).toBe('one');
    await expect(registry.rollback(database, BY)).rejects.toThrow('no version before');
    await registry.promote(database, 3, BY);
    await registry.rollback(database, BY);
    expect(await servedNow()).toBe('one');
    const moves = await registry.listMoves(database);
    expect(moves.map(({ kind, version }) => `${kind} ${version}`)).toEqual([
      'ROLLBACK 1',
      'PROMOTE 3',
      'ROLLBACK 1',
      'ROLLBACK 2',
      'PROMOTE 3',
      'PROMOTE 2',
      'PROMOTE 1',
    ]);
  });

  test('is not there before the first promotion, and refuses what is unknown or served already', async () => {
    expect(await servedNow()).toBeUndefined();
    await expect(registry.promote(database, 1, BY)).rejects.toThrow('there is no version 1');
    await registry.promote(database, await publish('one'), BY);
    await expect(registry.promote(database, 1, BY)).rejects.toThrow('promoted already');
  });
});

describe('a gateway that follows the registry', () => {
  let followed: PromotedSupergraph | undefined;
  const file = () => join(folder, `supergraph-${databases}.graphql`);
  const follow = async (publishers = { keys: [key.publicJwk] }) => {
    followed = await followPromoted({ database, file: file(), publishers, pollMs: 20, log });
  };

  async function until(text: string): Promise<void> {
    for (let left = 200; left > 0 && (await readFile(file(), 'utf8')) !== text; left--) await pause(20);
    expect(await readFile(file(), 'utf8')).toBe(text);
    await followed?.stop();
    followed = undefined;
  }

  test('gets the promoted version at the start, and each one after it', async () => {
    await expect(follow()).rejects.toThrow('no version is promoted; run "npx yiwang registry promote NUMBER"');
    await registry.promote(database, await publish('one'), BY);
    await follow();
    await until('one');
    await follow();
    await registry.promote(database, await publish('two'), BY);
    await until('two');
    await follow();
    await registry.rollback(database, BY);
    await until('one');
  });

  test('takes no version that a publisher did not sign as it stands', async () => {
    await registry.promote(database, await publish('one'), BY);
    const stranger = await readOrCreateKeyPair(join(folder, 'stranger.jwk.json'));
    await expect(follow({ keys: [stranger.publicJwk] })).rejects.toThrow('version 1 of the registry is not signed');
    await writeFile(file(), 'before');
    await database.transaction(async (query) => {
      await query('alter table registry.versions disable trigger versions_are_final');
      await query("update registry.versions set supergraph = 'forged'");
    });
    await follow();
    await pause(60);
    await until('before');
  });

  test('keeps the file of the last version while the registry is away', async () => {
    await registry.promote(database, await publish('one'), BY);
    await follow();
    await until('one');
    const away = open('postgres://nobody@127.0.0.1:1/nothing');
    followed = await followPromoted({ database: away, file: file(), publishers: { keys: [] }, pollMs: 20, log });
    await until('one');
    await away.close();
  });
});

describe('usage', () => {
  const WUHAN = { subject: 'wuhan-officer', audience: 'supervisor', division: '420100' } as const;
  const FIRE = { subject: 'x', audience: 'department', division: '420100', department: '114201000100011972' } as const;
  const APP = { subject: 'toilets', audience: 'open', division: '100000' } as const;
  const CASES = { coordinates: ['Query.cases', 'Case.id'] };

  test('adds up over texts, flushes and gateways, by view and caller, without persons', async () => {
    const counter = createUsageCounter(100, () => Date.parse('2026-11-01T16:30:00Z'));
    const write = async () => startUsageWriter({ database, counter, flushMs: 60_000, log }).stop();
    counter.count(WUHAN, CASES, []);
    counter.count(WUHAN, CASES, ['CaseFilter.status']);
    counter.count(FIRE, CASES, []);
    await write();
    counter.count(APP, { coordinates: ['Query.cases'] }, []);
    counter.count({ ...APP, subject: 'anonymous' }, { coordinates: ['Query.cases'] }, []);
    counter.count(WUHAN, CASES, []);
    await write();
    const usage = await registry.readUsage(database, { since: '2026-11-02' });
    const lines = usage.map(({ coordinate, audience, caller, uses }) => `${caller} ${audience} ${coordinate} ${uses}`);
    expect(lines.sort()).toEqual([
      'anonymous open Query.cases 1',
      'app:toilets open Query.cases 1',
      'department:114201000100011972 department Case.id 1',
      'department:114201000100011972 department Query.cases 1',
      'division:420100 supervisor Case.id 3',
      'division:420100 supervisor CaseFilter.status 1',
      'division:420100 supervisor Query.cases 3',
    ]);
    expect(usage[0]).toMatchObject({ firstDay: '2026-11-02', lastDay: '2026-11-02' });
    expect(JSON.stringify(usage)).not.toContain('officer');
    expect(await registry.readUsage(database, { since: '2026-11-03' })).toEqual([]);
    expect(await registry.deleteUsageBefore(database, '2026-11-03')).toBe(7);
  });

  test('is kept for the next write if one fails', async () => {
    const counter = createUsageCounter(100);
    counter.count(WUHAN, CASES, []);
    const away = open('postgres://nobody@127.0.0.1:1/nothing');
    const writer = startUsageWriter({ database: away, counter, flushMs: 60_000, log });
    await writer.stop();
    await away.close();
    await startUsageWriter({ database, counter, flushMs: 60_000, log }).stop();
    expect((await registry.readUsage(database, { since: '2020-01-01' })).map(({ uses }) => uses)).toEqual([1, 1]);
  });

  test('holds at most so many counts, and says how many uses it did not count', () => {
    const counter = createUsageCounter(2);
    const [a, b, c] = ['a', 'b', 'c'].map((name) => ({ coordinates: [name] }));
    for (const text of [a, b, c, a, c]) counter.count(WUHAN, text!, []);
    expect(counter.lost).toBe(2);
    expect(counter.drain().map(({ coordinate, uses }) => [coordinate, uses])).toEqual([
      ['a', 2],
      ['b', 1],
    ]);
    counter.count(WUHAN, c!, []);
    expect(counter.drain()).toHaveLength(1);
  });

  test('is all that a gateway with a role of its own may write', async () => {
    await publish('one');
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query(`set role ${REGISTRY_ROLE}`);
    expect((await client.query('select supergraph from registry.versions')).rows).toEqual([{ supergraph: 'one' }]);
    const use = [{ coordinate: 'A.b', day: '2026-11-01', audience: 'open', caller: 'app:x', uses: 1 }];
    await client.query('select registry.add_usage($1)', [JSON.stringify(use)]);
    for (const statement of [
      'select * from registry.usage',
      "insert into registry.moves (version, kind, reason, moved_by) values (1, 'PROMOTE', '', '')",
      "update registry.versions set note = 'x'",
    ]) {
      await expect(client.query(statement)).rejects.toThrow('permission denied');
    }
    await client.end();
  });
});

test('a user who may create nothing is told who can prepare the registry', async () => {
  const name = `registry_${++databases}`;
  await postgres.createDatabase(name);
  const owner = new pg.Client({ connectionString: postgres.url(name) });
  await owner.connect();
  await owner.query(
    `do $$ begin create role poor login password 'poor'; exception when duplicate_object then null; end $$`,
  );
  const poorUrl = new URL(postgres.url(name));
  poorUrl.username = 'poor';
  poorUrl.password = 'poor';
  const poor = open(poorUrl.href);
  await expect(prepareRegistry(poor)).rejects.toThrow('run "npx yiwang registry prepare" as the owner');
  await poor.close();
  await owner.end();
});
