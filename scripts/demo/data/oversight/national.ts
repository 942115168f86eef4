/** Loads the standard's reference data into a national platform's database. */
import { seedReference } from '@yiwang/national/seed';
import type { ClientBase } from 'pg';

/**
 * Loads divisions, categories, standards, regulations and schemes of this version of the standard in one transaction, if they
 * are missing. Resolves to the names of the parts that were loaded. `loadOversight` loads the ministry's data on the provinces.
 */
export async function loadNational(client: ClientBase): Promise<readonly string[]> {
  await client.query('begin');
  try {
    const loaded = await seedReference(client);
    await client.query('commit');
    return loaded;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}
