/** Creates the registry in a database. */
import { readFile } from 'node:fs/promises';
import type { Database, Query } from '../kit/postgres/database.ts';

/** The role that a gateway with a user of its own needs: it reads versions and counts uses. */
export const REGISTRY_ROLE = 'yiwang_registry_gateway';
/** Key of the advisory lock of those who prepare the same database at once. */
const LOCK = 0x79_69_77_72;

/**
 * To be run by a user who may create schemas, or by anyone once the registry exists. Throws an `Error` if it is missing
 * and the user may not create it.
 */
export async function prepareRegistry(database: Database): Promise<void> {
  await database.transaction(async (query) => {
    await query('select pg_advisory_xact_lock($1)', [LOCK]);
    const [state] = await query<{ exists: boolean; may: boolean }>(
      `select to_regnamespace('registry') is not null as exists,
         has_database_privilege(current_database(), 'create') as may`,
    );
    if (state!.exists) return;
    if (!state!.may) {
      throw new Error(
        'there is no registry, and this user may not create it: run "npx yiwang registry prepare" as the owner of the database',
      );
    }
    await query(await readFile(new URL('./schema.sql', import.meta.url), 'utf8'));
    await grantGateway(query);
  });
}

/** Roles belong to the whole server. Without the right to create one, the owner's user serves alone. */
async function grantGateway(query: Query): Promise<void> {
  await query(`do $$ begin
    if not exists (select from pg_roles where rolname = '${REGISTRY_ROLE}') then create role ${REGISTRY_ROLE} nologin; end if;
    grant usage on schema registry to ${REGISTRY_ROLE};
    grant select on registry.versions, registry.moves to ${REGISTRY_ROLE};
    grant execute on function registry.add_usage to ${REGISTRY_ROLE};
  exception when insufficient_privilege or duplicate_object or unique_violation then null;
  end $$`);
}
