/** Starts a demo network: PostgreSQL, databases with data, platform processes, gateway; and stops it all in reverse order. */
import { createHash } from 'node:crypto';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type DemoKeys, prepareDemoKeys } from '@yiwang/gateway/config/keys.ts';
import type { Network, PlatformEntry } from '@yiwang/gateway/model/platform/network.ts';
import type { Credential } from '@yiwang/gateway/playground/demo/index.ts';
import {
  connectPostgres,
  type EmbeddedPostgres,
  networkName,
  type PostgresServer,
  startPostgres,
} from '../../tools/postgres/index.ts';
import { createConcurrencyLimit } from '../../tools/process/concurrency-limit.ts';
import { assertPortFree, findFreePorts } from '../../tools/process/free-ports.ts';
import { type SupervisedProcess, supervise } from '../../tools/process/supervise.ts';
import { startBadPlatform } from '../bad-platform/start-bad-platform.ts';
import type { PlatformState } from '../control/control.ts';
import { GATEWAY_DATABASE } from '../control/control.ts';
import { lockFolder } from '../control/data-folder.ts';
import { dataFlagFor, startCommandFor } from '../control/registry.ts';
import { DATA_END } from '../data/data-period.ts';
import { DEMO_PLATFORMS, type DemoPlatform, listedSubgraphs, platformOf } from '../platforms.ts';
import type { Screen } from '../seed/progress.ts';
import { seedDatabases } from '../seed/seed-databases.ts';
import { startChildServer } from './child-server.ts';
import { inheritedEnvironment, logFileOf } from './config.ts';
import { startControlServer } from './control-server.ts';
import { credentialOf } from './describe.ts';
import {
  createPlatformServers,
  networkFileOf,
  type PlatformServers,
  type PlatformServersOptions,
  urlOf,
} from './platform-servers.ts';

export interface NetworkOptions {
  /** The data folder; made at the first start, reused later. */
  readonly folder: string;
  /** Multiplies the counts of rows. Default 1. */
  readonly scale?: number;
  /** Of the gateway. Default 0: any free one. */
  readonly port?: number;
  /** An existing PostgreSQL server. Default: the embedded one, in the data folder. */
  readonly databaseUrl?: string | undefined;
  /** Ids of the platforms to start. Default: all of the demo. */
  readonly platforms?: readonly string[];
  /** Adds a platform whose rows break the rules of the standard. Default: false. */
  readonly withBadPlatform?: boolean;
  /** The stream that shows progress. Default: none. */
  readonly screen?: Screen | undefined;
  /** Aborts the start and stops what was started. */
  readonly signal?: AbortSignal;
  /** Receives the data folder of the embedded PostgreSQL, so that the caller can stop the server if this process is killed. */
  readonly onPostgres?: (folder: string) => void;
  /** Receives each process that ended by itself, and each restart of the gateway and PostgreSQL. */
  readonly onExit?: (line: string) => void;
}

export interface RunningNetwork {
  readonly gatewayUrl: string;
  readonly network: Network;
  readonly folder: string;
  readonly keys: DemoKeys;
  /** Of the gateway's process; undefined while there is none. */
  gatewayPid(): number | undefined;
  /** Of the embedded PostgreSQL; undefined while there is none. */
  postgresPid(): number | undefined;
  stopPlatform(id: string): Promise<PlatformState>;
  startPlatform(id: string): Promise<PlatformState>;
  /** The header with the credential of a demo identity, e.g. `hubei`. Throws a `RangeError` for an unknown name. */
  credential(name: string): Promise<Credential>;
  /** The owner's connection to a platform's database, past row security. */
  databaseUrl(platform: string): string;
  /** Gateway first, then platforms, then PostgreSQL. */
  stop(): Promise<void>;
}

/** Node processes that start at the same time. More of them only slow each other down. */
const STARTS_AT_ONCE = 4;

/** Throws a `SetupError` of one line if the user can fix the cause; then nothing is left running. */
export async function startNetwork(options: NetworkOptions): Promise<RunningNetwork> {
  const cleanup = createCleanup();
  const onAbort = () => void cleanup.run();
  options.signal?.addEventListener('abort', onAbort);
  try {
    return await startParts(options, cleanup);
  } catch (error) {
    await cleanup.run();
    // The reason of the stop says more than an error that the stop caused.
    throw options.signal?.aborted ? options.signal.reason : error;
  } finally {
    options.signal?.removeEventListener('abort', onAbort);
  }
}

