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
      const rows = JSON.stringify(operations.map((operation) => storable(toRow(operation, textMax))));
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
    operation_text: asked === undefined ? null : asked.text.slice(0, textMax),
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

function boundedJson(value: unknown, textMax: number): unknown {
  const json = storable(value);
  const { length } = JSON.stringify(json);
  return length <= textMax ? json : { tooLongCharacters: length };
}
