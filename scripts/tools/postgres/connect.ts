/** Connects to an existing PostgreSQL server by its URL. */
import { POSTGRES_VERSION_MIN } from '@yiwang/platform/database/migrate.ts';
import pg from 'pg';
import { SetupError } from '../setup-error.ts';
import { createDatabases, databaseName, type PostgresServer } from './server.ts';

const CONNECT_TIMEOUT_MS = 5000;

export interface ConnectOptions {
  readonly databaseUrl: string;
  /** Prefix of the databases, if several networks share the server. Default: one network uses it alone. */
  readonly network?: string;
  /** Receives one line that names the server. */
  readonly log?: (line: string) => void;
}

/** Throws `SetupError` if the URL is wrong, no server answers, or its user may not create databases. */
export async function connectPostgres({ databaseUrl, network, log }: ConnectOptions): Promise<PostgresServer> {
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
    log?.(
      `Using PostgreSQL ${rows[0]?.version} at ${hostOf(url)} (DATABASE_URL), databases ${databaseName('*', network).replace(/_+$/, '_')}*; unset it to use the embedded server`,
    );
  } catch (error) {
    if (error instanceof SetupError) throw error;
    throw new SetupError(
      `No PostgreSQL answers at ${hostOf(url)} (${reasonOf(error)}); correct DATABASE_URL, or unset it to use the embedded server`,
      { cause: error },
    );
  } finally {
    await client.end().catch(() => undefined);
  }
  return { ...createDatabases(url.href, network), stop: async () => undefined };
}

function checkServer(server: { version: number; able: boolean } | undefined, url: URL): void {
  if (!server || server.version < POSTGRES_VERSION_MIN) {
    throw new SetupError(
      `PostgreSQL ${server?.version} at ${hostOf(url)} is too old; expected ${POSTGRES_VERSION_MIN} or later`,
    );
  }
  if (!server.able) {
    throw new SetupError(
      `The user of DATABASE_URL may not create databases and roles at ${hostOf(url)}; grant it CREATEDB and CREATEROLE`,
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
function hostOf(url: URL): string {
  return `${url.hostname}:${url.port || 5432}`;
}

function reasonOf(error: unknown): string {
  const { message, code } = error as { message?: string; code?: string };
  return (message || code || 'no reason given').replace(/\s+/g, ' ');
}
