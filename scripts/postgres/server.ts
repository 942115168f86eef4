/** A PostgreSQL server as the scripts see it, embedded or not: databases are made on it by name. */
import pg from 'pg';
import { SetupError } from './setup-error.ts';

export interface PostgresServer {
  /** The connection URL of a database of that name. */
  url(database: string): string;
  /** Makes the database where it is missing: UTF-8, ordered by code point (collation C). */
  createDatabase(name: string): Promise<void>;
  dropDatabase(name: string): Promise<void>;
  /** Stops an embedded server; nothing on any other. */
  stop(): Promise<void>;
}

const DUPLICATE_DATABASE = '42P04';
const UNIQUE_VIOLATION = '23505';

/** `municipal/420100` → `yiwang_municipal_420100` */
export function databaseName(name: string): string {
  const plain = name.toLowerCase().replace(/[^a-z0-9]+/g, '_');
  return plain.startsWith('yiwang_') ? plain : `yiwang_${plain}`;
}

/** Databases on the server that `adminUrl` leads to. */
export function createDatabases(adminUrl: string): Pick<PostgresServer, 'url' | 'createDatabase' | 'dropDatabase'> {
  const admin = async (statement: string): Promise<void> => {
    const client = new pg.Client({ connectionString: adminUrl });
    // A connection that ends rejects its query; without a listener it would end the process, too.
    client.on('error', () => undefined);
    await client.connect();
    try {
      await client.query(statement);
    } finally {
      await client.end();
    }
  };
  return {
    url(database) {
      const url = new URL(adminUrl);
      url.pathname = `/${databaseName(database)}`;
      return url.href;
    },
    async createDatabase(name) {
      try {
        await admin(`create database ${databaseName(name)} template template0 encoding 'UTF8' locale 'C'`);
      } catch (error) {
        const code = (error as { code?: string }).code;
        if (code === DUPLICATE_DATABASE || code === UNIQUE_VIOLATION) return;
        throw new SetupError(`The database ${databaseName(name)} could not be created: ${(error as Error).message}`, {
          cause: error,
        });
      }
    },
    dropDatabase: (name) => admin(`drop database if exists ${databaseName(name)} with (force)`),
  };
}
