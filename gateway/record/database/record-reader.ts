/** Reads entries of the record for auditors of a region, newest first. */
import { containsRegion, EVERYWHERE, type Region } from '@yiwang/schema';
import { type KeyedDigest, maskText } from '../../kit/crypto/keyed-digest.ts';
import type { Database, Query } from '../../kit/postgres/database.ts';
import type { RecordRoles } from './prepare-record.ts';

/** All given members must match: texts exactly, `purpose` as a part. */
export interface RecordFilter {
  readonly subject?: string | null;
  readonly department?: string | null;
  readonly audience?: string | null;
  readonly platform?: string | null;
  readonly code?: string | null;
  readonly outcome?: readonly string[] | null;
  readonly from?: string | null;
  readonly until?: string | null;
  readonly purpose?: string | null;
  readonly matter?: string | null;
  readonly dataClass?: string | null;
  readonly field?: string | null;
  readonly requestId?: string | null;
  readonly value?: string | null;
}

export interface RecordQuery {
  /** Jurisdictions of callers. Entries without a caller are visible for the whole country only. */
  readonly region: Region;
  readonly filter: RecordFilter;
}

export interface RecordRow {
  readonly id: string;
  readonly at: Date;
  readonly recorded_at: Date;
  readonly request_id: string;
  readonly subject: string | null;
  readonly tier: string | null;
  readonly division: string | null;
  readonly department: string | null;
  readonly audience: string | null;
  readonly purpose: string | null;
  readonly matter: string | null;
  readonly address: string | null;
  readonly operation_name: string | null;
  readonly operation_text: string | null;
  readonly operation_hash: string | null;
  readonly variables: unknown;
  readonly sent_digest: string | null;
  readonly fields: Readonly<Record<string, readonly string[]>> | null;
  readonly platforms: readonly string[];
  readonly row_count: number;
  readonly outcome: string;
  readonly codes: readonly string[];
  readonly duration_ms: number;
  readonly answer_digest: string;
}

export interface RecordReader {
  /** Returns at most `limit` entries with numbers below `before`. */
  readPage(query: RecordQuery, before: string | undefined, limit: number): Promise<readonly RecordRow[]>;
  count(query: RecordQuery): Promise<number>;
}

export function createRecordReader(database: Database, { reader }: RecordRoles, digest: KeyedDigest): RecordReader {
  const asReader = <Result>(work: (query: Query) => Promise<Result>): Promise<Result> =>
    database.transaction(async (query) => {
      await query(`set transaction read only${reader ? `; set local role ${reader}` : ''}`);
      return work(query);
    });
  return {
    readPage: (recordQuery, before, limit) => {
      const { where, values } = buildConditions(recordQuery, digest, before);
      return asReader((query) =>
        query<RecordRow>(`select * from operations ${where} order by id desc limit ${Math.trunc(limit)}`, values),
      );
    },
    async count(recordQuery) {
      const { where, values } = buildConditions(recordQuery, digest);
      const [row] = await asReader((query) =>
        query<{ count: string }>(`select count(*) as count from operations ${where}`, values),
      );
      return Number(row!.count);
    },
  };
}

function buildConditions({ region, filter }: RecordQuery, digest: KeyedDigest, before?: string) {
  const values: unknown[] = [];
  const addParameter = (value: unknown): string => `$${values.push(value)}`;
  const conditions: string[] = [];
  const add = <Value>(value: Value | null | undefined, condition: (parameter: string) => string): void => {
    if (value !== null && value !== undefined) conditions.push(condition(addParameter(value)));
  };
  if (!containsRegion(region, EVERYWHERE)) {
    const ranges = region.map(([from, to]) => `(division >= ${addParameter(from)} and division < ${addParameter(to)})`);
    conditions.push(ranges.length === 0 ? 'false' : `(${ranges.join(' or ')})`);
  }
  add(filter.subject, (text) => `subject = ${text}`);
  add(filter.department, (code) => `department = ${code}`);
  add(filter.audience?.toLowerCase(), (name) => `audience = ${name}`);
  add(filter.platform, (id) => `${id} = any(platforms)`);
  add(filter.code, (code) => `${code} = any(codes)`);
  add(
    filter.outcome?.map((name) => name.toLowerCase()),
    (names) => `outcome = any(${names}::text[])`,
  );
  add(filter.from, (instant) => `at >= ${instant}::timestamptz`);
  add(filter.until, (instant) => `at < ${instant}::timestamptz`);
  add(filter.purpose, (part) => `position(${part} in purpose) > 0`);
  add(filter.matter, (matter) => `matter = ${matter}`);
  add(filter.dataClass, (name) => `fields ? ${name}`);
  add(
    filter.field,
    (field) => `jsonb_path_exists(fields, '$.*[*] ? (@ == $field)', jsonb_build_object('field', ${field}::text))`,
  );
  add(filter.requestId, (id) => `request_id = ${id}`);
  if (filter.value !== null && filter.value !== undefined) {
    const masked = addParameter(maskText(filter.value, digest));
    conditions.push(`(position(${masked} in operation_text) > 0 or position(${masked} in variables::text) > 0)`);
  }
  add(before, (id) => `id < ${id}::bigint`);
  return { where: conditions.length === 0 ? '' : `where ${conditions.join(' and ')}`, values };
}
