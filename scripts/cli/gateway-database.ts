/** Finds the gateway's database, which holds the record of operations and the registry of schemas. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, openDatabase } from '@yiwang/gateway/kit/postgres/database.ts';
import { DEFAULT_LIMITS } from '@yiwang/gateway/model/limits.ts';
import { GATEWAY_DATABASE, readRunFile } from '../demo/control/control.ts';
import { UsageError } from '../tools/flags.ts';
import { connectPostgres, networkName, startPostgres } from '../tools/postgres/index.ts';
import { serverUrl } from './config.ts';

const STATEMENT_MS = 600_000;

interface DatabaseLocation {
  readonly url: string;
  /** Stops the server that was started for it. */
  release(): Promise<void>;
}

const releaseNothing = async (): Promise<void> => undefined;

/**
 * Opens the given database, or that of the demo network, whose PostgreSQL is started if it does not run. `what` the
 * command reads there is for the error: `record`.
 */
export async function withGatewayDatabase<Result>(
  { url: explicitUrl, folder, what }: GatewayDatabaseOptions,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const { url, release } = await findDatabase(explicitUrl, folder, what);
  const connectMs = DEFAULT_LIMITS.databaseMs;
  const database = openDatabase({
    url,
    connectionsMax: 1,
    connectMs,
    statementMs: STATEMENT_MS,
    applicationName: `yiwang-${what}`,
  });
  try {
    return await work(database);
  } catch (error) {
    // PostgreSQL and the system give their errors a code.
    if (!(error instanceof Error) || !('code' in error)) throw error;
    throw new Error(`The ${what} cannot be used: ${(error as Error).message}`, { cause: error });
  } finally {
    await database.close();
    await release();
  }
}

export interface GatewayDatabaseOptions {
  readonly url: string | undefined;
  readonly folder: string;
  readonly what: 'record' | 'registry' | 'findings';
}

async function findDatabase(explicitUrl: string | undefined, folder: string, what: string): Promise<DatabaseLocation> {
  if (explicitUrl) {
    if (/^postgres(ql)?:\/\//.test(explicitUrl) && URL.canParse(explicitUrl))
      return { url: explicitUrl, release: releaseNothing };
    throw new UsageError('--database must be such as postgres://user:password@host:5432/database.');
  }
  const running = await readRunFile(folder);
  if (running?.recordUrl) return { url: running.recordUrl, release: releaseNothing };
  const databaseUrl = serverUrl();
  if (databaseUrl) {
    const server = await connectPostgres({ databaseUrl, network: networkName(folder) });
    return { url: server.url(GATEWAY_DATABASE), release: () => server.stop() };
  }
  const data = join(folder, 'postgres');
  if (running || !existsSync(data)) {
    throw new UsageError(
      `There is no ${what} in ${folder}; say where one is: --database URL, or GATEWAY_DATABASE_URL.`,
    );
  }
  const server = await startPostgres({ folder: data });
  return { url: server.url(GATEWAY_DATABASE), release: () => server.stop() };
}
