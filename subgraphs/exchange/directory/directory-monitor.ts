/** Fills the directory of a running exchange from the network's list, and updates it after every round of probes. */
import { connectOwner } from '@yiwang/platform';
import { standardVersion } from '@yiwang/schema/standard';
import { type DirectoryEntry, recordHealthChecks, replaceDirectory } from './directory.ts';
import { type ProberLimits, startProber } from './prober.ts';

export interface MonitorOptions {
  readonly entries: readonly DirectoryEntry[];
  readonly limits: ProberLimits;
  /** Of the database's owner, whose tables are there already. */
  readonly databaseUrl: string;
  /** The clock of health checks. Default: the wall clock. */
  readonly now?: () => Date;
  readonly onError: (error: unknown) => void;
}

/**
 * Returns the function that ends the monitor. A round that cannot be recorded is reported, and the next one tries
 * again.
 */
export function monitorDirectory(options: MonitorOptions): () => Promise<void> {
  const { entries, limits, databaseUrl, onError, now = () => new Date() } = options;
  const database = connectOwner({ url: databaseUrl, connectMsMax: limits.timeoutMs, onIdleError: onError });
  let isFilled = false;
  const fill = async (): Promise<void> => {
    if (!isFilled) await replaceDirectory(database, entries, standardVersion());
    isFilled = true;
  };
  const firstFill = fill().catch(onError);
  const prober = startProber({
    entries,
    limits,
    onError,
    async record(results) {
      await firstFill;
      await fill();
      await recordHealthChecks(database, results, now());
    },
  });
  return async () => {
    await prober.close();
    await firstFill;
    await database.close();
  };
}
