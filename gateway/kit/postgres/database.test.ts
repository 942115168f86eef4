/** How long the pool waits for PostgreSQL. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { type PostgresServer, startTestPostgres } from '../../../scripts/testing/postgres.ts';
import { openDatabase } from './database.ts';

let postgres: PostgresServer;

beforeAll(async () => {
  postgres = await startTestPostgres();
  await postgres.createDatabase('waits');
});

afterAll(() => postgres.stop());

test('a statement that exceeds statementMs is cancelled, and its connection serves another', async () => {
  const url = postgres.url('waits');
  const database = openDatabase({
    url,
    connectionsMax: 1,
    connectMs: 10_000,
    statementMs: 100,
    applicationName: 'test',
  });
  const run = (sql: string) => database.transaction((query) => query(sql));
  await expect(run('select pg_sleep(3600)')).rejects.toThrow('statement timeout');
  expect(await run('select 1 as one')).toEqual([{ one: 1 }]);
  await database.close();
});

test('a transaction fails after connectMs if the server accepts the connection and stays silent', async () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => void sockets.push(socket));
  silent.listen(0, '127.0.0.1');
  await once(silent, 'listening');
  const url = `postgres://user:password@127.0.0.1:${(silent.address() as AddressInfo).port}/database`;
  const database = openDatabase({
    url,
    connectionsMax: 1,
    connectMs: 100,
    statementMs: 3_600_000,
    applicationName: 'test',
  });
  await expect(database.transaction((query) => query('select 1'))).rejects.toThrow(/timeout/);
  await database.close();
  for (const socket of sockets) socket.destroy();
  silent.close();
});
