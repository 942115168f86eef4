/** Seeds a platform's database with the demo's data in one transaction, and stores the key of what was loaded. */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { type MigrationSource, migrate } from '@yiwang/platform/database/migrate.ts';
import pg from 'pg';
import { type PostgresServer, SetupError } from '../../tools/postgres/index.ts';
import { migrationsOf, SUBGRAPH_NAMES } from '../../tools/subgraph-files.ts';
import { loadUpperDepartments } from '../data/departments/load.ts';
import { loadExchange } from '../data/exchange/exchange.ts';
import { loadHotline, loadMunicipal } from '../data/municipal/load.ts';
import type { PlatformArea } from '../data/municipal/setting/setting.ts';
import { createFigures, type Figures } from '../data/oversight/figures.ts';
import { loadNational } from '../data/oversight/national.ts';
import type { Matter, OrderMatters } from '../data/oversight/orders.ts';
import { loadOversight } from '../data/oversight/oversight.ts';
import { type DemoPlatform, ownRegion, platformsWithin, servedSubgraphs } from '../platforms.ts';
import { readFigures } from './read-figures.ts';

/** What an upper tier holds of the platforms below it. */
export interface LowerTiers {
  /** Cases and requests that orders may name. A municipal platform reads its own. */
  readonly matters: OrderMatters;
  /** What the platforms counted in their rows. */
  readonly figures: Figures;
}

export const NOTHING_BELOW: LowerTiers = { matters: { cases: [], requests: [] }, figures: createFigures([], []) };

export interface SeedOptions {
  readonly server: PostgresServer;
  readonly scale: number;
  /** Epoch milliseconds; nothing in the data happens later. */
  readonly now: number;
  readonly onRows: (count: number) => void;
  /** Of an upper tier. */
  readonly below: LowerTiers;
  /** SHA-256 of the demo app's API key, hexadecimal. */
  readonly appKeyDigest: string;
}

const PLATFORM_MIGRATIONS = new URL('../../../subgraphs/platform/migrations/', import.meta.url);
const STANDARD_FOLDER = new URL('../../../schema/data/', import.meta.url);
const GENERATOR_FOLDER = new URL('../data/', import.meta.url);

/** By which the rows are counted. */
const COUNTING_FOLDERS = ['municipal', 'hotline'].map(
  (name) => new URL(`../../../subgraphs/${name}/store/`, import.meta.url),
);

function sourcesOf(platform: DemoPlatform): readonly MigrationSource[] {
  return servedSubgraphs(platform).map((name) => ({ name, migrations: migrationsOf(name) }));
}

/**
 * Digest of generator, standard, migrations, and of how rows are counted. A database with another digest is seeded again.
 */
export async function readSeedVersion(): Promise<string> {
  const folders = [
    ...[GENERATOR_FOLDER, STANDARD_FOLDER, PLATFORM_MIGRATIONS, ...SUBGRAPH_NAMES.map(migrationsOf)],
    ...COUNTING_FOLDERS,
  ];
  const hash = createHash('sha256');
  for (const folder of folders) {
    const names = (await readdir(folder, { recursive: true })).filter((name) =>
      /(?<!\.test)\.(ts|sql|json|txt)$/.test(name),
    );
    for (const name of names.sort()) hash.update(name).update(await readFile(new URL(name, folder)));
  }
  return hash.digest('hex').slice(0, 16);
}

/** The key in the table `demo_seed`. A database without it was never seeded to the end. */
export function seedKey(version: string, options: Pick<SeedOptions, 'scale' | 'now' | 'appKeyDigest'>): string {
  const until = new Date(options.now).toISOString();
  return `${version} scale ${options.scale} until ${until} app ${options.appKeyDigest.slice(0, 16)}`;
}

/** True if the platform's database holds all data of this key. */
export async function isSeeded(server: PostgresServer, platform: DemoPlatform, key: string): Promise<boolean> {
  try {
    return await withClient(server.url(platform.id), async (client) => {
      const { rows } = await client.query<{ key: string }>('select key from demo_seed');
      return rows[0]?.key === key;
    });
  } catch (error) {
    const { code } = error as { code?: string };
    if (code === NO_DATABASE || code === HALF_DROPPED || code === NO_TABLE) return false;
    throw error;
  }
}

