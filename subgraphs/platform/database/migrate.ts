/** Applies the migrations of the modules: each file once, in the order of names. An applied file must not change. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import pg from 'pg';
import { PlatformConfigError } from '../config.ts';
import { PLATFORM_ROLE } from './database.ts';

/** A source of migrations: the platform base and every module. */
export interface MigrationSource {
  readonly name: string;
  readonly migrations: URL;
}

interface Migration {
  readonly id: string;
  readonly sql: string;
  readonly checksum: string;
}

const PLATFORM_MIGRATIONS: MigrationSource = {
  name: 'platform',
  migrations: new URL('../migrations/', import.meta.url),
};
/** Advisory lock: one process at a time migrates a database. */
const LOCK = 7_943_001;
const CONNECT_MS_MAX = 10_000;

/** The oldest PostgreSQL that the tests run on; older versions are out of support. */
export const POSTGRES_VERSION_MIN = 15;

/** From PostgreSQL 16 on, a member need not be allowed to take the role. */
const MAY_SET = "case when current_setting('server_version_num')::int >= 160000 then 'set' else 'member' end";

const prepareSql = (role: string) => `
do $$ begin
  create role ${role} nologin nosuperuser nobypassrls;
exception when duplicate_object or unique_violation then null;
end $$;
do $$ begin
  if not pg_has_role(current_user, '${role}', ${MAY_SET}) then grant ${role} to current_user; end if;
end $$;
create table if not exists applied_migrations (
  id text primary key, checksum text not null, applied_at timestamptz not null default now()
);`;

/** No trigger sees the changes of a migration that redefines a table. */
const RENEW_REFERENCE_VERSION_SQL = 'update reference_state set version = gen_random_uuid()';

const grantSql = (role: string) => `
grant usage on schema public to ${role};
grant select on all tables in schema public to ${role};
revoke all on applied_migrations from ${role};`;

/**
 * Tables with a division and without row security, and views, which would show a table with the rights of their
 * owner.
 */
const UNGUARDED_TABLES_SQL = `
select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'public' and (
  c.relkind in ('r', 'p') and not c.relrowsecurity
    and exists (select from pg_attribute a where a.attrelid = c.oid and a.attname = 'division' and not a.attisdropped)
  or c.relkind = 'm'
  or c.relkind = 'v' and not coalesce(c.reloptions, '{}') && '{security_invoker=true,security_invoker=on}')
order by 1`;

/**
 * Connects by `databaseUrl` as the owner of the database. `role` is the role of queries; migrations call it
 * `yiwang_platform` whatever its name on this server. Returns the ids of the applied migrations. Throws a
 * `PlatformConfigError` if the database is unreachable or the server too old, an `Error` for a migration that changed
 * after it was applied, for one that fails, and for a table with a division and without a guard.
 */
export async function migrate(
  databaseUrl: string,
  modules: readonly MigrationSource[],
  role: string = PLATFORM_ROLE,
): Promise<readonly string[]> {
  const migrations = (await Promise.all([PLATFORM_MIGRATIONS, ...modules].map(readMigrations))).flat();
  const client = await connectAsOwner(databaseUrl);
  try {
    await assertVersion(client, databaseUrl);
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(prepareSql(role));
    const applied = await applyAll(client, migrations, role);
    if (applied.length > 0) await client.query(RENEW_REFERENCE_VERSION_SQL);
    await client.query(grantSql(role));
    await assertGuarded(client);
    return applied;
  } finally {
    await client.end();
  }
}

async function connectAsOwner(databaseUrl: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: databaseUrl, connectionTimeoutMillis: CONNECT_MS_MAX });
  // A connection that ends rejects its query; without a listener it would end the process, too.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (cause) {
    const { message, code } = cause as { message?: string; code?: string };
    const { host, pathname } = new URL(databaseUrl);
    const fault = `The database ${pathname.slice(1)} at ${host} is out of reach (${message || code}); correct DATABASE_URL`;
    throw new PlatformConfigError([fault], { cause });
  }
}

async function assertVersion(client: pg.Client, databaseUrl: string): Promise<void> {
  const { rows } = await client.query<{ version: number }>(
    "select current_setting('server_version_num')::int / 10000 as version",
  );
  const version = rows[0]?.version ?? 0;
  if (version >= POSTGRES_VERSION_MIN) return;
  const { host } = new URL(databaseUrl);
  throw new PlatformConfigError([
    `PostgreSQL ${version} at ${host} is too old; expected ${POSTGRES_VERSION_MIN} or later`,
  ]);
}

async function readMigrations({ name, migrations }: MigrationSource): Promise<Migration[]> {
  const folder = new URL(`${migrations.href.replace(/\/$/, '')}/`);
  const files = (await readdir(folder)).filter((file) => file.endsWith('.sql')).sort();
  return Promise.all(
    files.map(async (file) => {
      const sql = await readFile(new URL(file, folder), 'utf8');
      return { id: `${name}/${file}`, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    }),
  );
}

async function applyAll(client: pg.Client, migrations: readonly Migration[], role: string): Promise<string[]> {
  const { rows } = await client.query<{ id: string; checksum: string }>('select id, checksum from applied_migrations');
  const checksums = new Map(rows.map((row) => [row.id, row.checksum]));
  await followRenames(client, migrations, checksums);
  const changed = migrations.find(({ id, checksum }) => checksums.has(id) && checksums.get(id) !== checksum);
  if (changed) {
    throw new Error(
      `The migration ${changed.id} was changed after it was applied; restore it and add a new one, or make the database anew`,
    );
  }
  const pending = migrations.filter(({ id }) => !checksums.has(id));
  for (const migration of pending) await applyOne(client, migration, role);
  return pending.map(({ id }) => id);
}

/**
 * A file that was renamed and kept its text is not applied again: its entry is renamed in the database and in
 * `checksums`.
 */
async function followRenames(
  client: pg.Client,
  migrations: readonly Migration[],
  checksums: Map<string, string>,
): Promise<void> {
  const ids = new Set(migrations.map(({ id }) => id));
  for (const { id, checksum } of migrations) {
    if (checksums.has(id)) continue;
    const module = id.slice(0, id.indexOf('/') + 1);
    const [oldId] =
      [...checksums].find(([applied, sum]) => sum === checksum && applied.startsWith(module) && !ids.has(applied)) ??
      [];
    if (oldId === undefined) continue;
    await client.query('update applied_migrations set id = $1 where id = $2', [id, oldId]);
    checksums.delete(oldId);
    checksums.set(id, checksum);
  }
}

async function applyOne(client: pg.Client, { id, sql, checksum }: Migration, role: string): Promise<void> {
  try {
    await client.query('begin');
    await client.query(sql.replaceAll(PLATFORM_ROLE, role));
    await client.query('insert into applied_migrations (id, checksum) values ($1, $2)', [id, checksum]);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback');
    throw new Error(`The migration ${id} failed: ${(cause as Error).message}`, { cause });
  }
}

async function assertGuarded(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ name: string }>(UNGUARDED_TABLES_SQL);
  if (rows.length === 0) return;
  const names = rows.map(({ name }) => name).join(', ');
  throw new Error(
    `Not narrowed to the caller's scope: ${names}; call guard('…') for tables (publish('…') for open ones), make views security_invoker`,
  );
}
