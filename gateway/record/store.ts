/** The record in PostgreSQL: a table that can only grow, its entries numbered without a gap. */
import { readFile } from 'node:fs/promises';
import type { Database } from '../kit/database.ts';
import type { Operation } from '../model/operation.ts';

export interface RecordStore {
  /** Makes the table and its guards where they are missing. */
  prepare(): Promise<void>;
  /** Writes all entries or none. */
  append(operations: readonly Operation[]): Promise<void>;
}

/** One writer at a time takes numbers: this is the key of the lock that gateways over one database share. */
const LOCK = 0x79_69_77_67;
const COLUMNS = [
  'at',
  'request_id',
  'subject',
  'tier',
  'division',
  'department',
  'audience',
  'purpose',
  'matter',
  'rights_fingerprint',
  'operation_name',
  'operation_hash',
  'operation_text',
  'variables',
  'fields',
  'platforms',
  'row_count',
  'outcome',
  'codes',
  'duration_ms',
  'answer_digest',
] as const;

export function createRecordStore(database: Database, textMax: number): RecordStore {
  const statement = insertStatement();
  return {
    async prepare() {
      const sql = await readFile(new URL('./schema.sql', import.meta.url), 'utf8');
      await database.transaction(async (query) => {
        await query('select pg_advisory_xact_lock($1)', [LOCK]);
        await query(sql);
      });
    },
    async append(operations) {
      const rows = JSON.stringify(operations.map((operation) => toRow(operation, textMax)));
      await database.transaction(async (query) => {
        await query('select pg_advisory_xact_lock($1)', [LOCK]);
        await query(statement, [rows]);
      });
    },
  };
}

/** Numbers go on from the last one; the order within a batch is the order of the list. */
function insertStatement(): string {
  const columns = COLUMNS.join(', ');
  return `insert into operations (id, ${columns})
    select coalesce((select max(id) from operations), 0) + given.place, ${COLUMNS.map((name) => `entry.${name}`).join(', ')}
    from json_array_elements($1::json) with ordinality as given(entry_json, place),
      json_populate_record(null::operations, given.entry_json) as entry
    order by given.place`;
}

function toRow({ rights, asked, ...operation }: Operation, textMax: number): Record<(typeof COLUMNS)[number], unknown> {
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
    operation_name: asked?.name ?? null,
    operation_hash: asked?.hash ?? null,
    operation_text: asked === undefined ? null : clean(asked.text).slice(0, textMax),
    variables: asked === undefined ? null : boundedJson(asked.variables, textMax),
    fields: asked?.fields ?? null,
    platforms: operation.platforms,
    row_count: operation.rows,
    outcome: operation.outcome,
    codes: operation.codes,
    duration_ms: operation.durationMs,
    answer_digest: operation.digest,
  };
}

/** PostgreSQL's text holds no NUL. */
function clean(text: string): string {
  return text.replaceAll('\u0000', '\uFFFD');
}

function boundedJson(value: unknown, textMax: number): unknown {
  const text = JSON.stringify(value).replaceAll('\\u0000', '\\uFFFD');
  return text.length <= textMax ? JSON.parse(text) : { tooLongCharacters: text.length };
}
