/** Creates the tables, guards and roles of the record, or migrates them from an earlier version. */
import { readFile } from 'node:fs/promises';
import type { Database, Query } from '../../kit/postgres/database.ts';

/** Version of `schema.sql`. A change of it needs the next version, and a migration from this one. */
export const RECORD_VERSION = 2;
export const WRITER_ROLE = 'yiwang_record_writer';
export const READER_ROLE = 'yiwang_record_reader';
/** Key of the advisory lock that gateways take to prepare the same database one after the other. */
const LOCK = 0x79_69_77_67;

/** Roles under which the record is written and read; undefined if the user of the connection cannot take them. */
export interface RecordRoles {
  readonly writer: string | undefined;
  readonly reader: string | undefined;
}

export interface PreparedRecord {
  readonly roles: RecordRoles;
  /** UUID of the record. */
  readonly record: string;
  /** Number of the last entry. */
  readonly last: number;
}

/**
 * To be run by an owner of the database or, once the record exists, by a member of the two roles. Throws an `Error` if
 * the record is missing and the user may not create it.
 */
export async function prepareRecord(database: Database): Promise<PreparedRecord> {
  return database.transaction(async (query) => {
    await query('select pg_advisory_xact_lock($1)', [LOCK]);
    const schemaState = await readSchemaState(query);
    const mayMigrate = await mayCreate(query);
    if (!mayMigrate && schemaState !== RECORD_VERSION) {
      throw new Error(
        'the record is not prepared, and this user may not do it: run "npx yiwang audit prepare" as its owner',
      );
    }
    if (mayMigrate) await ensureRoles(query);
    if (schemaState !== RECORD_VERSION) await createTables(query, schemaState);
    // Another database of this server may have created the roles in the meantime.
    else if (mayMigrate) await query(await createGrantsSql(query));
    const [head] = await query<{ record: string; last: string }>('select record, last from record_head');
    return { roles: await usableRoles(query), record: head!.record, last: Number(head!.last) };
  });
}

type SchemaState = 'none' | 'one-table' | number;

async function readSchemaState(query: Query): Promise<SchemaState> {
  const [relations] = await query<{ table: string | null; head: string | null }>(
    "select to_regclass('operations')::text as table, to_regclass('record_head')::text as head",
  );
  if (relations!.head) {
    const [head] = await query<{ version: number }>('select version from record_head');
    return head?.version ?? 'none';
  }
  return relations!.table ? 'one-table' : 'none';
}

/** An owner of the record may, or whoever can create tables if there is no record. */
async function mayCreate(query: Query): Promise<boolean> {
  const [row] = await query<{ may: boolean }>(
    `select coalesce(
       (select pg_has_role(session_user, relowner, 'member') from pg_class where oid = to_regclass('operations')),
       has_schema_privilege(current_schema(), 'create')) as may`,
  );
  return row!.may;
}

async function createTables(query: Query, schemaState: SchemaState): Promise<void> {
  if (schemaState === 'one-table') {
    await query('create schema record_before');
    await query('alter table operations set schema record_before');
    // Its guards move with it, and the new ones need their name.
    await query('drop function if exists operations_are_final cascade');
  }
  if (schemaState === 'one-table' || schemaState === 'none') {
    await query(await readRecordSql());
    await query(await createGrantsSql(query));
    await query('insert into record_head (version) values ($1)', [RECORD_VERSION]);
  } else {
    throw new Error(`the record in this database is of version ${schemaState}, which this gateway does not know`);
  }
  if (schemaState === 'one-table') await migrateEntries(query);
  await query('select record_make_month(clock_timestamp())');
}

/** Returns SQL that creates the record in the first schema of the search path. */
export async function readRecordSql(): Promise<string> {
  const sql = await readFile(new URL('./schema.sql', import.meta.url), 'utf8');
  return `select set_config('search_path', quote_ident(current_schema()) || ', pg_temp', true);\n${sql}`;
}

/** Entries of version 1 keep their numbers. The month of each is that of the latest arrival up to it. */
async function migrateEntries(query: Query): Promise<void> {
  const columns = await query<{ name: string }>(
    `select attname as name from pg_attribute
     where attrelid = 'record_before.operations'::regclass and attnum > 0 and not attisdropped`,
  );
  const names = columns.map(({ name }) => name).join(', ');
  await query(`create temporary table carried on commit drop as
    select max(at) over (order by id) as recorded_at, * from record_before.operations`);
  await query(`select record_make_month(min(recorded_at)) from carried
    group by date_trunc('month', recorded_at at time zone interval '08:00')`);
  await query(`insert into operations (recorded_at, ${names}) select recorded_at, ${names} from carried order by id`);
  await query(`update record_head set last = coalesce((select max(id) from operations), 0),
    recorded_at = coalesce((select max(recorded_at) from operations), '-infinity')`);
  await query('drop schema record_before cascade');
}

/** Since PostgreSQL 16, a member of a role may lack the right to take it. */
const MAY_SET = "case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end";

/** Roles belong to the whole server: another database may have created them already. */
async function ensureRoles(query: Query): Promise<void> {
  for (const role of [WRITER_ROLE, READER_ROLE]) {
    await query(`do $$ begin
      if not exists (select from pg_roles where rolname = '${role}') then create role ${role} nologin; end if;
      if not pg_has_role(session_user, '${role}', ${MAY_SET}) then
        execute format('grant ${role} to %I', session_user);
      end if;
    exception when insufficient_privilege or duplicate_object or unique_violation or undefined_object then null;
    end $$`);
  }
}

const WRITER_GRANT = 'execute on function record_append, record_checkpoint';
const READER_GRANT = 'select on operations, record_head, record_checkpoints, record_archives';

/** Returns SQL that grants the roles their rights; empty if the server has no roles. */
export async function createGrantsSql(query: Query): Promise<string> {
  const roles = await query<{ name: string; schema: string }>(
    'select rolname as name, quote_ident(current_schema()) as schema from pg_roles where rolname = any($1)',
    [[WRITER_ROLE, READER_ROLE]],
  );
  return roles
    .map(({ name, schema }) => {
      const grant = name === WRITER_ROLE ? WRITER_GRANT : READER_GRANT;
      return `grant usage on schema ${schema} to ${name}; grant ${grant} to ${name};`;
    })
    .join('\n');
}

async function usableRoles(query: Query): Promise<RecordRoles> {
  const roles = await query<{ name: string }>(
    `select rolname as name from pg_roles where rolname = any($1) and pg_has_role(session_user, oid, ${MAY_SET})`,
    [[WRITER_ROLE, READER_ROLE]],
  );
  const usable = (role: string) => (roles.some(({ name }) => name === role) ? role : undefined);
  return { writer: usable(WRITER_ROLE), reader: usable(READER_ROLE) };
}
