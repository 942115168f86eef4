/** A PostgreSQL server, embedded or not, with databases by name. */
import { createHash } from 'node:crypto';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PLATFORM_ROLE } from '@yiwang/platform/database/database.ts';
import pg from 'pg';
import { SetupError } from '../setup-error.ts';

export interface PostgresServer {
  /** Name of the database on the server, with the prefix of the network. */
  databaseName(database: string): string;
  /** Connection URL of the database. */
  url(database: string): string;
  /** Role for the queries of platforms. */
  readonly platformRole: string;
  /** Creates the database if it is missing: UTF-8, ordered by code point (collation C). */
  createDatabase(name: string): Promise<void>;
  /** Throws `SetupError` while a client is connected to it. */
  dropDatabase(name: string): Promise<void>;
  /** Stops an embedded server; does nothing for another. */
  stop(): Promise<void>;
}

const DUPLICATE_DATABASE = '42P04';
const UNIQUE_VIOLATION = '23505';
const OBJECT_IN_USE = '55006';
/** The server notices a closed connection a little later. */
const IDLE_WAIT_MS = 5_000;
const IDLE_POLL_MS = 100;

/** `municipal/420100` → `yiwang_municipal_420100`, of the network `1a2b` → `yiwang_1a2b_municipal_420100` */
export function databaseName(name: string, network?: string): string {
  const plain = name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^yiwang_/, '');
  return network === undefined ? `yiwang_${plain}` : `yiwang_${network}_${plain}`;
}

/** Identifies a network on a shared server: a digest of the data folder. */
export function networkName(folder: string): string {
  return createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 8);
}

/** Databases on the server at `adminUrl`. Without `network`, one network uses the server alone. */
export function createDatabases(adminUrl: string, network?: string): Omit<PostgresServer, 'stop'> {
  const nameOf = (name: string) => databaseName(name, network);
  const admin = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: adminUrl });
    // Without a listener, a broken connection would end the process as well as reject the query.
    client.on('error', () => undefined);
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  return {
    databaseName: nameOf,
    platformRole: network === undefined ? PLATFORM_ROLE : `yiwang_${network}_platform`,
    url(database) {
      const url = new URL(adminUrl);
      url.pathname = `/${nameOf(database)}`;
      return url.href;
    },
    async createDatabase(name) {
      try {
        await admin(`create database ${nameOf(name)} template template0 encoding 'UTF8' locale 'C'`);
      } catch (error) {
        const code = (error as { code?: string }).code;
        if (code === DUPLICATE_DATABASE || code === UNIQUE_VIOLATION) return;
        throw new SetupError(`The database ${nameOf(name)} could not be created: ${(error as Error).message}`, {
          cause: error,
        });
      }
    },
    async dropDatabase(name) {
      const startedAt = performance.now();
      for (;;) {
        const error = await admin(`drop database if exists ${nameOf(name)}`).then(
          () => undefined,
          (cause: Error & { code?: string }) => cause,
        );
        if (!error) return;
        if (error.code !== OBJECT_IN_USE) throw error;
        if (performance.now() - startedAt > IDLE_WAIT_MS) {
          throw new SetupError(
            `The database ${nameOf(name)} is in use, and is not dropped; stop what uses it and try again`,
            {
              cause: error,
            },
          );
        }
        await sleep(IDLE_POLL_MS);
      }
    },
  };
}
