import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type PostgresServer, startPostgres } from '@yiwang/scripts/tools/postgres/index.ts';
import { DEFAULT_LIMITS } from '../limits.ts';
import type { Database } from '../module.ts';
import { connectDatabase, connectOwner } from './database.ts';
import { migrate } from './migrate.ts';

const EVERYWHERE = ['', '~'];
let folder: string;
let server: PostgresServer & { readonly port: number };
let url: string;

async function start(port?: number): Promise<void> {
  server = await startPostgres({ folder, durable: false, ...(port ? { port } : {}) });
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yiwang-database-test-'));
  await rm(folder, { recursive: true });
  await start();
  await server.createDatabase('faults');
  url = server.url('faults');
  await migrate(url, []);
});

afterAll(async () => {
  await server.stop();
  await rm(folder, { recursive: true });
});

/** Also tries anew, since a connection that broke is found out by its next use. */
async function codeOf(db: Database): Promise<unknown> {
  try {
    await db.query('one', 'select 1');
    return 'OK';
  } catch (error) {
    return (error as { code?: unknown }).code;
  }
}

describe('the database of a platform', () => {
  test('the database of a platform is out of reach while the server is down, and back when it is', async () => {
    const broken: Error[] = [];
    const database = connectDatabase({ url, limits: DEFAULT_LIMITS, onIdleError: (error) => broken.push(error) });
    const caller = () => database.forCaller({ scope: EVERYWHERE, endsAtMs: performance.now() + 5000 });
    expect(await codeOf(caller())).toBe('OK');
    expect(await database.check()).toBeGreaterThan(0);

    const { port } = server;
    await server.stop();
    expect(await codeOf(caller())).toBe('PLATFORM_UNREACHABLE');
    await expect(database.check()).rejects.toThrow();
    expect(broken).toHaveLength(1);

    await start(port);
    expect(await codeOf(caller())).toBe('OK');
    await database.close();
  });

  test('the database of a platform gives whole and exact numbers as numbers, a date as its text, an instant as a Date', async () => {
    const database = connectDatabase({ url, limits: DEFAULT_LIMITS });
    const owner = connectOwner({ url, connectMsMax: 5000, onIdleError: () => {} });
    const text = `select count(*) as count, 1.25::numeric as exact, date '2026-11-01' as day, timestamptz '2026-11-01 00:00+08' as instant`;
    const expected = [{ count: 1, exact: 1.25, day: '2026-11-01', instant: new Date('2026-10-31T16:00:00Z') }];
    const caller = database.forCaller({ scope: EVERYWHERE, endsAtMs: performance.now() + 5000 });
    expect(await caller.query('types', text)).toEqual(expected);
    expect((await owner.query(text, [])).rows).toEqual(expected);
    await database.close();
    await owner.close();
  });

  test('the database of a platform refuses a text that it cannot hold as a fault of the input', async () => {
    const database = connectDatabase({ url, limits: DEFAULT_LIMITS });
    const caller = database.forCaller({ scope: EVERYWHERE, endsAtMs: performance.now() + 5000 });
    await expect(caller.query('nul', 'select $1::text as text', ['a\u0000b'])).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      message: expect.stringContaining('U+0000'),
    });
    await database.close();
  });

  test('the database of a platform has no row for an empty scope, and none for a scope after one that had', async () => {
    const database = connectDatabase({ url, limits: { ...DEFAULT_LIMITS, connectionsMax: 1 } });
    const settingsOf = async (scope: readonly string[]) => {
      const db = database.forCaller({ scope, endsAtMs: performance.now() + 5000 });
      const rows = await db.query<{ low: string; high: string; bounds: string; role: string }>(
        'settings',
        `select current_setting('yiwang.low') as low, current_setting('yiwang.high') as high,
          current_setting('yiwang.bounds') as bounds, current_user as role`,
      );
      return rows[0]!;
    };
    const role = 'yiwang_platform';
    expect(await settingsOf(EVERYWHERE)).toEqual({ low: '', high: '~', bounds: '', role });
    const none = await settingsOf([]);
    expect(none.low < none.high).toBe(false);
    expect(await settingsOf(['42', '4201', '4202', '43'])).toEqual({
      low: '42',
      high: '43',
      bounds: '42,4201,4202,43',
      role,
    });
    await database.close();
  });

  test('the database of a platform shows the public no row that is not for it, whoever asked before', async () => {
    const database = connectDatabase({ url, limits: { ...DEFAULT_LIMITS, connectionsMax: 1 } });
    const owner = connectOwner({ url, connectMsMax: 5000, onIdleError: () => {} });
    await owner.query(
      `create table paper (division text collate "C", is_public boolean);
       insert into paper values ('420106', true), ('420106', false);
       select guard('paper'), open_rows('paper', 'is_public');
       grant select on paper to yiwang_platform`,
      [],
    );
    const read = async (audience?: string) => {
      const caller = { scope: EVERYWHERE, endsAtMs: performance.now() + 5000 };
      const db = database.forCaller(audience === undefined ? caller : { ...caller, audience });
      return (await db.query<{ is_public: boolean }>('papers', 'select is_public from paper order by 1')).map(
        (row) => row.is_public,
      );
    };
    expect(await read('supervisor')).toEqual([false, true]);
    expect(await read('open')).toEqual([true]);
    expect(await read('department')).toEqual([false, true]);
    expect(await read()).toEqual([true]);
    await owner.query('drop table paper', []);
    await database.close();
    await owner.close();
  });
});
