/** Shared by tests of the record's integrity: records, a key, a folder for heads, and verification. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { type KeyPair, readOrCreateKeyPair } from '../../kit/crypto/key-files.ts';
import type { RecordEntry } from '../../model/record-entry.ts';
import { recordEntry, startTestRecords, type TestRecord, type TestRecords } from '../testing.ts';
import { createHeadWriter, type HeadWriter } from './signed-head.ts';
import { createStatementVerifier } from './signed-statement.ts';
import { type RecordReport, type VerifyOptions, verifyRecord } from './verify-record.ts';

export interface IntegrityTests {
  readonly records: TestRecords;
  readonly folder: string;
  readonly key: KeyPair;
  verify(record: Pick<TestRecord, 'database'>, options?: Partial<VerifyOptions>): Promise<RecordReport>;
  findingsOf(record: TestRecord, options?: Partial<VerifyOptions>): Promise<readonly string[]>;
  startHeads(record: Pick<TestRecord, 'store'>, file: string, recordCheckpointMs?: number): HeadWriter;
  stop(): Promise<void>;
}

export const log = pino({ level: 'silent' });

export function entries(count: number): readonly RecordEntry[] {
  return Array.from({ length: count }, () => recordEntry());
}

export async function startIntegrityTests(): Promise<IntegrityTests> {
  const records = await startTestRecords();
  const folder = await mkdtemp(join(tmpdir(), 'yiwang-integrity-'));
  const key = await readOrCreateKeyPair(join(folder, 'record.jwk.json'));
  const verifyStatement = createStatementVerifier({ keys: [key.publicJwk] });
  const verify: IntegrityTests['verify'] = ({ database }, options = {}) =>
    verifyRecord(database, { verifyStatement, ...options });
  return {
    records,
    folder,
    key,
    verify,
    findingsOf: async (record, options) => (await verify(record, options)).findings,
    startHeads: ({ store }, file, recordCheckpointMs = 60_000) =>
      createHeadWriter({ store, key, file, limits: { recordHeadMs: 1, recordCheckpointMs }, log }),
    async stop() {
      await records.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
