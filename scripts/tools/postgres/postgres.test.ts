import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import pg from 'pg';
import { startTestPostgres } from '../../testing/postgres.ts';
import { connectPostgres } from './connect.ts';
import { networkName } from './server.ts';
import { startPostgres } from './start-postgres.ts';

let home: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'yiwang-postgres-test-'));
  // As a user's folder is: others may enter it.
  await rm(home, { recursive: true });
  await mkdir(home, { mode: 0o755 });
});

afterAll(() => rm(home, { recursive: true, force: true }));

async function ask<Row extends object>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

const oneLine = expect.stringMatching(/^[^\n]+$/);

describe('the embedded server', () => {
  test('keeps what was written for the next start', async () => {
    const folder = join(home, 'kept');
    const first = await startPostgres({ folder });
    await first.createDatabase('municipal/420100');
    await ask(first.url('municipal/420100'), 'create table kept as select 7 as number');
    await first.stop();

    const second = await startPostgres({ folder });
    await second.createDatabase('municipal/420100');
    const rows = await ask(second.url('municipal/420100'), 'select number, current_database() as name from kept');
    await second.stop();
    expect(rows).toEqual([{ number: 7, name: 'yiwang_municipal_420100' }]);
  });

  test('orders texts by code point, speaks UTC, and listens on loopback alone', async () => {
    const server = await startTestPostgres();
    await server.createDatabase('order');
    const rows = await ask(
      server.url('order'),
      `select 'a' > 'B' as by_code_point, current_setting('timezone') as zone, current_setting('listen_addresses') as host,
        current_setting('unix_socket_directories') as socket, pg_encoding_to_char(encoding) as encoding
       from pg_database where datname = current_database()`,
    );
    await server.stop();
    expect(rows).toEqual([{ by_code_point: true, zone: 'UTC', host: '127.0.0.1', socket: '', encoding: 'UTF8' }]);
  });

  test('ends a server that a killed run left behind, and takes the folder over', async () => {
    const folder = join(home, 'orphaned');
    const { url, pid } = await startInOtherProcess(folder);
    process.kill(pid, 'SIGKILL');
    await sleep(100);
    expect(await ask(url, 'select 1 as alive')).toEqual([{ alive: 1 }]);

    const server = await startPostgres({ folder });
    await expect(ask(url, 'select 1')).rejects.toThrow();
    await server.createDatabase('after');
    expect(await ask(server.url('after'), 'select 1 as alive')).toEqual([{ alive: 1 }]);
    await server.stop();
  });

  test('starts over the stale lock file of a server that is gone', async () => {
    const folder = join(home, 'stale');
    await (await startPostgres({ folder })).stop();
    // The number of a living process that is no PostgreSQL, as after a restart of the machine.
    await writeFile(join(folder, 'postmaster.pid'), `${process.pid}\n${folder}\n`);
    const server = await startPostgres({ folder });
    await server.stop();
    expect(await readdir(folder)).not.toContain('postmaster.pid');
  });

  test('leaves a folder alone that a living run holds', async () => {
    const folder = join(home, 'held');
    const { url, pid, child } = await startInOtherProcess(folder);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    try {
      const refused = await startPostgres({ folder }).catch((error: Error) => error);
      expect(refused).toMatchObject({
        name: 'SetupError',
        message: expect.stringContaining(`is in use by process ${pid}`),
      });
      expect(await ask(url, 'select 1 as alive')).toEqual([{ alive: 1 }]);
    } finally {
      child.kill('SIGTERM');
      await ended;
    }
    await expect(ask(url, 'select 1')).rejects.toThrow();
  });

  test('is started again where it ends by itself, at the same address and with its data, and says so', async () => {
    const lines: string[] = [];
    const folder = join(home, 'killed');
    const server = await startPostgres({ folder, restart: { onEvent: (line) => lines.push(line) } });
    await server.createDatabase('kept');
    await ask(server.url('kept'), 'create table kept as select 7 as number');
    // Commits go to the disk a little later.
    await ask(server.url('kept'), 'checkpoint');
    process.kill(server.pid()!, 'SIGKILL');
    for (let i = 0; i < 600 && !lines.includes('PostgreSQL runs again'); i++) await sleep(50);
    expect(lines[0]).toMatch(/^PostgreSQL in .*killed ended by itself \(SIGKILL\); it is started again in 500 ms$/);
    expect(await ask(server.url('kept'), 'select number from kept')).toEqual([{ number: 7 }]);
    await server.stop();
    expect(lines.at(-1)).toBe('PostgreSQL runs again');
    await expect(ask(server.url('kept'), 'select 1')).rejects.toThrow();
  });

  test('says in one line that a port is busy', async () => {
    const { server, port } = await listen();
    await expect(startPostgres({ folder: join(home, 'port'), port })).rejects.toMatchObject({
      name: 'SetupError',
      message: `Port ${port} for PostgreSQL is busy; free it, or choose another`,
    });
    server.close();
  });

  test('says in one line that a folder cannot be made, and touches no folder that holds something else', async () => {
    await writeFile(join(home, 'file'), 'x');
    await expect(startPostgres({ folder: join(home, 'file/data') })).rejects.toMatchObject({
      name: 'SetupError',
      message: oneLine,
    });
    const other = join(home, 'other');
    await mkdir(other);
    await writeFile(join(other, 'PG_VERSION'), 'of somebody else');
    await expect(startPostgres({ folder: other })).rejects.toMatchObject({
      name: 'SetupError',
      message: expect.stringContaining('holds something else (PG_VERSION)'),
    });
    expect(await readFile(join(other, 'PG_VERSION'), 'utf8')).toBe('of somebody else');
  });

  test('keeps its data elsewhere where its user cannot enter the folder, and says where', async () => {
    if (process.getuid?.() !== 0) return;
    const closed = join(home, 'closed');
    await mkdir(closed, { mode: 0o700 });
    const lines: string[] = [];
    const server = await startPostgres({ folder: join(closed, 'data'), log: (line) => lines.push(line) });
    await server.createDatabase('there');
    expect(await ask(server.url('there'), 'select 1 as alive')).toEqual([{ alive: 1 }]);
    await server.stop();
    expect(lines).toEqual([`PostgreSQL keeps its data in ${server.folder}`]);
    expect(server.folder.startsWith(closed)).toBe(false);
    await rm(server.folder, { recursive: true });
  });
});

