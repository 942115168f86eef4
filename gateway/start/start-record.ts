/** Configuration → the record of operations, prepared and ready to be written. */
import type { Logger } from 'pino';
import type { GatewayConfig } from '../config/config.ts';
import { keyFilesOf, recordHeadFileOf } from '../config/keys.ts';
import { createPassportVerifier } from '../identify/index.ts';
import { type KeyPair, readOrCreateKeyPair, readOrCreateSecret } from '../kit/crypto/key-files.ts';
import { createKeyedDigest, type KeyedDigest } from '../kit/crypto/keyed-digest.ts';
import { type Database, openDatabase } from '../kit/postgres/database.ts';
import type { PlatformEntry } from '../model/network.ts';
import {
  compareSavedHead,
  createHeadWriter,
  createNullRecorder,
  createRecorder,
  createRecordReader,
  createRecordStore,
  type PreparedRecord,
  prepareRecord,
  RECORD_PLATFORM,
  type Recorder,
  startRecordServer,
} from '../record/index.ts';

export interface StartedRecord {
  readonly recorder: Recorder;
  /** Of values that the record does not keep in clear; undefined if nothing is put on record. */
  readonly digest: KeyedDigest | undefined;
  /** Platforms by which the record is read in the graph. */
  readonly platforms: readonly PlatformEntry[];
  /** Writes what is left and lets go of the database. */
  stop(): Promise<void>;
}

/** Carrying over a record of an earlier form takes its time. */
const PREPARE_MS = 600_000;
/** Connections for those that read the record: writing has its own. */
const READER_CONNECTIONS_MAX = 2;

/** Throws an `Error` that says in plain words what to do. */
export async function startRecord(config: GatewayConfig, passportKey: KeyPair, log: Logger): Promise<StartedRecord> {
  const { databaseUrl: url, dataFolder, limits, open } = config;
  if (url === undefined) {
    if (!open) log.warn('GATEWAY_DATABASE_URL is not set: operations are not put on record');
    return { recorder: createNullRecorder(), digest: undefined, platforms: [], stop: async () => undefined };
  }
  const files = keyFilesOf(dataFolder);
  const key = await readOrCreateKeyPair(files.record);
  const digest = createKeyedDigest(await readOrCreateSecret(files.recordDigest, ''));
  const prepared = await prepareDatabase(url, limits.databaseMs);
  if (!prepared.roles.writer)
    log.warn('the record is written by a user that owns it: this server gives it no role that can only add entries');
  const file = recordHeadFileOf(dataFolder);
  await compareSavedHead(prepared, { key, file, log });
  const database = openRecordDatabase(url, limits.databaseMs, limits.databaseMs, 2);
  const store = createRecordStore(database, prepared.roles, digest);
  const heads = createHeadWriter({ store, key, file, limits, log });
  const recorder = createRecorder({ store, limits, log, onWritten: heads.advance });
  const readerDatabase = openRecordDatabase(url, limits.databaseMs, limits.databaseMs, READER_CONNECTIONS_MAX);
  const passports = createPassportVerifier(
    { keys: { keys: [passportKey.publicJwk] }, platforms: [RECORD_PLATFORM] },
    limits,
  );
  const server = await startRecordServer({
    reader: createRecordReader(readerDatabase, prepared.roles, digest),
    readPassport: (token) => passports(token, '127.0.0.1'),
    log,
  });
  return {
    recorder,
    digest,
    platforms: [server.platform],
    async stop() {
      await server.stop();
      await recorder.stop();
      await heads.stop();
      await Promise.all([database.close(), readerDatabase.close()]);
    },
  };
}

function openRecordDatabase(url: string, connectMs: number, statementMs: number, connectionsMax: number): Database {
  return openDatabase({ url, connectionsMax, connectMs, statementMs, applicationName: 'yiwang-gateway' });
}

async function prepareDatabase(url: string, connectMs: number): Promise<PreparedRecord> {
  const database = openRecordDatabase(url, connectMs, PREPARE_MS, 1);
  try {
    return await prepareRecord(database);
  } catch (error) {
    throw new Error(
      `The database of the record is not usable: ${(error as Error).message}. Check GATEWAY_DATABASE_URL.`,
      { cause: error },
    );
  } finally {
    await database.close();
  }
}
