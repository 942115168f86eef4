/** Compares the tables, guards, functions and grants of the record with newly created ones, and reports differences. */
import type { Query } from '../../kit/postgres/database.ts';
import { createGrantsSql, readRecordSql } from '../database/prepare-record.ts';

interface Definition {
  readonly relation: string;
  readonly kind: string;
  readonly name: string;
  readonly definition: string;
}

/** Created in the transaction and rolled back: no other session sees it. */
const SCRATCH = 'yiwang_record_expected';
const TABLES = ['operations', 'record_head', 'record_checkpoints', 'record_archives'];
const MONTH = 'a month of operations';

/**
 * The expected definitions are created from `schema.sql` on the same server, which therefore prints both alike. Returns
 * undefined if the user may not create a schema.
 */
export async function compareDefinitions(query: Query, schema: string): Promise<readonly string[] | undefined> {
  const [{ mayCreate } = { mayCreate: false }] = await query<{ mayCreate: boolean }>(
    `select has_database_privilege(current_database(), 'create') as "mayCreate"`,
  );
  if (!mayCreate) return undefined;
  const months = await query<{ name: string }>(
    `select relname as name from pg_inherits join pg_class on pg_class.oid = inhrelid
     where inhparent = 'operations'::regclass order by 1`,
  );
  const actual = await readDefinitions(query, schema, [...TABLES, ...months.map(({ name }) => name)]);
  const shadowingNames = await findShadowingNames(query, schema);
  await query('savepoint before_scratch');
  await query(`create schema ${SCRATCH}; set local search_path = ${SCRATCH}`);
  await query(await readRecordSql());
  await query(await createGrantsSql(query));
  await query('select record_make_month(clock_timestamp())');
  const [month] = await query<{ name: string }>(
    `select relname as name from pg_inherits join pg_class on pg_class.oid = inhrelid
     where inhparent = 'operations'::regclass`,
  );
  const expected = await readDefinitions(query, SCRATCH, [...TABLES, month!.name]);
  await query('rollback to savepoint before_scratch');
  return [
    ...shadowingNames.map((name) => `"${name}" has the name of a part of the record, and may be taken for it.`),
    ...compare(tableDefinitions(expected), tableDefinitions(actual)),
    ...months.flatMap(({ name }) =>
      compare(monthDefinitions(expected, month!.name), monthDefinitions(actual, name), ` of ${name}`),
    ),
  ];
}

/**
 * Finds objects of the same names in other schemas. The search path of a user starts with the schema of its name, so
 * they may shadow those of the record.
 */
async function findShadowingNames(query: Query, schema: string): Promise<readonly string[]> {
  const doubles = await query<{ name: string }>(
    `select nspname || '.' || relname as name from pg_class join pg_namespace on pg_namespace.oid = relnamespace
       where nspname <> $1 and relname = any($2)
     union
     select nspname || '.' || proname from pg_proc join pg_namespace on pg_namespace.oid = pronamespace
       where nspname <> $1
         and proname in ('record_append', 'record_checkpoint', 'record_make_month', 'operations_are_final')
     order by 1`,
    [schema, TABLES],
  );
  return doubles.map(({ name }) => name);
}

const isMonth = (relation: string): boolean => /^operations_\d/.test(relation);

function tableDefinitions(definitions: readonly Definition[]): readonly Definition[] {
  return definitions.filter(({ relation }) => !isMonth(relation));
}

function monthDefinitions(definitions: readonly Definition[], name: string): readonly Definition[] {
  return definitions
    .filter(({ relation }) => relation === name)
    .map((row) => ({
      ...row,
      relation: MONTH,
      name: row.name.replaceAll(name, 'month'),
      definition: row.definition.replaceAll(name, 'month'),
    }));
}

