/** Configuration → a running gateway: every part is made here and handed to the next. */
import { readFile } from 'node:fs/promises';
import { classesOf, createGraphQLScalars } from '@yiwang/schema';
import type { Logger } from 'pino';
import { createAdmit, createViews, type ViewRule, type Views } from './admit/index.ts';
import type { GatewayConfig } from './config.ts';
import { createPlatformProbe, type HttpServer, type PlaygroundOptions, startHttpServer } from './http/index.ts';
import {
  AUDIENCES,
  createApiKeyVerifier,
  createIdentify,
  createPassportSigner,
  createTokenVerifier,
  DEVELOPMENT_AUDIENCE,
  DEVELOPMENT_ISSUER,
  type Identify,
  type IssuerOptions,
  readApiKeys,
  unlimitedRights,
} from './identify/index.ts';
import { keyFilesOf } from './keys.ts';
import { type Database, openDatabase } from './kit/database.ts';
import { sha256 } from './kit/digest.ts';
import { readOrCreateKeyPair, readOrCreateSecret } from './kit/key-files.ts';
import { readNetwork } from './network-file.ts';
import { createEngine, type Engine } from './pipeline.ts';
import { createNoRecorder, createRecorder, createRecordStore, type Recorder } from './record/index.ts';
import { createRelaySteps } from './relay-steps.ts';

export interface Gateway {
  readonly url: string;
  readonly port: number;
  /** Finishes what is at work, writes the record, and lets go of everything. */
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly config: GatewayConfig;
  readonly log: Logger;
  readonly playground?: PlaygroundOptions | undefined;
}

/** The name of the one view of a gateway without a policy. */
const EVERYTHING = 'all';

/** Throws an `Error` whose message says in plain words what to do; nothing that was started is left then. */
export async function startGateway(options: StartOptions): Promise<Gateway> {
  const started: (() => Promise<unknown> | undefined)[] = [];
  const stop = async (): Promise<void> => {
    for (let step = started.pop(); step !== undefined; step = started.pop()) await step();
  };
  try {
    const { url, port } = await startParts(options, (step) => started.push(step));
    return { url, port, stop };
  } catch (error) {
    await stop();
    throw listenError(error as NodeJS.ErrnoException, options.config);
  }
}

/** `onStop` is told how to stop each part, and stops them in reverse: the last to start takes the requests. */
async function startParts(
  { config, log, playground }: StartOptions,
  onStop: (step: () => Promise<unknown> | undefined) => void,
): Promise<HttpServer> {
  const { limits, open } = config;
  const supergraph = await readFile(config.supergraph, 'utf8');
  const network = config.network === undefined ? undefined : await readNetwork(config.network);
  const files = keyFilesOf(config.dataFolder);
  const passportKey = await readOrCreateKeyPair(files.passport);
  const views = readViews(supergraph, config);
  const unlimited = unlimitedRights();
  const identify = open ? async () => unlimited : await prepareIdentify(config);
  const { database, recorder } = await prepareRecorder(config, log);
  onStop(() => database?.close());
  onStop(() => recorder.stop());
  const engine = await createEngine({
    supergraph,
    network,
    signPassport: createPassportSigner(passportKey, limits.passportLifeMs),
    cursorSecret: await readOrCreateSecret(files.cursor, ''),
    limits,
    standard: !open,
    planIn: 'process',
    onPlannerFallback: (err) => log.info({ err }, "planned by Apollo's planner"),
  });
  onStop(() => engine.close());
  const server = await startHttpServer({
    steps: {
      identify,
      viewOf: (rights) => views.view(open ? EVERYTHING : rights.audience),
      views: views.all,
      admit: createAdmit({ limits, classOf: views.classOf, boundLists: !open }),
      execute: (asked) => engine.execute(asked),
      relay:
        config.relay && createRelaySteps({ config: config.relay, supergraph, classOf: views.classOf, engine, limits }),
      reserve: () => recorder.reserve(),
    },
    limits,
    log,
    host: config.host,
    port: config.port,
    passportKeys: { keys: [passportKey.publicJwk] },
    supergraph: sha256(supergraph),
    probePlatforms: createPlatformProbe(network?.platforms ?? [], limits),
    recordHealth: () => recorder.state(),
    gauges: gaugesOf(recorder, engine),
    playground,
  });
  onStop(() => server.stop());
  return server;
}

