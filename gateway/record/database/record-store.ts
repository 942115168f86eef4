/** The record in PostgreSQL: an append-only table whose entries are numbered without a gap. */

import { sha256 } from '../../kit/crypto/digest.ts';
import type { KeyedDigest } from '../../kit/crypto/keyed-digest.ts';
import type { Database, Query } from '../../kit/postgres/database.ts';
import type { RecordEntry } from '../../model/record-entry.ts';
import { maskRefusedText } from './mask-refused-text.ts';
import type { RecordRoles } from './prepare-record.ts';

/** The last entry of a record. */
export interface RecordHead {
  readonly record: string;
  readonly last: number;
  readonly recordedAt: Date;
}

export interface RecordStore {
  /** Writes all entries or none. */
  append(operations: readonly RecordEntry[]): Promise<RecordHead>;
  /** Stores a signed head beside the entries. */
  checkpoint(last: number, statement: string): Promise<void>;
}

/** The record must be prepared. `digest` masks values in the text of refused operations. */
export function createRecordStore(database: Database, { writer }: RecordRoles, digest: KeyedDigest): RecordStore {
  const asWriter = <Result>(work: (query: Query) => Promise<Result>): Promise<Result> =>
    database.transaction(async (query) => {
      if (writer) await query(`set local role ${writer}`);
      return work(query);
    });
  return {
    async append(operations) {
      const rows = JSON.stringify(operations.map((operation) => replaceUnstorable(toRow(operation, digest))));
      const [head] = await asWriter((query) =>
        query<{ record: string; last: string; recorded_at: Date }>('select * from record_append($1::jsonb)', [rows]),
      );
      return { record: head!.record, last: Number(head!.last), recordedAt: head!.recorded_at };
    },
    async checkpoint(last, statement) {
      await asWriter((query) => query('select record_checkpoint($1, $2)', [last, statement]));
    },
  };
}

/** Keys are the names of columns. The database assigns number and time. */
function toRow({ rights, operation, ...entry }: RecordEntry, digest: KeyedDigest): Record<string, unknown> {
  return {
    at: entry.receivedAt.toISOString(),
    request_id: entry.requestId,
    subject: rights?.subject ?? null,
    tier: rights?.tier ?? null,
    division: rights?.division ?? null,
    department: rights?.department ?? null,
    audience: rights?.audience ?? null,
    purpose: rights?.purpose ?? null,
    matter: rights?.matter ?? null,
    rights_fingerprint: rights?.fingerprint ?? null,
    address: entry.address ?? null,
    ...(operation
      ? {
          operation_name: operation.name ?? null,
          operation_text: operation.text,
          operation_hash: operation.hash,
          variables: JSON.parse(operation.variables) as unknown,
          sent_digest: operation.sentDigest,
          fields: operation.fields,
        }
      : refusedColumns(entry.refusedText, digest)),
    platforms: entry.platforms,
    row_count: entry.rows,
    outcome: entry.outcome,
    codes: entry.codes,
    duration_ms: entry.durationMs,
    answer_digest: entry.answerDigest,
  };
}

function refusedColumns(text: string | undefined, digest: KeyedDigest): Record<string, unknown> {
  if (text === undefined) return {};
  const maskedText = maskRefusedText(text, digest);
  return { operation_text: maskedText, operation_hash: sha256(maskedText), sent_digest: digest(text) };
}

/** Recorded nesting of variables. */
const LEVELS_MAX = 64;

/** PostgreSQL stores neither NUL nor lone surrogates, and an entry that cannot be written would hold up all others. */
function replaceUnstorable(value: unknown, levels = LEVELS_MAX): unknown {
  if (typeof value === 'string') return value.replaceAll('\u0000', '\uFFFD').replace(/\p{Surrogate}/gu, '\uFFFD');
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return '…';
  if (Array.isArray(value)) return value.map((item) => replaceUnstorable(item, levels - 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [replaceUnstorable(key), replaceUnstorable(item, levels - 1)]),
  );
}
