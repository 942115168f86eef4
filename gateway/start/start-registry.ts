/** Configuration → the registry of schemas: usage is counted into it, and the promoted supergraph comes out of it. */
import { readFile } from 'node:fs/promises';
import type { JSONWebKeySet } from 'jose';
import type { Logger } from 'pino';
import type { GatewayConfig } from '../config/config.ts';
import { keyFilesOf } from '../config/keys.ts';
import { readOrCreateKeyPair } from '../kit/crypto/key-files.ts';
import { openDatabase } from '../kit/postgres/database.ts';
import type { CountUsage } from '../pipeline/index.ts';
import { createUsageCounter, followPromoted, prepareRegistry, startUsageWriter } from '../registry/index.ts';

export interface StartedRegistry {
  /** Undefined if usage is not counted. */
  readonly countUsage: CountUsage | undefined;
  /** Writes the usage that waits, and closes the database. */
  stop(): Promise<void>;
}

const CONNECTIONS_MAX = 2;

/** Resolves when the file of the promoted supergraph is there. Throws an `Error` that says what to do. */
export async function startRegistry(config: GatewayConfig, log: Logger): Promise<StartedRegistry> {
  const { databaseUrl: url, open, limits, registry } = config;
  if (url === undefined || open) return { countUsage: undefined, stop: async () => undefined };
  const database = openDatabase({
    url,
    connectionsMax: CONNECTIONS_MAX,
    connectMs: limits.databaseMs,
    statementMs: limits.databaseMs,
    applicationName: 'yiwang-gateway',
  });
  const steps: (() => Promise<unknown>)[] = [() => database.close()];
  const stop = async (): Promise<void> => {
    for (const step of steps.reverse()) await step();
  };
  try {
    const isThere = await prepare(database, registry.follows, log);
    if (registry.follows) {
      const publishers = await readPublishers(config);
      const { registryPollMs: pollMs } = limits;
      const promoted = await followPromoted({ database, file: config.supergraph, publishers, pollMs, log });
      steps.push(() => promoted.stop());
    }
    if (!isThere) return { countUsage: undefined, stop };
    const counter = createUsageCounter(limits.usageEntriesMax);
    const writer = startUsageWriter({ database, counter, flushMs: limits.usageFlushMs, log });
    steps.push(() => writer.stop());
    return { countUsage: (rights, text, further) => counter.count(rights, text, further), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** A gateway that takes its supergraph from a file serves without a registry. */
async function prepare(
  database: Parameters<typeof prepareRegistry>[0],
  isNeeded: boolean,
  log: Logger,
): Promise<boolean> {
  try {
    await prepareRegistry(database);
    return true;
  } catch (error) {
    if (!isNeeded) log.warn({ err: error }, 'the registry cannot be used: usage is not counted');
    return false;
  }
}

async function readPublishers({ registry, dataFolder }: GatewayConfig): Promise<JSONWebKeySet> {
  if (registry.publishersFile === undefined) {
    const { publicJwk } = await readOrCreateKeyPair(keyFilesOf(dataFolder).registry);
    return { keys: [publicJwk] };
  }
  try {
    const keys = JSON.parse(await readFile(registry.publishersFile, 'utf8')) as JSONWebKeySet;
    if (!Array.isArray(keys.keys) || keys.keys.length === 0) throw new Error('it has no "keys"');
    return keys;
  } catch (error) {
    throw new Error(
      `REGISTRY_PUBLISHERS ${registry.publishersFile} is not a JWKS of publishers: ${(error as Error).message}.`,
      { cause: error },
    );
  }
}
