/** The directory of a running exchange: filled once from the network's list, then kept current round by round. */
import { standardVersion } from '@yiwang/schema';
import pg from 'pg';
import type { ExchangeConfig } from './config.ts';
import { recordSightings, replaceDirectory } from './directory.ts';
import { startProber } from './prober.ts';

export interface WatchOptions extends ExchangeConfig {
  /** Of the database's owner, whose tables are there already. */
  readonly databaseUrl: string;
  /** The clock by which platforms are seen. Default: the clock of the wall. */
  readonly now?: () => Date;
  readonly onError: (error: unknown) => void;
}

/** Resolves to the function that ends the watch. A round that cannot be recorded is reported, and the next one tries again. */
export function watchDirectory(options: WatchOptions): () => Promise<void> {
  const { entries, limits, databaseUrl, onError, now = () => new Date() } = options;
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 1, connectionTimeoutMillis: limits.timeoutMs });
  pool.on('error', onError);
  let filled = false;
  const prober = startProber({
    entries,
    limits,
    onError,
    async record(sightings) {
      if (!filled) await replaceDirectory(pool, entries, standardVersion());
      filled = true;
      await recordSightings(pool, sightings, now());
    },
  });
  return async () => {
    await prober.close();
    await pool.end();
  };
}
