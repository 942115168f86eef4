/** `yiwang audit verify`: whether the record of operations is whole and still can only grow. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '@yiwang/gateway/kit/database.ts';
import { DEFAULT_LIMITS } from '@yiwang/gateway/model/limits.ts';
import { verifyRecord } from '@yiwang/gateway/record/index.ts';
import { GATEWAY_DATABASE, readRunFile } from '../network/control.ts';
import { connectPostgres, startPostgres } from '../postgres/index.ts';
import { findDataFolder, recordUrlOf, serverUrl } from './config.ts';
import { type Command, readFlags, type Terminal, UsageError } from './usage.ts';

const STATEMENT_MS = 600_000;

export const AUDIT: Command = {
  name: 'audit',
  usage: 'audit verify [--database URL] [--data FOLDER]',
  about: 'Verifies the record of operations: its numbers run without a gap, and nothing can be changed or removed.',
  async run(args, terminal) {
    const { flags, words } = readFlags(args, { database: 'string', data: 'string' }, 1);
    if (words[0] !== 'verify') throw new UsageError('Say what to do: audit verify.');
    const found = await findRecord(recordUrlOf(flags.database), flags.data);
    try {
      return await verify(found.url, terminal);
    } finally {
      await found.leave();
    }
  },
};

interface FoundRecord {
  readonly url: string;
  /** Stops what was started to read it. */
  leave(): Promise<void>;
}

const nothing = async (): Promise<void> => undefined;

/** The database that was named, or that of the demo network, which is started where it does not run. */
async function findRecord(named: string | undefined, dataFlag: string | undefined): Promise<FoundRecord> {
  if (named) {
    if (/^postgres(ql)?:\/\//.test(named) && URL.canParse(named)) return { url: named, leave: nothing };
    throw new UsageError('--database must be such as postgres://user:password@host:5432/database.');
  }
  const { folder } = await findDataFolder(dataFlag);
  const running = await readRunFile(folder);
  if (running?.recordUrl) return { url: running.recordUrl, leave: nothing };
  const databaseUrl = serverUrl();
  if (databaseUrl) {
    const server = await connectPostgres({ databaseUrl });
    return { url: server.url(GATEWAY_DATABASE), leave: () => server.stop() };
  }
  const data = join(folder, 'postgres');
  if (running || !existsSync(data)) {
    throw new UsageError(
      `There is no record in ${folder} to read; say where one is: --database URL, or GATEWAY_DATABASE_URL.`,
    );
  }
  const server = await startPostgres({ folder: data });
  return { url: server.url(GATEWAY_DATABASE), leave: () => server.stop() };
}

/** 1 where something was found. */
async function verify(url: string, terminal: Terminal): Promise<number> {
  const database = openDatabase({
    url,
    connectionsMax: 1,
    connectMs: DEFAULT_LIMITS.databaseMs,
    statementMs: STATEMENT_MS,
  });
  try {
    const { entries, first, last, findings } = await verifyRecord(database);
    terminal.out(`${entries} entries${first === undefined ? '' : `, from ${first} to ${last}`}\n`);
    for (const finding of findings) terminal.error(`${finding}\n`);
    if (findings.length === 0) terminal.out('The record is whole and can only grow.\n');
    return findings.length === 0 ? 0 : 1;
  } catch (error) {
    throw new Error(`The record cannot be read: ${(error as Error).message}.`, { cause: error });
  } finally {
    await database.close();
  }
}