interface Cleanup {
  /** Adds a step of the stop, which runs before those that were added earlier. */
  add(step: () => Promise<void>): void;
  /** Runs the steps once, however often it is called. */
  run(): Promise<void>;
}

function createCleanup(): Cleanup {
  const steps: (() => Promise<void>)[] = [];
  let running: Promise<void> | undefined;
  const unwind = async () => {
    for (let step = steps.pop(); step; step = steps.pop()) await step().catch(() => undefined);
  };
  return {
    add: (step) => steps.push(step),
    run: () => {
      running = (running ?? Promise.resolve()).then(unwind);
      return running;
    },
  };
}

async function startParts(options: NetworkOptions, cleanup: Cleanup): Promise<RunningNetwork> {
  const { folder, scale = 1, port = 0, signal } = options;
  const log = (line: string) => options.screen?.write(`${line}\n`);
  const lock = await lockFolder(folder);
  cleanup.add(lock.release);
  if (port !== 0) await assertPortFree(port, startCommandFor(folder, port + 1));
  await rm(join(folder, 'logs'), { recursive: true, force: true });
  await mkdir(join(folder, 'logs'), { recursive: true });
  const keys = await prepareDemoKeys(folder);
  const postgres = await openPostgres(options, log);
  cleanup.add(() => postgres.stop());
  signal?.throwIfAborted();

  const platforms = (options.platforms ?? DEMO_PLATFORMS.map(({ id }) => id)).map(platformOf);
  const bad = options.withBadPlatform ? await startBadPlatform() : undefined;
  if (bad) cleanup.add(bad.close);
  const others = bad ? [bad.entry] : [];
  const { network, serversOptions } = await prepareNetwork({ options, platforms, others, postgres, keys });
  const servers = createPlatformServers(serversOptions);
  cleanup.add(() => servers.stopAll());
  const appKeyDigest = createHash('sha256').update(keys.apiKey).digest('hex');
  await startPlatforms({ servers, platforms, postgres, scale, appKeyDigest, screen: options.screen, signal });
  signal?.throwIfAborted();

  const gatewayPort = port === 0 ? (await findFreePorts(1))[0]! : port;
  const gateway = await startGateway({
    folder,
    port: gatewayPort,
    databaseUrl: postgres.url(GATEWAY_DATABASE),
    options,
    cleanup,
  });
  const gatewayUrl = urlOf(gatewayPort);
  const control = await startControlServer(servers);
  cleanup.add(control.close);
  await lock.writeRunFile({
    pid: process.pid,
    gatewayUrl,
    recordUrl: postgres.url(GATEWAY_DATABASE),
    control: { url: control.url, token: control.token },
  });
  signal?.throwIfAborted();
  return {
    gatewayUrl,
    network,
    folder,
    keys,
    gatewayPid: gateway.pid,
    postgresPid: postgres.pid,
    stopPlatform: servers.stop,
    startPlatform: servers.start,
    credential: (name) => credentialOf(name, keys, Date.now()),
    databaseUrl: (platform) => postgres.url(platform),
    stop: cleanup.run,
  };
}

async function openPostgres(
  { folder, databaseUrl, onPostgres, onExit }: NetworkOptions,
  log: (line: string) => void,
): Promise<PostgresServer & Pick<EmbeddedPostgres, 'pid'>> {
  if (databaseUrl !== undefined) {
    return { ...(await connectPostgres({ databaseUrl, network: networkName(folder), log })), pid: () => undefined };
  }
  const restart = { onEvent: (line: string) => onExit?.(line) };
  const server = await startPostgres({ folder: join(folder, 'postgres'), log, restart });
  onPostgres?.(server.folder);
  return server;
}

interface NetworkInputs {
  readonly options: NetworkOptions;
  readonly platforms: readonly DemoPlatform[];
  /** Platforms that run already. */
  readonly others: readonly PlatformEntry[];
  readonly postgres: PostgresServer;
  readonly keys: DemoKeys;
}

