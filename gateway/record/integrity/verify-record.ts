/** Verifies that the guards of the record are in place, and that no entry is missing in between or at either end. */
import type { Database, Query } from '../../kit/postgres/database.ts';
import { RECORD_VERSION } from '../database/prepare-record.ts';
import { compareDefinitions } from './compare-definitions.ts';
import type { ArchiveStatement, VerifyStatement } from './signed-statement.ts';

export interface RecordReport {
  readonly entries: number;
  readonly first: string | undefined;
  readonly last: string | undefined;
  /** Sentences; empty if the record is in order. */
  readonly findings: readonly string[];
  /** Sentences about what could not be verified. */
  readonly notes: readonly string[];
}

export interface VerifyOptions {
  readonly verifyStatement: VerifyStatement;
  /** The last signed head, as the gateway saved it. */
  readonly savedHead?: string | undefined;
  /** Heads of other records that the gateway replaced. */
  readonly replacedHeads?: readonly string[];
  /** Statements of the archives whose files were verified. */
  readonly archiveStatements?: readonly ArchiveStatement[];
}

const EMPTY_REPORT = { entries: 0, first: undefined, last: undefined, notes: [] };
const LISTED_MAX = 20;

export async function verifyRecord(database: Database, options: VerifyOptions): Promise<RecordReport> {
  return database.transaction(async (query) => {
    await query("set transaction isolation level repeatable read; set local timezone = 'UTC'");
    const schema = await fixSearchPath(query);
    const replacedHeadFindings = await checkReplacedHeads(options);
    if (schema === undefined)
      return { ...EMPTY_REPORT, findings: ['There is no record in this database.', ...replacedHeadFindings] };
    const [relations] = await query<{ head: string | null }>("select to_regclass('record_head')::text as head");
    const [head] = relations?.head ? await query<Head>('select record, version, last from record_head') : [];
    if (!head || head.version !== RECORD_VERSION) {
      const findings = ['The record is of another version of this program, or its head is missing: prepare it first.'];
      return { ...EMPTY_REPORT, findings };
    }
    const definitions = await compareDefinitions(query, schema);
    const archives = await readArchives(query, head.record, options);
    const entries = await readEntries(query, archives.last);
    const tail = await checkTail(query, head, Math.max(entries.high, archives.last), options);
    const notes = [...tail.notes];
    if (!definitions)
      notes.push('Tables and guards were not compared: this user may not make a schema to compare with.');
    if (archives.unread.length > 0)
      notes.push(`Archives whose files were not named, and not read: ${archives.unread.join(', ')}.`);
    const findings = [
      ...(definitions ?? []),
      ...archives.findings,
      ...entries.findings,
      ...tail.findings,
      ...replacedHeadFindings,
    ];
    return { entries: entries.count, first: entries.first, last: entries.latest, findings, notes };
  });
}

/**
 * Sets the search path to `pg_catalog` and the record, since views and functions in the path of the user may shadow
 * both. Returns the schema of the record; undefined if there is none.
 */
async function fixSearchPath(query: Query): Promise<string | undefined> {
  const [path] = await query<{ schemas: string[] }>(
    'select pg_catalog.current_schemas(false)::pg_catalog.text[] as schemas',
  );
  await query('set local search_path = pg_catalog');
  const [row] = await query<{ schema: string }>(
    `select nspname::text as schema from pg_class join pg_namespace on pg_namespace.oid = relnamespace
     where relname = 'operations' and nspname = any($1) order by array_position($1::text[], nspname::text) limit 1`,
    [path!.schemas],
  );
  if (!row) return undefined;
  await query("select set_config('search_path', 'pg_catalog, ' || quote_ident($1), true)", [row.schema]);
  return row.schema;
}

/** A replaced head shows that the database had another record before. */
async function checkReplacedHeads({ verifyStatement, replacedHeads = [] }: VerifyOptions): Promise<readonly string[]> {
  const heads = await Promise.all(replacedHeads.map((head) => verifyStatement('head', head)));
  return heads.map((head) =>
    head
      ? `The record ${head.record} of ${head.last} entries was here and is not in this database; move its head away if it is kept elsewhere.`
      : 'A head that was put aside is not signed by a key that is known here.',
  );
}

interface Head {
  readonly record: string;
  readonly version: number;
  readonly last: string;
}

