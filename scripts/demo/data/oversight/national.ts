/** The standard's reference data into a national platform's database. */
import { seedReference } from '@yiwang/national/seed';
import type { ClientBase } from 'pg';

/**
 * Loads divisions, categories, standards, regulations and schemes of this version of the standard, where they are not there
 * yet, in one transaction; resolves to the names of the parts that were loaded. What the ministry holds over the provinces is
 * loaded by `loadOversight`.
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
