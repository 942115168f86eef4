/** Finds the database with the record of operations. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, openDatabase } from '@yiwang/gateway/kit/postgres/database.ts';
import { DEFAULT_LIMITS } from '@yiwang/gateway/model/limits.ts';
import { GATEWAY_DATABASE, readRunFile } from '../demo/control/control.ts';
import { UsageError } from '../tools/flags.ts';
import { connectPostgres, networkName, startPostgres } from '../tools/postgres/index.ts';
import { serverUrl } from './config.ts';

const STATEMENT_MS = 600_000;

interface RecordLocation {
  readonly url: string;
  /** Stops the server that was started to read the record. */
  release(): Promise<void>;
}

const releaseNothing = async (): Promise<void> => undefined;

/** Opens the record in the given database, or in that of the demo network, whose PostgreSQL is started if it does not run. */
export async function withRecord<Result>(
  explicitUrl: string | undefined,
  folder: string,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const { url, release } = await findRecord(explicitUrl, folder);
  const connectMs = DEFAULT_LIMITS.databaseMs;
  const database = openDatabase({
    url,
    connectionsMax: 1,
    connectMs,
    statementMs: STATEMENT_MS,
    applicationName: 'yiwang-audit',
  });
  try {
    return await work(database);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new Error(`The record cannot be read: ${(error as Error).message}`, { cause: error });
  } finally {
    await database.close();
    await release();
  }
}

async function findRecord(explicitUrl: string | undefined, folder: string): Promise<RecordLocation> {
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
      `There is no record in ${folder} to read; say where one is: --database URL, or GATEWAY_DATABASE_URL.`,
    );
  }
  const server = await startPostgres({ folder: data });
  return { url: server.url(GATEWAY_DATABASE), release: () => server.stop() };
}