async function readEntries(query: Query, archived: number) {
  const [counts] = await query<{
    count: string;
    low: string | null;
    high: string | null;
    first: string;
    latest: string;
  }>(
    `select count(*) as count, min(id) as low, max(id) as high,
       to_json(min(at))#>>'{}' as first, to_json(max(at))#>>'{}' as latest
     from operations`,
  );
  const gaps = await query<{ after: string; before: string }>(
    `select after, before from (select id as after, lead(id) over (order by id) as before from operations) as pairs
     where before <> after + 1 order by after limit ${LISTED_MAX}`,
  );
  const { low, high } = counts!;
  const begin = archived + 1;
  return {
    count: Number(counts!.count),
    high: Number(high ?? 0),
    first: counts!.first ?? undefined,
    latest: counts!.latest ?? undefined,
    findings: [
      ...(low === null || Number(low) === begin
        ? []
        : [`The record begins with entry ${low}, not with entry ${begin}.`]),
      ...gaps.map(({ after, before }) =>
        after === before
          ? `The entry ${after} is there more than once.`
          : `Between the entries ${after} and ${before} some are missing.`,
      ),
    ],
  };
}

/** Archives must continue one another from entry 1 on. */
async function readArchives(query: Query, record: string, { verifyStatement, archiveStatements = [] }: VerifyOptions) {
  const rows = await query<{ month: string; first: string; last: string; statement: string }>(
    "select to_char(month, 'YYYY-MM') as month, first, last, statement from record_archives order by first",
  );
  const findings: string[] = [];
  const unread: string[] = [];
  let last = 0;
  for (const { month, first, last: end, statement } of rows) {
    const verified = await verifyStatement('archive', statement);
    const file = archiveStatements.find((archive) => archive.month === month);
    if (!verified) findings.push(`The archive of ${month} is not signed by a key that is known here.`);
    else if (
      verified.record !== record ||
      verified.month !== month ||
      verified.first !== Number(first) ||
      verified.last !== Number(end)
    )
      findings.push(`The archive of ${month} is not what was signed.`);
    else if (file && file.digest !== verified.digest)
      findings.push(`The file of ${month} is not the archive that was made.`);
    if (!file) unread.push(month);
    if (Number(first) !== last + 1)
      findings.push(`Before the archive of ${month}, entries from ${last + 1} on are missing.`);
    last = Number(end);
  }
  const foreign = archiveStatements.filter(({ month }) => !rows.some((row) => row.month === month));
  findings.push(...foreign.map(({ month }) => `The record knows of no archive of ${month}.`));
  return { last, findings, unread };
}

/** Compares the last entry with the head in the database, with signed checkpoints and with the saved head. */
async function checkTail(query: Query, head: Head, high: number, { verifyStatement, savedHead }: VerifyOptions) {
  const findings: string[] = [];
  const notes: string[] = [];
  const addMissing = (since: number, by: string) =>
    findings.push(`The entries ${high + 1} to ${since} are missing: ${by} that there were ${since}.`);
  if (Number(head.last) > high) addMissing(Number(head.last), 'the record says');
  if (Number(head.last) < high)
    findings.push(`The record goes on to entry ${high}, and says that it ends with ${head.last}.`);

  const checkpoints = await query<{ last: string; statement: string; written_by: string; owns_record: boolean }>(
    'select last, statement, written_by, owns_record from record_checkpoints order by id',
  );
  let signed = 0;
  let unsigned = 0;
  for (const { last, statement } of checkpoints) {
    const verified = await verifyStatement('head', statement);
    if (!verified || verified.record !== head.record || verified.last !== Number(last)) unsigned++;
    else signed = Math.max(signed, verified.last);
  }
  if (unsigned > 0)
    findings.push(`${unsigned} of ${checkpoints.length} checkpoints are not what a key that is known here signed.`);
  if (signed > high) addMissing(signed, 'a gateway signed');
  const latest = checkpoints.at(-1);
  if (latest?.owns_record)
    notes.push(`The gateway connects as "${latest.written_by}", who owns the record and can do more than add entries.`);

  const file = savedHead === undefined ? undefined : await verifyStatement('head', savedHead);
  if (savedHead === undefined)
    notes.push('No signed head is kept here: entries taken off the end since the last checkpoint would not show.');
  else if (!file) findings.push('The head that is kept here is not signed by a key that is known here.');
  else if (file.record !== head.record) findings.push('The head that is kept here is of another record.');
  else if (file.last > high && file.last > signed) addMissing(file.last, 'the head that is kept here says');
  return { findings, notes };
}
