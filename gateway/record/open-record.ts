/**
 * Opens the record of a gateway: prepares its tables, compares its head, and starts its writer, its signed head and its
 * subgraph.
 */
import type { Logger } from 'pino';
import type { KeyPair } from '../kit/crypto/key-files.ts';
import type { KeyedDigest } from '../kit/crypto/keyed-digest.ts';
import { type Database, openDatabase } from '../kit/postgres/database.ts';
import type { FindingPages } from '../model/finding.ts';
import type { Limits } from '../model/limits.ts';
import type { PlatformEntry } from '../model/platform/network.ts';
import type { Rights } from '../model/rights.ts';
import { type PreparedRecord, prepareRecord } from './database/prepare-record.ts';
import { createRecordReader } from './database/record-reader.ts';
import { createRecordStore } from './database/record-store.ts';
import { compareSavedHead, createHeadWriter } from './integrity/signed-head.ts';
import { createRecorder, type Recorder } from './recorder.ts';
import { startRecordServer } from './subgraph/record-server.ts';

export interface OpenRecordOptions {
  /** URL of the PostgreSQL database. */
  readonly url: string;
  /** Signs the heads. */
  readonly key: KeyPair;
  /** Masks values in the text of refused operations. */
  readonly digest: KeyedDigest;
  /** File of the last signed head. */
  readonly headFile: string;
  readonly limits: Limits;
  /** Throws a `PublicError` for a passport that is not made out to `RECORD_PLATFORM`. */
  readonly verifyPassport: (token: unknown) => Promise<Rights>;
  /** Reads the findings in the same database. */
  readonly createFindingPages?: (database: Database) => FindingPages;
  readonly log: Logger;
}

export interface OpenRecord {
  readonly recorder: Recorder;
  /** The directory's entry of the subgraph `record`. */
  readonly platform: PlatformEntry;
  /** Writes the entries that wait, and closes the database. */
  stop(): Promise<void>;
}

/** Migrating a record of version 1 copies all of its entries. */
const PREPARE_MS = 600_000;
const WRITER_CONNECTIONS_MAX = 2;
const READER_CONNECTIONS_MAX = 2;

/** Throws an `Error` that says what to do. */
export async function openRecord(options: OpenRecordOptions): Promise<OpenRecord> {
  const { url, key, digest, headFile, limits, verifyPassport, createFindingPages, log } = options;
  const prepared = await prepare(url, limits.databaseMs);
  if (!prepared.roles.writer)
    log.warn('the record is written by a user that owns it: this server gives it no role that can only add entries');
  await compareSavedHead(prepared, { key, file: headFile, log });
  const writerDatabase = open(url, limits.databaseMs, limits.databaseMs, WRITER_CONNECTIONS_MAX);
  const store = createRecordStore(writerDatabase, prepared.roles, digest);
  const heads = createHeadWriter({ store, key, file: headFile, limits, log });
  const recorder = createRecorder({ store, limits, log, onWritten: heads.advance });
  const readerDatabase = open(url, limits.databaseMs, limits.databaseMs, READER_CONNECTIONS_MAX);
  const reader = createRecordReader(readerDatabase, prepared.roles, digest);
  const server = await startRecordServer({
    reader,
    findings: createFindingPages?.(readerDatabase),
    verifyPassport,
    log,
  });
  return {
    recorder,
    platform: server.platform,
    async stop() {
      await server.stop();
      await recorder.stop();
      await heads.stop();
      await Promise.all([writerDatabase.close(), readerDatabase.close()]);
    },
  };
}

function open(url: string, connectMs: number, statementMs: number, connectionsMax: number): Database {
  return openDatabase({ url, connectionsMax, connectMs, statementMs, applicationName: 'yiwang-gateway' });
}

async function prepare(url: string, connectMs: number): Promise<PreparedRecord> {
  const database = open(url, connectMs, PREPARE_MS, 1);
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
