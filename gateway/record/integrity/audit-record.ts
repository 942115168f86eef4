/** Audits a record against the public key, the saved head and the archives of its gateway. */
import type { JWK } from 'jose';
import type { Database } from '../../kit/postgres/database.ts';
import { readHeadFile, readReplacedHeads } from './signed-head.ts';
import { type ArchiveStatement, createStatementVerifier } from './signed-statement.ts';
import { type ArchiveReport, verifyArchive } from './verify-archive.ts';
import { type RecordReport, verifyRecord } from './verify-record.ts';

/** Throws if the file cannot be read. */
export function auditArchive(file: string, publicKeys: readonly JWK[]): Promise<ArchiveReport> {
  return verifyArchive(file, createStatementVerifier({ keys: [...publicKeys] }));
}

export interface AuditOptions {
  readonly publicKeys: readonly JWK[];
  readonly headFile: string;
  /** Statements of the archives that were verified. */
  readonly archives: readonly ArchiveStatement[];
}

export async function auditRecord(
  database: Database,
  { publicKeys, headFile, archives }: AuditOptions,
): Promise<RecordReport> {
  const [savedHead, replacedHeads] = await Promise.all([readHeadFile(headFile), readReplacedHeads(headFile)]);
  const verifyStatement = createStatementVerifier({ keys: [...publicKeys] });
  return verifyRecord(database, { verifyStatement, savedHead, replacedHeads, archiveStatements: archives });
}
