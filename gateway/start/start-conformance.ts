/** Configuration → the checks of answers against the rules of the standard, and the findings that they count. */
import type { Logger } from 'pino';
import type { GatewayConfig } from '../config/config.ts';
import {
  type CheckModeFile,
  createFindingCounter,
  createFindingStore,
  createFixedModes,
  createStandardChecks,
  type FindingCounter,
  prepareFindings,
  readRuleIds,
  startFindingWriter,
  watchModes,
} from '../conform/index.ts';
import { openDatabase } from '../kit/postgres/database.ts';
import type { Conformance } from '../pipeline/index.ts';
import { WRITER_ROLE } from '../record/index.ts';

export interface StartedConformance {
  /** Undefined if answers are checked against their types alone. */
  readonly conformance: Conformance | undefined;
  /** Since the start, by platform and rule. */
  totals: FindingCounter['totals'];
  /** Reads the file of check modes again. */
  reload(): Promise<void>;
  /** Stores what was counted. */
  stop(): Promise<void>;
}

const NOTHING: StartedConformance = {
  conformance: undefined,
  totals: () => [],
  reload: async () => undefined,
  stop: async () => undefined,
};

/** Throws an `Error` that lists the faults of the file of check modes. */
export async function startConformance(config: GatewayConfig, log: Logger): Promise<StartedConformance> {
  const { checks, limits } = config;
  if (!checks) return NOTHING;
  const modes = await startModes(checks.modes, limits.reloadPollMs, log);
  const counter = createFindingCounter(limits);
  const writer = await startWriter(config, counter, log);
  return {
    conformance: {
      compileCheck: createStandardChecks(),
      modeOf: modes.modeOf,
      onFinding: counter.count,
    },
    totals: counter.totals,
    reload: modes.reload,
    async stop() {
      await modes.stop();
      await writer?.stop();
    },
  };
}

function startModes(file: string | undefined, pollMs: number, log: Logger): Promise<CheckModeFile> | CheckModeFile {
  if (file === undefined) return createFixedModes();
  return watchModes(file, { rules: readRuleIds(), pollMs, log });
}

const CONNECTIONS_MAX = 1;

/** Undefined if findings are kept in memory alone. */
async function startWriter(
  { databaseUrl, limits }: GatewayConfig,
  counter: FindingCounter,
  log: Logger,
): Promise<{ stop(): Promise<void> } | undefined> {
  if (databaseUrl === undefined) return undefined;
  const database = openDatabase({
    url: databaseUrl,
    connectionsMax: CONNECTIONS_MAX,
    connectMs: limits.databaseMs,
    statementMs: limits.databaseMs,
    applicationName: 'yiwang-gateway',
  });
  try {
    await prepareFindings(database, WRITER_ROLE);
  } catch (error) {
    const advice = 'findings are counted in memory alone: run "npx yiwang audit prepare" as the owner of the database';
    log.warn({ err: error }, advice);
    await database.close();
    return undefined;
  }
  const writer = startFindingWriter({ counter, store: createFindingStore(database, limits), limits, log });
  return {
    async stop() {
      await writer.stop();
      await database.close();
    },
  };
}
