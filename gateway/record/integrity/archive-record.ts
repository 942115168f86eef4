/** Moves months of the record from the database to a signed file. Needs the owner of the record. */
import { open, rm } from 'node:fs/promises';
import type { KeyPair } from '../../kit/crypto/key-files.ts';
import type { Database, Query } from '../../kit/postgres/database.ts';
import { type ArchiveStatement, createStatementVerifier, signStatement } from './signed-statement.ts';
import { createMonthDigest, verifyArchive } from './verify-archive.ts';

export interface ArchiveOptions {
  /** Months before this one, e.g. `2026-11`, are archived; in +08:00. */
  readonly before: string;
  /** Must not exist yet. */
  readonly file: string;
  readonly key: KeyPair;
}

const ROWS_AT_A_TIME = 500;

interface MonthTable {
  /** `2026-11` */
  readonly month: string;
  readonly table: string;
}

/**
 * Writes the entries of each month with a signed digest, verifies the file, and then drops the months. Returns the
 * statements in order. If it throws, the database is unchanged.
 */
export async function archiveRecord(
  database: Database,
  { before, file, key }: ArchiveOptions,
): Promise<readonly ArchiveStatement[]> {
  const written = await database.transaction((query) => writeMonths(query, { before, file, key }));
  if (written.length === 0) return [];
  const { months, findings } = await verifyArchive(file, createStatementVerifier({ keys: [key.publicJwk] }));
  if (findings.length > 0 || months.length !== written.length)
    throw new Error(`The archive ${file} does not hold what was written: ${findings.join(' ')}`);
  await database.transaction(async (query) => {
    for (const { table, statement, signed } of written) await dropMonth(query, table, statement, signed);
  });
  return written.map(({ statement }) => statement);
}

interface ArchivedMonth {
  readonly table: string;
  readonly statement: ArchiveStatement;
  readonly signed: string;
}

async function writeMonths(query: Query, { before, file, key }: ArchiveOptions): Promise<readonly ArchivedMonth[]> {
  await query("set transaction isolation level repeatable read; set local timezone = 'UTC'");
  const [head] = await query<{ record: string; current: string }>(
    "select record, to_char(clock_timestamp() at time zone interval '08:00', 'YYYY-MM') as current from record_head",
  );
  if (!head) throw new Error('There is no record in this database.');
  if (before > head.current) throw new Error(`The month ${head.current} is still written; archive what is before it.`);
  const months = await query<MonthTable>(
    `select relname as table, replace(substr(relname, 12), '_', '-') as month
     from pg_inherits join pg_class on pg_class.oid = inhrelid
     where inhparent = 'operations'::regclass and replace(substr(relname, 12), '_', '-') < $1 order by relname`,
    [before],
  );
  const output = await open(file, 'wx', 0o600);
  try {
    const written: ArchivedMonth[] = [];
    for (const month of months) {
      const archivedMonth = await writeMonth(query, month, {
        record: head.record,
        write: (text) => output.appendFile(text),
        key,
      });
      if (archivedMonth) written.push(archivedMonth);
    }
    await output.sync();
    if (written.length === 0) await rm(file);
    return written;
  } catch (error) {
    await rm(file);
    throw error;
  } finally {
    await output.close();
  }
}

interface MonthOptions {
  readonly record: string;
  readonly key: KeyPair;
  write(text: string): Promise<void>;
}

/** Returns undefined for a month without entries. */
async function writeMonth(
  query: Query,
  { month, table }: MonthTable,
  { record, key, write }: MonthOptions,
): Promise<ArchivedMonth | undefined> {
  const digest = createMonthDigest();
  let after = '0';
  for (let isFirst = true; ; isFirst = false) {
    const rows = await query<{ id: string; line: string }>(
      `select id, row_to_json(entry)::text as line from ${table} as entry
       where id > $1 order by id limit ${ROWS_AT_A_TIME}`,
      [after],
    );
    if (rows.length === 0) {
      if (isFirst) return undefined;
      break;
    }
    if (isFirst) await write(`${JSON.stringify({ month, record })}\n`);
    for (const { id, line } of rows) digest.add(line, Number(id));
    await write(rows.map(({ line }) => `${line}\n`).join(''));
    after = rows.at(-1)!.id;
  }
  const range = digest.finish();
  if (!range) throw new Error(`Entries of ${month} are missing; "npx yiwang audit verify" says which.`);
  const statement = { record, month, ...range, signedAt: new Date().toISOString() };
  const signed = await signStatement('archive', statement, key);
  await write(`${JSON.stringify({ statement: signed })}\n`);
  return { table, statement, signed };
}

async function dropMonth(
  query: Query,
  table: string,
  { month, first, last }: ArchiveStatement,
  signed: string,
): Promise<void> {
  await query(`lock table ${table} in access exclusive mode`);
  const [actual] = await query<{ fits: boolean }>(
    `select min(id) = $1 and max(id) = $2 and count(*) = $2::bigint - $1::bigint + 1 as fits from ${table}`,
    [first, last],
  );
  if (!actual?.fits) throw new Error(`The month ${month} is not what was written to the archive.`);
  await query("insert into record_archives (month, first, last, statement) values (($1 || '-01')::date, $2, $3, $4)", [
    month,
    first,
    last,
    signed,
  ]);
  await query(`alter table operations detach partition ${table}`);
  await query(`drop table ${table}`);
}