const NO_DATABASE = '3D000';
/** After an interrupted drop: the database can only be dropped again. */
const HALF_DROPPED = '55000';
const NO_TABLE = '42P01';

/** Recreates the platform's database and seeds it. Throws a `SetupError` if a database of that name is not the demo's. */
export async function seedPlatform(platform: DemoPlatform, key: string, options: SeedOptions): Promise<void> {
  const { server } = options;
  const url = server.url(platform.id);
  await server.createDatabase(platform.id);
  if (await mustBeDropped(url, server.databaseName(platform.id))) {
    await server.dropDatabase(platform.id);
    await server.createDatabase(platform.id);
  }
  await withClient(url, (client) => client.query('create table demo_seed (key text not null)'));
  await migrate(url, sourcesOf(platform), server.platformRole);
  await withClient(url, async (client) => {
    if (platform.kind === 'national') await loadNational(client);
    await client.query('begin');
    await loadRows(client, platform, options);
    await client.query('insert into demo_seed values ($1)', [key]);
    await client.query('commit');
    await client.query('analyze');
  });
}

async function loadRows(client: pg.Client, platform: DemoPlatform, options: SeedOptions): Promise<void> {
  const { scale, now, onRows } = options;
  if (platform.kind === 'municipal') {
    await loadMunicipal(client, areaOf(platform), { scale, now, onRows });
    if (hasHotline(platform)) {
      const platforms = platformsWithin(platform.division).map(areaOf);
      await loadHotline(client, { city: platform.division, platforms }, { scale, now, onRows });
    }
  }
  if (platform.kind !== 'municipal') onRows(await loadUpperDepartments(client, platform));
  const { figures } = options.below;
  const matters = platform.kind === 'municipal' ? await readMatters(client, platform) : options.below.matters;
  onRows(await loadOversight(client, platform, { matters, figures }));
  if (platform.kind === 'exchange') onRows(await loadExchange(client, { appKeyDigest: options.appKeyDigest }));
}

function areaOf(platform: DemoPlatform): PlatformArea {
  return { id: platform.id, division: platform.division, region: ownRegion(platform) };
}

function hasHotline(platform: DemoPlatform): boolean {
  return servedSubgraphs(platform).includes('hotline');
}

const MATTERS_MAX = 400;

/** What an upper office would look into: overdue cases, and requests that were answered late. */
async function readMatters(client: pg.Client, platform: DemoPlatform): Promise<OrderMatters> {
  const read = async (sql: string) => {
    const { rows } = await client.query<Matter>(`${sql} order by md5(id), id limit ${MATTERS_MAX}`);
    return rows;
  };
  return {
    cases: await read('select id, division from cases where on_time = false or status = $$HANDLING$$'),
    requests: hasHotline(platform) ? await read('select id, division from requests where answered_at > due_at') : [],
  };
}

/** What the tiers above hold of these platforms, which must be seeded. `now`: epoch milliseconds. */
export async function readLowerTiers(
  server: PostgresServer,
  platforms: readonly DemoPlatform[],
  now: number,
): Promise<LowerTiers> {
  const municipal = platforms.filter(({ kind }) => kind === 'municipal');
  const all = await Promise.all(
    municipal.map((platform) =>
      withClient(server.url(platform.id), async (client) => ({
        matters: await readMatters(client, platform),
        groups: await readFigures(client, platform, now),
      })),
    ),
  );
  return {
    matters: {
      cases: all.flatMap(({ matters }) => matters.cases),
      requests: all.flatMap(({ matters }) => matters.requests),
    },
    figures: createFigures(
      all.flatMap(({ groups }) => groups),
      municipal.map(({ division }) => division),
    ),
  };
}

/** False for a database without tables; true for one of the demo, even if half dropped. */
async function mustBeDropped(url: string, name: string): Promise<boolean> {
  const names = await withClient(url, readTables).catch((error: { code?: string }) => {
    if (error.code === HALF_DROPPED) return ['demo_seed'];
    throw error;
  });
  if (names.length > 0 && !names.includes('demo_seed')) {
    throw new SetupError(
      `The database ${name} holds tables that are not the demo's; rename it, or set DATABASE_URL to another server`,
    );
  }
  return names.length > 0;
}

async function readTables(client: pg.Client): Promise<readonly string[]> {
  const { rows } = await client.query<{ name: string }>(
    "select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'",
  );
  return rows.map(({ name }) => name);
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
