/** An existing PostgreSQL server, reached by its URL. */
import pg from 'pg';
import { createDatabases, type PostgresServer } from './server.ts';
import { SetupError } from './setup-error.ts';

const CONNECT_TIMEOUT_MS = 5000;
const VERSION_MIN = 15;

/** Throws `SetupError` for an address that leads to no server on which databases can be made. */
export async function connectPostgres({ databaseUrl }: { readonly databaseUrl: string }): Promise<PostgresServer> {
  const url = parseUrl(databaseUrl);
  const client = new pg.Client({ connectionString: url.href, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ version: number; able: boolean }>(
      `select current_setting('server_version_num')::int / 10000 as version, rolcreatedb and rolcreaterole or rolsuper as able
       from pg_roles where rolname = current_user`,
    );
    checkServer(rows[0], url);
  } catch (error) {
    if (error instanceof SetupError) throw error;
    throw new SetupError(
      `No PostgreSQL answers at ${place(url)} (${reasonOf(error)}); correct DATABASE_URL, or unset it to use the embedded server`,
      { cause: error },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
  return { ...createDatabases(url.href), stop: async () => undefined };
}

function checkServer(found: { version: number; able: boolean } | undefined, url: URL): void {
  if (!found || found.version < VERSION_MIN) {
    throw new SetupError(`PostgreSQL ${found?.version} at ${place(url)} is too old; expected ${VERSION_MIN} or later`);
  }
  if (!found.able) {
    throw new SetupError(
      `The user of DATABASE_URL may not create databases and roles at ${place(url)}; grant it CREATEDB and CREATEROLE`,
    );
  }
}

function parseUrl(databaseUrl: string): URL {
  const url = URL.canParse(databaseUrl) ? new URL(databaseUrl) : undefined;
  if (!url || !/^postgres(ql)?:$/.test(url.protocol)) {
    throw new SetupError(
      'DATABASE_URL is no address of a PostgreSQL server; expected postgresql://user:password@host:5432/database',
    );
  }
  return url;
}

/** Without the password. */
function place(url: URL): string {
  return `${url.hostname}:${url.port || 5432}`;
}

function reasonOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return (message || code || 'no reason given').replace(/\s+/g, ' ');
}
