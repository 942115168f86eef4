/** For tests of migrations: a database in the state of an earlier version, with rows, and the way to the present. */
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type MigrationSource, migrate } from '@yiwang/platform';
import pg from 'pg';

export interface MigrationTest {
  readonly url: string;
  /** The modules whose tables the database has. */
  readonly modules: readonly MigrationSource[];
  /** Modules that the server did not have then. Default: none. */
  readonly added?: readonly MigrationSource[];
  /** The last file that had been applied, e.g. `0001`. */
  readonly until: string;
  /** Rows that a deployment of that time holds. */
  readonly rows: string;
}

/** Migrates to the earlier version, inserts the rows, migrates to the present, and resolves to a client to look with. */
export async function migrateFrom({ url, modules, added = [], until, rows }: MigrationTest): Promise<pg.Client> {
  const folder = await mkdtemp(join(tmpdir(), 'yiwang-earlier-'));
  const client = new pg.Client({ connectionString: url });
  try {
    await migrate(url, await Promise.all(modules.map((module) => earlierOf(module, folder, until))));
    await client.connect();
    await client.query(rows);
    await migrate(url, [...modules, ...added]);
    return client;
  } catch (error) {
    await client.end();
    throw error;
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function earlierOf(
  { name, migrations }: MigrationSource,
  folder: string,
  until: string,
): Promise<MigrationSource> {
  const target = join(folder, name);
  for (const file of await readdir(migrations)) {
    if (file.slice(0, until.length) <= until) await cp(fileURLToPath(new URL(file, migrations)), join(target, file));
  }
  return { name, migrations: pathToFileURL(`${target}/`) };
}