function readViews(supergraph: string, { open, supergraph: file }: GatewayConfig): Views {
  try {
    if (open) return createViews(supergraph, [{ name: EVERYTHING, classes: undefined }]);
    return createViews(supergraph, audienceRules(), createGraphQLScalars());
  } catch (error) {
    throw new Error(`The supergraph ${file} cannot be used: ${(error as Error).message}`, { cause: error });
  }
}

function audienceRules(): ViewRule[] {
  return AUDIENCES.map((name) => ({ name, classes: classesOf(name) }));
}

async function prepareIdentify({ identity, apiKeys, dataFolder, limits }: GatewayConfig): Promise<Identify> {
  const issuer: IssuerOptions =
    identity.kind === 'issuer'
      ? { issuer: identity.issuer, audience: identity.audience, keys: identity.jwksUrl }
      : {
          issuer: DEVELOPMENT_ISSUER,
          audience: DEVELOPMENT_AUDIENCE,
          keys: { keys: [(await readOrCreateKeyPair(keyFilesOf(dataFolder).identity)).publicJwk] },
        };
  return createIdentify({
    verifyToken: createTokenVerifier(issuer, limits),
    verifyApiKey: createApiKeyVerifier(apiKeys === undefined ? [] : await readApiKeys(apiKeys)),
    limits,
  });
}

async function prepareRecorder(
  { databaseUrl, open, limits }: GatewayConfig,
  log: Logger,
): Promise<{ database: Database | undefined; recorder: Recorder }> {
  if (databaseUrl === undefined) {
    if (!open) log.warn('GATEWAY_DATABASE_URL is not set: operations are not put on record');
    return { database: undefined, recorder: createNoRecorder() };
  }
  const database = openDatabase({
    url: databaseUrl,
    connectionsMax: 2,
    connectMs: limits.databaseMs,
    statementMs: limits.databaseMs,
  });
  const store = createRecordStore(database, limits.recordTextMax);
  try {
    await store.prepare();
  } catch (error) {
    await database.close();
    throw new Error(
      `The database of the record is not usable: ${(error as Error).message}. Check GATEWAY_DATABASE_URL.`,
      {
        cause: error,
      },
    );
  }
  return { database, recorder: createRecorder(store, limits, log) };
}

function gaugesOf(recorder: Recorder, engine: Engine) {
  return {
    yiwang_calls_under_way: { help: 'Calls of platforms under way', read: () => engine.calls().callsUnderWay },
    yiwang_calls_waiting: { help: 'Calls that wait for room at a platform', read: () => engine.calls().callsWaiting },
    yiwang_breakers_open: { help: 'Addresses that are left alone', read: () => engine.calls().breakersOpen },
    yiwang_calls_shared: { help: "Calls that shared another's request", read: () => engine.calls().callsSharedTotal },
    yiwang_calls_hedged: { help: 'Second copies sent to replicas', read: () => engine.calls().hedgesTotal },
    yiwang_calls_failed_over: { help: 'Calls tried at a second address', read: () => engine.calls().failoversTotal },
    yiwang_calls_refused: { help: 'Calls refused before they were sent', read: () => engine.calls().refusedTotal },
    yiwang_record_waiting: { help: 'Record entries that wait to be written', read: () => recorder.state().waiting },
    yiwang_record_written: { help: 'Record entries written since the start', read: () => recorder.state().written },
  };
}

function listenError(error: NodeJS.ErrnoException, { host, port }: GatewayConfig): Error {
  switch (error.code) {
    case 'EADDRINUSE':
      return new Error(`The port ${port} is in use; stop what uses it, or choose another with PORT or --port.`, {
        cause: error,
      });
    case 'EACCES':
      return new Error(`The port ${port} may not be used by this user; choose one above 1023 with PORT or --port.`, {
        cause: error,
      });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new Error(`The address ${host} is not one of this machine; choose another with HOST or --host.`, {
        cause: error,
      });
    default:
      return error;
  }
}
