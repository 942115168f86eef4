/** Configuration → a running gateway: every part is made here and handed to the next. */
import type { Logger } from 'pino';
import type { GatewayConfig } from './config.ts';
import { createFailureLog } from './failure-log.ts';
import { type Courier, createCourier } from './fetch/index.ts';
import { type GenerationParts, loadGeneration } from './generation.ts';
import { createGenerations, type Generations } from './generations.ts';
import { createPlatformProbe, type GenerationHealth, type PlaygroundOptions, startHttpServer } from './http/index.ts';
import {
  type ApiKeyFile,
  createApiKeyVerifier,
  createIdentify,
  createOpenIdentify,
  createPassportReader,
  createPassportSigner,
  createThrottle,
  createTokenVerifier,
  DEVELOPMENT_AUDIENCE,
  DEVELOPMENT_ISSUER,
  followApiKeys,
  type Identify,
  type IssuerOptions,
  unlimitedRights,
} from './identify/index.ts';
import { keyFilesOf } from './keys.ts';
import { readOrCreateKeyPair, readOrCreateSecret } from './kit/key-files.ts';
import type { Recorder } from './record/index.ts';
import { createReload, type Reload } from './reload.ts';
import { startRecord } from './start-record.ts';

export interface Gateway {
  readonly url: string;
  readonly port: number;
  /** Where health and metrics are, such as `http://127.0.0.1:4001`; undefined: nowhere. */
  readonly operatorUrl: string | undefined;
  /** Goes by what the files hold, if they hold something else than before and it can be loaded. Never rejects. */
  reload(): Promise<void>;
  /** Finishes what is at work, writes the record, and lets go of everything. */
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly config: GatewayConfig;
  readonly log: Logger;
  readonly playground?: PlaygroundOptions | undefined;
}

/** Throws an `Error` whose message says in plain words what to do; nothing that was started is left then. */
export async function startGateway(options: StartOptions): Promise<Gateway> {
  const started: (() => Promise<unknown> | undefined)[] = [];
  const stop = async (): Promise<void> => {
    for (let step = started.pop(); step !== undefined; step = started.pop()) await step();
  };
  try {
    const parts = await startParts(options, (step) => started.push(step));
    return { ...parts, stop };
  } catch (error) {
    await stop();
    throw listenError(error as NodeJS.ErrnoException, options.config);
  }
}

type OnStop = (step: () => Promise<unknown> | undefined) => void;

/** `onStop` is told how to stop each part, and stops them in reverse: the last to start takes the requests. */
async function startParts({ config, log, playground }: StartOptions, onStop: OnStop): Promise<Omit<Gateway, 'stop'>> {
  const { limits, open } = config;
  const files = keyFilesOf(config.dataFolder);
  const passportKey = await readOrCreateKeyPair(files.passport);
  const courier = createCourier({ signPassport: createPassportSigner(passportKey, limits.passportLifeMs), limits });
  onStop(() => courier.close());
  const cursorSecret = await readOrCreateSecret(files.cursor, '');
  const record = await startRecord(config, passportKey, log);
  const { recorder, digest } = record;
  onStop(() => record.stop());
  const { generations, reload } = await startGenerations(
    {
      config,
      courier,
      cursorSecret,
      digest,
      ownPlatforms: record.platforms,
      onPlatformFailure: createFailureLog({ log, limits }),
      log,
    },
    onStop,
  );
  const apiKeys = open ? undefined : await prepareApiKeys(config, log);
  onStop(() => apiKeys?.stop());
  const identify = open ? prepareOpenIdentify(config) : await prepareIdentify(config, apiKeys);
  const server = await startHttpServer({
    steps: {
      identify,
      readPassport: config.relay && createPassportReader(config.relay, limits),
      enter: () => generations.enter(),
      reserve: () => recorder.reserve(),
    },
    limits,
    log,
    host: config.host,
    port: config.port,
    trustedProxies: config.trustedProxies,
    passportKeys: { keys: [passportKey.publicJwk] },
    generationHealth: () => healthOf(generations, reload),
    probePlatforms: createPlatformProbe(() => generations.served.platforms, limits),
    recordHealth: () => recorder.state(),
    gauges: { ...gaugesOf(recorder), ...gaugesOfReload(generations, reload), ...gaugesOfCalls(courier) },
    playground,
    cors: config.cors,
    forwardedHeaders: config.forwardedHeaders,
    isOpen: open,
    operator: config.operator,
    ownHosts: config.ownHosts,
  });
  onStop(() => server.stop());
  return {
    url: server.url,
    port: server.port,
    operatorUrl: server.operatorUrl,
    reload: async () => void (await Promise.all([reload.now(), apiKeys?.reload()])),
  };
}

