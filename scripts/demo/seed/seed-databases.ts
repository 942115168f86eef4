/** Seeds the databases that do not hold the wanted data yet, with one progress bar for all. */

import type { PostgresServer } from '../../tools/postgres/index.ts';
import { createConcurrencyLimit } from '../../tools/process/concurrency-limit.ts';
import { estimateHotlineRows, estimateRows } from '../data/municipal/load.ts';
import { type DemoPlatform, platformsWithin, servedSubgraphs } from '../platforms.ts';
import { type Screen, startProgress } from './progress.ts';
import {
  isSeeded,
  NOTHING_BELOW,
  readLowerTiers,
  readSeedVersion,
  type SeedOptions,
  seedKey,
  seedPlatform,
} from './seed-platform.ts';

export interface SeedDatabasesOptions {
  readonly server: PostgresServer;
  readonly platforms: readonly DemoPlatform[];
  readonly scale: number;
  /** Epoch milliseconds. */
  readonly now: number;
  /** SHA-256 of the demo app's API key, hexadecimal. */
  readonly appKeyDigest: string;
  readonly screen: Screen | undefined;
  /** Receives each platform as soon as its data are loaded, at once if an earlier start loaded them. */
  readonly onSeeded: (platform: DemoPlatform) => void;
}

/** Two, so that one generates rows while PostgreSQL stores those of the other. */
const SEEDS_AT_ONCE = 2;
/** Estimated rows of an upper tier: reference data and oversight. */
const OTHER_ROWS = 4000;

export async function seedDatabases(options: SeedDatabasesOptions): Promise<void> {
  const { server, platforms, scale, now, appKeyDigest, screen, onSeeded } = options;
  const key = seedKey(await readSeedVersion(), { scale, now, appKeyDigest });
  const states = await Promise.all(
    platforms.map(async (platform) => ({ platform, isAlreadySeeded: await isSeeded(server, platform, key) })),
  );
  for (const { platform, isAlreadySeeded } of states) if (isAlreadySeeded) onSeeded(platform);
  const empty = states.filter(({ isAlreadySeeded }) => !isAlreadySeeded).map(({ platform }) => platform);
  if (empty.length === 0) return;

  const startedAt = Date.now();
  const total = empty.reduce((sum, platform) => sum + rowsOf(platform, scale), 0);
  const progress = screen && startProgress({ title: 'Loading the demo data', total, screen });
  let loaded = 0;
  const seedOptions = {
    server,
    scale,
    now,
    appKeyDigest,
    onRows(count: number) {
      loaded += count;
      progress?.advance(count);
    },
  };
  const seedAll = (some: readonly DemoPlatform[], below: SeedOptions['below']) => {
    const limit = createConcurrencyLimit(SEEDS_AT_ONCE);
    return allOrFirstError(
      largestFirst(some, scale).map((platform) =>
        limit(async () => {
          await seedPlatform(platform, key, { ...seedOptions, below });
          onSeeded(platform);
        }),
      ),
    );
  };
  // Orders of the upper tiers are about cases of the lower ones, and their figures are counts of the lower ones' rows.
  await seedAll(
    empty.filter(({ kind }) => kind === 'municipal'),
    NOTHING_BELOW,
  );
  const upper = empty.filter(({ kind }) => kind !== 'municipal');
  if (upper.length > 0) await seedAll(upper, await readLowerTiers(server, platforms, now));
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(1);
  progress?.end(`Loaded ${loaded.toLocaleString('en-US')} rows into ${empty.length} databases in ${seconds} s`);
}

/** Like `Promise.all`, but waits for the others before it fails, so that no work goes on after the error. */
async function allOrFirstError(work: readonly Promise<void>[]): Promise<void> {
  const results = await Promise.allSettled(work);
  const failed = results.find((result) => result.status === 'rejected');
  if (failed) throw failed.reason;
}

function rowsOf(platform: DemoPlatform, scale: number): number {
  if (platform.kind !== 'municipal') return OTHER_ROWS;
  const own = estimateRows(platform.division, scale);
  if (!servedSubgraphs(platform).includes('hotline')) return own;
  const divisions = platformsWithin(platform.division).map(({ division }) => division);
  return own + estimateHotlineRows(divisions, scale);
}

function largestFirst(platforms: readonly DemoPlatform[], scale: number): readonly DemoPlatform[] {
  return [...platforms].sort((a, b) => rowsOf(b, scale) - rowsOf(a, scale));
}