/** Gives every platform a port and writes the files that the processes read. */
async function prepareNetwork({
  options,
  platforms,
  others,
  postgres,
  keys,
}: NetworkInputs): Promise<{ network: Network; serversOptions: PlatformServersOptions }> {
  const { folder } = options;
  const ports = await findFreePorts(platforms.length);
  const served = platforms.map((platform, i) => ({
    platform,
    port: ports[i]!,
    databaseUrl: postgres.url(platform.id),
    databaseRole: postgres.platformRole,
  }));
  const network: Network = {
    platforms: [
      ...served.map(({ platform, port }) => ({
        id: platform.id,
        name: platform.name,
        tier: platform.tier,
        division: platform.division,
        subgraphs: listedSubgraphs(platform),
        url: urlOf(port),
      })),
      ...others,
    ],
  };
  const networkFile = networkFileOf(folder);
  const passportKeysFile = join(folder, 'keys', 'passport.jwks.json');
  await writeFile(networkFile, `${JSON.stringify(network, null, 2)}\n`);
  await writeFile(passportKeysFile, `${JSON.stringify({ keys: [keys.passport.publicJwk] }, null, 2)}\n`);
  const onExit = (id: string, exit: number | string) =>
    options.onExit?.(
      `${id} ended by itself (${exit}); see ${logFileOf(folder, id)}, start it again with: npx yiwang network start ${id}${dataFlagFor(folder)}`,
    );
  const env = inheritedEnvironment();
  return {
    network,
    serversOptions: { folder, servers: served, now: DATA_END, networkFile, passportKeysFile, env, onExit },
  };
}

interface PlatformsStart {
  readonly servers: PlatformServers;
  readonly platforms: readonly DemoPlatform[];
  readonly postgres: PostgresServer;
  readonly scale: number;
  readonly appKeyDigest: string;
  readonly screen: Screen | undefined;
  readonly signal: AbortSignal | undefined;
}

/** Starts each server as soon as its data are loaded, while the other databases are still being filled. */
async function startPlatforms({
  servers,
  platforms,
  postgres,
  scale,
  appKeyDigest,
  screen,
  signal,
}: PlatformsStart): Promise<void> {
  const limit = createConcurrencyLimit(STARTS_AT_ONCE);
  const starts: Promise<unknown>[] = [postgres.createDatabase(GATEWAY_DATABASE)];
  await seedDatabases({
    server: postgres,
    platforms,
    scale,
    now: DATA_END,
    appKeyDigest,
    screen,
    onSeeded({ id }) {
      const start = limit(async () => {
        signal?.throwIfAborted();
        await servers.start(id);
      });
      start.catch(() => undefined);
      starts.push(start);
    },
  });
  screen?.write(`Starting ${platforms.length} platforms …\n`);
  await Promise.all(starts);
}

interface GatewayStart {
  readonly folder: string;
  readonly port: number;
  readonly databaseUrl: string;
  readonly options: NetworkOptions;
  readonly cleanup: Cleanup;
}

/** Starts it again at the same port if it ends by itself. */
async function startGateway({ folder, port, databaseUrl, options, cleanup }: GatewayStart): Promise<SupervisedProcess> {
  options.screen?.write('Starting the gateway …\n');
  const logFile = logFileOf(folder, 'gateway');
  const log = (line: string) => options.onExit?.(line);
  const gateway = await supervise({
    start: () =>
      startChildServer({
        id: 'gateway',
        entry: new URL('../../../gateway/main.ts', import.meta.url),
        args: ['--data', folder, '--network', networkFileOf(folder), '--port', String(port), '--demo'],
        env: { ...inheritedEnvironment(), GATEWAY_DATABASE_URL: databaseUrl },
        logFile,
      }),
    onExit: (exit, pauseMs) =>
      log(
        `The gateway ended by itself (${exit}); see ${logFile}; ${pauseMs === undefined ? 'that was too often: start the network anew' : `it is started again in ${pauseMs} ms`}`,
      ),
    onRestart: () => log('The gateway runs again'),
  });
  cleanup.add(() => gateway.stop());
  return gateway;
}