/** Loads the first generation, and those after it whenever the files change. */
async function startGenerations(
  parts: GenerationParts,
  onStop: OnStop,
): Promise<{ generations: Generations; reload: Reload }> {
  const { limits, supergraph, network } = parts.config;
  const first = (await loadGeneration(parts))!;
  const generations = createGenerations(first, {
    drainMs: limits.operationDeadlineMs + limits.deadlineGraceMs,
    drainingMax: limits.generationsDrainingMax,
    onChange: (left) => parts.courier.retain(left.flatMap(({ addresses }) => addresses)),
  });
  onStop(() => generations.stop());
  const reload = createReload({
    files: network === undefined ? [supergraph] : [supergraph, network],
    pollMs: limits.reloadPollMs,
    generations,
    load: (previous) => loadGeneration(parts, previous),
    log: parts.log,
  });
  onStop(() => reload.stop());
  return { generations, reload };
}

function healthOf(generations: Generations, reload: Reload): GenerationHealth {
  const { number, supergraph, network, loadedAt, loaded } = generations.served;
  const { plansWarmed } = loaded;
  return { number, supergraph, network, loadedAt, plansWarmed, draining: generations.draining, fault: reload.fault };
}

async function prepareApiKeys({ apiKeys, limits }: GatewayConfig, log: Logger): Promise<ApiKeyFile | undefined> {
  return apiKeys === undefined ? undefined : followApiKeys(apiKeys, { pollMs: limits.reloadPollMs, log });
}

/** Without an issuer everybody may do everything, and a token is for the subgraphs to look at. */
function prepareOpenIdentify({ identity, policiesClaim, limits }: GatewayConfig): Identify {
  const unlimited = unlimitedRights();
  if (identity.kind !== 'issuer') return async () => unlimited;
  const { issuer, audience, jwksUrl: keys } = identity;
  return createOpenIdentify({
    issuer: { issuer, audience, keys },
    policiesClaim,
    throttle: createThrottle(limits),
    limits,
  });
}

async function prepareIdentify(
  { identity, dataFolder, limits }: GatewayConfig,
  apiKeys: ApiKeyFile | undefined,
): Promise<Identify> {
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
    verifyApiKey: apiKeys?.verify ?? createApiKeyVerifier([]),
    throttle: createThrottle(limits),
    limits,
  });
}

function gaugesOfReload(generations: Generations, reload: Reload) {
  return {
    yiwang_generation: { help: 'The generation that is served', read: () => generations.served.number },
    yiwang_generations_draining: {
      help: 'Generations before it with operations at work',
      read: () => generations.draining,
    },
    yiwang_reload_failures: { help: 'Loads that failed since the start', read: () => reload.failures },
  };
}

function gaugesOfCalls(courier: Courier) {
  return {
    yiwang_addresses: { help: 'Addresses of platforms that are kept', read: () => courier.state().addresses },
    yiwang_calls_under_way: { help: 'Calls of platforms under way', read: () => courier.state().callsUnderWay },
    yiwang_calls_waiting: { help: 'Calls that wait for room at a platform', read: () => courier.state().callsWaiting },
    yiwang_breakers_open: { help: 'Addresses that are left alone', read: () => courier.state().breakersOpen },
    yiwang_calls_shared: { help: "Calls that shared another's request", read: () => courier.state().callsSharedTotal },
    yiwang_calls_hedged: { help: 'Second copies sent to replicas', read: () => courier.state().hedgesTotal },
    yiwang_calls_failed_over: { help: 'Calls tried at a second address', read: () => courier.state().failoversTotal },
    yiwang_calls_refused: { help: 'Calls refused before they were sent', read: () => courier.state().refusedTotal },
  };
}

function gaugesOf(recorder: Recorder) {
  return {
    yiwang_record_waiting: { help: 'Record entries that wait to be written', read: () => recorder.state().waiting },
    yiwang_record_written: { help: 'Record entries written since the start', read: () => recorder.state().written },
  };
}

function listenError(error: NodeJS.ErrnoException, { host, port, operator }: GatewayConfig): Error {
  const failed = 'port' in error ? error.port : port;
  if (error.code === 'EADDRINUSE' && operator && failed === operator.port && failed !== port) {
    return new Error(`The port ${failed} for operators is in use; choose another with OPERATOR_PORT, or off.`, {
      cause: error,
    });
  }
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
