/** The record in PostgreSQL: a table that can only grow, its entries numbered without a gap. */
import type { Database, Query } from '../kit/database.ts';
import { sha256 } from '../kit/digest.ts';
import type { KeyedDigest } from '../kit/keyed-digest.ts';
import type { Operation } from '../model/operation.ts';
import type { RecordRoles } from './prepare.ts';
import { refusedText } from './refused-text.ts';

/** The last entry of a record. */
export interface RecordHead {
  readonly record: string;
  readonly last: number;
  readonly recordedAt: Date;
}

export interface RecordStore {
  /** Writes all entries or none. */
  append(operations: readonly Operation[]): Promise<RecordHead>;
  /** Puts a signed statement beside the entries. */
  checkpoint(last: number, statement: string): Promise<void>;
}

/** Of a record that is prepared. `digest` masks values in the text of operations that were refused. */
export function createRecordStore(database: Database, { writer }: RecordRoles, digest: KeyedDigest): RecordStore {
  const asWriter = <Result>(work: (query: Query) => Promise<Result>): Promise<Result> =>
    database.transaction(async (query) => {
      if (writer) await query(`set local role ${writer}`);
      return work(query);
    });
  return {
    async append(operations) {
      const rows = JSON.stringify(operations.map((operation) => storable(toRow(operation, digest))));
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

/** By the names of the columns; the database gives number and time. */
function toRow({ rights, asked, ...operation }: Operation, digest: KeyedDigest): Record<string, unknown> {
  return {
    at: operation.at.toISOString(),
    request_id: operation.requestId,
    subject: rights?.subject ?? null,
    tier: rights?.tier ?? null,
    division: rights?.division ?? null,
    department: rights?.department ?? null,
    audience: rights?.audience ?? null,
    purpose: rights?.purpose ?? null,
    matter: rights?.matter ?? null,
    rights_fingerprint: rights?.fingerprint ?? null,
    address: operation.address ?? null,
    ...(asked
      ? {
          operation_name: asked.name ?? null,
          operation_text: asked.text,
          operation_hash: asked.hash,
          variables: JSON.parse(asked.variables) as unknown,
          sent_digest: asked.sentDigest,
          fields: asked.fields,
        }
      : refusedColumns(operation.refusedText, digest)),
    platforms: operation.platforms,
    row_count: operation.rows,
    outcome: operation.outcome,
    codes: operation.codes,
    duration_ms: operation.durationMs,
    answer_digest: operation.digest,
  };
}

function refusedColumns(text: string | undefined, digest: KeyedDigest): Record<string, unknown> {
  if (text === undefined) return {};
  const kept = refusedText(text, digest);
  return { operation_text: kept, operation_hash: sha256(kept), sent_digest: digest(text) };
}

/** Objects within objects that are kept of the variables. */
const LEVELS_MAX = 64;

/** PostgreSQL's text holds neither NUL nor half a surrogate pair, and an entry that cannot be written would hold up all others. */
function storable(value: unknown, levels = LEVELS_MAX): unknown {
  if (typeof value === 'string') return value.replaceAll('\u0000', '\uFFFD').replace(/\p{Surrogate}/gu, '\uFFFD');
  if (typeof value !== 'object' || value === null) return value;
  if (levels === 0) return '…';
  if (Array.isArray(value)) return value.map((item) => storable(item, levels - 1));
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [storable(key), storable(item, levels - 1)]));
}