function compare(expected: readonly Definition[], current: readonly Definition[], of = ''): string[] {
  const key = ({ relation, kind, name }: Definition): string => `${relation} ${kind} ${name}`;
  const nameOf = ({ relation, kind, name }: Definition): string =>
    `The ${kind} "${name}"${of || (relation === '' ? '' : ` of ${relation}`)}`;
  const actualByKey = new Map(current.map((definition) => [key(definition), definition]));
  const expectedKeys = new Set(expected.map(key));
  return [
    ...expected.flatMap((definition) => {
      const match = actualByKey.get(key(definition));
      // Roles may exist for another database of this server. A missing right does no harm.
      if (!match) return definition.kind === 'grant' ? [] : [`${nameOf(definition)} is missing.`];
      return match.definition === definition.definition ? [] : [`${nameOf(definition)} is not as it was prepared.`];
    }),
    ...current
      .filter((definition) => !expectedKeys.has(key(definition)))
      .map((unexpected) => `${nameOf(unexpected)} is not part of the record.`),
  ];
}

/** Removes the name of the schema. Names an owner only if it is not that of the entries. */
async function readDefinitions(
  query: Query,
  schema: string,
  tables: readonly string[],
): Promise<readonly Definition[]> {
  return query<Definition>(
    `with tables as (
       select pg_class.oid, relname, relkind, relowner, relrowsecurity, relforcerowsecurity, relacl
       from pg_class join pg_namespace on pg_namespace.oid = relnamespace
       where nspname = $1 and relname = any($2)
     ), owner as (select relowner from tables where relname = 'operations'),
     -- A function of the same name as one of PostgreSQL's is called instead where its arguments fit better.
     functions as (
       select pg_proc.*, proname || '(' || pg_get_function_identity_arguments(pg_proc.oid) || ')' as signature
       from pg_proc join pg_namespace on pg_namespace.oid = pronamespace
       where nspname = $1
         and not exists (
           select from pg_depend where classid = 'pg_proc'::regclass and objid = pg_proc.oid and deptype = 'e')
     ), definitions (relation, kind, name, definition) as (
       select relname, 'table', relname, concat_ws(' ', relkind, relrowsecurity, relforcerowsecurity,
         case when relowner <> (select relowner from owner) then pg_get_userbyid(relowner) end) from tables
       union all
       select relname, 'column', attname, concat_ws(' ', format_type(atttypid, atttypmod), attnotnull, attidentity,
         attgenerated, attcollation::regcollation::text, pg_get_expr(adbin, adrelid))
       from tables join pg_attribute on attrelid = tables.oid and attnum > 0 and not attisdropped
         left join pg_attrdef on adrelid = attrelid and adnum = attnum
       union all
       select relname, 'constraint', pg_get_constraintdef(pg_constraint.oid), concat_ws(' ', contype, convalidated)
       from tables join pg_constraint on conrelid = tables.oid
       union all
       select relname, 'trigger', tgname, concat_ws(' ', tgenabled, pg_get_triggerdef(pg_trigger.oid))
       from tables join pg_trigger on tgrelid = tables.oid where not tgisinternal
       union all
       select relname, 'rule', rulename, pg_get_ruledef(pg_rewrite.oid)
       from tables join pg_rewrite on ev_class = tables.oid
       union all
       select relname, 'policy', polname, pg_get_expr(polqual, polrelid)
       from tables join pg_policy on polrelid = tables.oid
       union all
       select '', 'function', signature, concat_ws(' ',
         case when prokind = 'a' then 'aggregate' else pg_get_functiondef(functions.oid) end,
         case when proowner <> (select relowner from owner) then pg_get_userbyid(proowner) end) from functions
       union all
       select relname, 'grant',
         concat_ws(' ', privilege_type, 'to', coalesce(nullif(grantee, 0)::regrole::text, 'everybody')), ''
       from tables, aclexplode(relacl) where grantee <> relowner
       union all
       select relname, 'grant', concat_ws(' ', privilege_type, 'of', attname, 'to',
         coalesce(nullif(grantee, 0)::regrole::text, 'everybody')), ''
       from tables join pg_attribute on attrelid = tables.oid, aclexplode(attacl) where grantee <> relowner
       union all
       select '', 'grant', concat_ws(' ', privilege_type, 'on', proname, 'to',
         coalesce(nullif(grantee, 0)::regrole::text, 'everybody')), ''
       from functions, aclexplode(coalesce(proacl, acldefault('f', proowner))) where grantee <> proowner
     )
     select relation, kind, replace(name, quote_ident($1) || '.', '') as name,
       replace(replace(definition, quote_ident($1) || '.', ''), quote_ident($1), '') as definition
     from definitions order by relation, kind, name`,
    [schema, tables],
  );
}
