/** Findings in PostgreSQL, beside the record of operations: the counts of several gateways add up. */
import { readFile } from 'node:fs/promises';
import type { Database, Query } from '../../kit/postgres/database.ts';
import type { Limits } from '../../model/limits.ts';
import type { FindingCount } from './finding-counter.ts';

export interface FindingStore {
  /** Adds all counts or none. */
  add(counts: readonly FindingCount[]): Promise<void>;
  /** Deletes findings before this day. */
  deleteBefore(day: string): Promise<void>;
}

/** Gateways that start at the same time create the tables one after the other. */
const LOCK = 0x79_69_77_66;

/**
 * Creates the tables if they are missing, and grants what writing takes to the role. Throws an `Error` if they are
 * missing and the user may not create them.
 */
export async function prepareFindings(database: Database, writer: string | undefined): Promise<void> {
  await database.transaction(async (query) => {
    await query('select pg_advisory_xact_lock($1)', [LOCK]);
    if (await isPrepared(query)) return;
    await query(await readFile(new URL('./schema.sql', import.meta.url), 'utf8'));
    if (writer === undefined || !(await isRole(query, writer))) return;
    await query(`grant usage on schema conformance to ${writer};
      grant select, insert, update, delete on conformance.findings, conformance.finding_samples to ${writer}`);
  });
}

async function isRole(query: Query, name: string): Promise<boolean> {
  return (await query('select from pg_roles where rolname = $1', [name])).length > 0;
}

async function isPrepared(query: Query): Promise<boolean> {
  const [row] = await query<{ table: string | null }>(
    "select to_regclass('conformance.finding_samples')::text as table",
  );
  return row!.table !== null;
}

export function createFindingStore(
  database: Database,
  { findingSamplesMax }: Pick<Limits, 'findingSamplesMax'>,
): FindingStore {
  return {
    add: (counts) =>
      database.transaction(async (query) => {
        // In one order, so that gateways that write at the same time do not wait for each other in a circle.
        const rows = counts.toSorted((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
        await query(ADD_COUNTS, [JSON.stringify(rows)]);
        await query(ADD_SAMPLES, [JSON.stringify(rows.flatMap(toSamples)), findingSamplesMax]);
      }),
    deleteBefore: (day) =>
      database.transaction(async (query) => {
        await query('delete from conformance.findings where day < $1', [day]);
      }),
  };
}

function keyOf({ day, platform, rule }: FindingCount): string {
  return `${day} ${platform} ${rule}`;
}

function toSamples({ day, platform, rule, samples }: FindingCount) {
  return samples.map(({ coordinate, id = '' }) => ({ day, platform, rule, coordinate, row_id: id }));
}

const ADD_COUNTS = `insert into conformance.findings as stored (platform, rule, day, count)
  select platform, rule, day, count
  from jsonb_to_recordset($1::jsonb) as given (platform text, rule text, day date, count bigint)
  on conflict (day, platform, rule)
    do update set count = stored.count + excluded.count, last_at = clock_timestamp()`;

/** The first samples of a day stay. */
const ADD_SAMPLES = `insert into conformance.finding_samples (platform, rule, day, coordinate, row_id)
  select platform, rule, day, coordinate, row_id from (
    select given.*, row_number() over (partition by day, platform, rule) + (
        select count(*) from conformance.finding_samples stored
        where stored.day = given.day and stored.platform = given.platform and stored.rule = given.rule
      ) as place
    from (select distinct * from jsonb_to_recordset($1::jsonb)
        as given (platform text, rule text, day date, coordinate text, row_id text)) given
  ) numbered where place <= $2
  on conflict do nothing`;