describe('an existing server', () => {
  test('is used through its URL, with databases of its own names', async () => {
    const embedded = await startTestPostgres();
    const server = await connectPostgres({ databaseUrl: embedded.url('x').replace('/yiwang_x', '/postgres') });
    await server.createDatabase('exchange/100000');
    const rows = await ask(server.url('exchange/100000'), 'select current_database() as name');
    await server.stop();
    await embedded.stop();
    expect(rows).toEqual([{ name: 'yiwang_exchange_100000' }]);
  });

  test('holds the databases of several networks side by side, and says whose and where they are', async () => {
    const embedded = await startTestPostgres();
    const databaseUrl = embedded.url('x').replace('/yiwang_x', '/postgres');
    const [one, two] = ['/one', '/two'].map(networkName);
    const lines: string[] = [];
    const first = await connectPostgres({ databaseUrl, network: one!, log: (line) => lines.push(line) });
    const second = await connectPostgres({ databaseUrl, network: two! });
    await first.createDatabase('municipal/420100');
    await second.createDatabase('municipal/420100');
    await ask(first.url('municipal/420100'), 'create table mine as select 1 as number');
    await second.dropDatabase('municipal/420100');
    expect(await ask(first.url('municipal/420100'), 'select number from mine')).toEqual([{ number: 1 }]);
    expect(new URL(first.url('municipal/420100')).pathname).toBe(`/yiwang_${one}_municipal_420100`);
    expect([first.platformRole, second.platformRole]).toEqual([`yiwang_${one}_platform`, `yiwang_${two}_platform`]);
    const at = new URL(databaseUrl).port;
    expect(lines).toEqual([
      expect.stringMatching(
        new RegExp(`^Using PostgreSQL \\d+ at 127.0.0.1:${at} \\(DATABASE_URL\\), databases yiwang_${one}_\\*;`),
      ),
    ]);
    await embedded.stop();
  });

  test('keeps a database that somebody is connected to', async () => {
    const embedded = await startTestPostgres();
    await embedded.createDatabase('busy');
    const client = new pg.Client({ connectionString: embedded.url('busy') });
    await client.connect();
    await expect(embedded.dropDatabase('busy')).rejects.toMatchObject({
      name: 'SetupError',
      message: 'The database yiwang_busy is in use, and is not dropped; stop what uses it and try again',
    });
    expect((await client.query('select 1 as alive')).rows).toEqual([{ alive: 1 }]);
    const dropped = embedded.dropDatabase('busy');
    await client.end();
    await dropped;
    await expect(ask(embedded.url('busy'), 'select 1')).rejects.toThrow('does not exist');
    await embedded.stop();
  });

  test.each([
    ['an address of another kind', 'mysql://127.0.0.1/x', /^DATABASE_URL is no address of a PostgreSQL server/],
    ['no address', 'here', /^DATABASE_URL is no address of a PostgreSQL server/],
    ['a port where nothing listens', 'postgresql://u:secret@127.0.0.1:1/x', /^No PostgreSQL answers at 127.0.0.1:1 /],
  ])('is refused in one line for %s', async (_what, databaseUrl, message) => {
    const refused = await connectPostgres({ databaseUrl }).catch((error: Error) => error);
    expect(refused).toMatchObject({ name: 'SetupError', message: expect.stringMatching(message) });
    expect((refused as Error).message).not.toMatch(/secret|\n/);
  });

  test('is refused in one line for a wrong password, and for a user who may create nothing', async () => {
    const embedded = await startTestPostgres();
    const admin = embedded.url('x').replace('/yiwang_x', '/postgres');
    await ask(admin, "create role guest login password 'guest'");
    const guest = new URL(admin);
    guest.username = 'guest';
    const wrong = await connectPostgres({ databaseUrl: guest.href }).catch((error: Error) => error);
    guest.password = 'guest';
    const unable = await connectPostgres({ databaseUrl: guest.href }).catch((error: Error) => error);
    await embedded.stop();
    expect(wrong).toMatchObject({
      name: 'SetupError',
      message: expect.stringContaining('password authentication failed'),
    });
    expect(unable).toMatchObject({ name: 'SetupError', message: expect.stringContaining('CREATEDB and CREATEROLE') });
  });
});

/** A separate process: starts the server, prints its address, stops it on SIGTERM. */
async function startInOtherProcess(folder: string) {
  const script = `
    import { startPostgres } from '${new URL('./start-postgres.ts', import.meta.url).href}';
    const server = await startPostgres({ folder: ${JSON.stringify(folder)} });
    await server.createDatabase('other');
    process.on('SIGTERM', () => server.stop().then(() => process.exit(0)));
    console.log(server.url('other'));
    setInterval(() => undefined, 1000);`;
  const { NODE_OPTIONS: _, ...env } = process.env;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
    cwd: new URL('../../..', import.meta.url),
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString().trim()));
    child.once('exit', () => reject(new Error('the other process ended before it was ready')));
  });
  return { url, pid: child.pid!, child };
}

async function listen(): Promise<{ server: Server; port: number }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, port: (server.address() as { port: number }).port };
}
