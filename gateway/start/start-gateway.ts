/** Configuration → a running gateway: every part is made here and handed to the next. */
import type { Logger } from 'pino';
import type { GatewayConfig } from '../config/config.ts';
import { keyFilesOf } from '../config/keys.ts';
import { createPlatformClient, type PlatformClient } from '../fetch/index.ts';
import {
  createPlatformProbe,
  type PlaygroundOptions,
  type SchemaVersionHealth,
  startHttpServer,
} from '../http/index.ts';
import {
  type ApiKeyFile,
  createApiKeyVerifier,
  createIdentify,
  createOpenIdentify,
  createPassportSigner,
  createPassportVerifier,
  createThrottle,
  createTokenVerifier,
  DEVELOPMENT_AUDIENCE,
  DEVELOPMENT_ISSUER,
  type Identify,
  type IssuerOptions,
  unlimitedRights,
  watchApiKeys,
} from '../identify/index.ts';
import { readOrCreateKeyPair, readOrCreateSecret } from '../kit/crypto/key-files.ts';
import type { Recorder } from '../record/index.ts';
import { createSchemaReloader, type SchemaReloader } from '../supergraph/versions/schema-reloader.ts';
import { createSchemaVersions, type SchemaVersions } from '../supergraph/versions/schema-versions.ts';
import { createFailureLog } from '../telemetry/failure-log.ts';
import { loadSchemaVersion, type SchemaVersion, type SchemaVersionOptions } from './load-version.ts';
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
    const parts = await startComponents(options, (step) => started.push(step));
    return { ...parts, stop };
  } catch (error) {
    await stop();
    throw explainListenError(error as NodeJS.ErrnoException, options.config);
  }
}

type RegisterStop = (step: () => Promise<unknown> | undefined) => void;

/** `onStop` is told how to stop each part, and stops them in reverse: the last to start takes the requests. */
async function startComponents(
  { config, log, playground }: StartOptions,
  onStop: RegisterStop,
): Promise<Omit<Gateway, 'stop'>> {
  const { limits, open } = config;
  const files = keyFilesOf(config.dataFolder);
  const passportKey = await readOrCreateKeyPair(files.passport);
  const platformClient = createPlatformClient({
    signPassport: createPassportSigner(passportKey, limits.passportLifeMs),
    limits,
  });
  onStop(() => platformClient.close());
  const cursorSecret = await readOrCreateSecret(files.cursor, '');
  const record = await startRecord(config, passportKey, log);
  const { recorder, digest } = record;
  onStop(() => record.stop());
  const { versions, reload } = await startSchemaVersions(
    {
      config,
      platformClient,
      cursorSecret,
      digest,
      ownPlatforms: record.platforms,
      onPlatformFailure: createFailureLog({ log, limits }),
      log,
    },
    onStop,
  );
  const apiKeys = open ? undefined : await followApiKeyFile(config, log);
  onStop(() => apiKeys?.stop());
  const identify = open ? createOpenIdentifyStep(config) : await createIdentifyStep(config, apiKeys);
  const server = await startHttpServer({
    steps: {
      identify,
      readPassport: config.upstream && createPassportVerifier(config.upstream, limits),
      enter: () => versions.acquire(),
      reserve: () => recorder.reserve(),
    },
    limits,
    log,
    host: config.host,
    port: config.port,
    trustedProxies: config.trustedProxies,
    passportKeys: { keys: [passportKey.publicJwk] },
    generationHealth: () => versionHealth(versions, reload),
    probePlatforms: createPlatformProbe(() => versions.served.platforms, limits),
    recordHealth: () => recorder.state(),
    readings: {
      ...recordReadings(recorder),
      ...versionReadings(versions, reload),
      ...platformReadings(platformClient),
    },
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
async function startSchemaVersions(
  parts: SchemaVersionOptions,
  onStop: RegisterStop,
): Promise<{ versions: SchemaVersions<SchemaVersion>; reload: SchemaReloader }> {
  const { limits, supergraph, network } = parts.config;
  const first = (await loadSchemaVersion(parts))!;
  const versions = createSchemaVersions(first, {
    drainMs: limits.operationDeadlineMs + limits.deadlineGraceMs,
    drainingMax: limits.generationsDrainingMax,
    onChange: (open) => parts.platformClient.retain(open.flatMap(({ endpoints }) => endpoints)),
  });
  onStop(() => versions.stop());
  const reload = createSchemaReloader({
    files: network === undefined ? [supergraph] : [supergraph, network],
    pollMs: limits.reloadPollMs,
    versions,
    load: (previous) => loadSchemaVersion(parts, previous),
    log: parts.log,
  });
  onStop(() => reload.stop());
  return { versions, reload };
}

function versionHealth(versions: SchemaVersions<SchemaVersion>, reload: SchemaReloader): SchemaVersionHealth {
  const { number, supergraph, network, loadedAt, loaded } = versions.served;
  const { plansWarmed } = loaded;
  return { number, supergraph, network, loadedAt, plansWarmed, draining: versions.draining, fault: reload.fault };
}

async function followApiKeyFile({ apiKeys, limits }: GatewayConfig, log: Logger): Promise<ApiKeyFile | undefined> {
  return apiKeys === undefined ? undefined : watchApiKeys(apiKeys, { pollMs: limits.reloadPollMs, log });
}

/** Without an issuer everybody may do everything, and a token is for the subgraphs to look at. */
function createOpenIdentifyStep({ identity, policiesClaim, limits }: GatewayConfig): Identify {
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

async function createIdentifyStep(
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

function versionReadings(versions: SchemaVersions<SchemaVersion>, reload: SchemaReloader) {
  return {
    yiwang_schema_version: {
      help: 'Number of the schema version that is served',
      read: () => versions.served.number,
    },
    yiwang_schema_versions_draining: {
      help: 'Earlier schema versions that still have operations in flight',
      read: () => versions.draining,
    },
    yiwang_reload_failures_total: { help: 'Reloads that failed', read: () => reload.failures },
  };
}

function platformReadings(platformClient: PlatformClient) {
  return {
    yiwang_endpoints: { help: 'Endpoints of platforms that are in use', read: () => platformClient.state().endpoints },
    yiwang_platform_calls_in_flight: {
      help: 'Platform calls in flight',
      read: () => platformClient.state().callsInFlight,
    },
    yiwang_platform_calls_queued: {
      help: 'Platform calls that wait for a connection',
      read: () => platformClient.state().callsWaiting,
    },
    yiwang_circuit_breakers_open: {
      help: 'Endpoints whose circuit breaker is open',
      read: () => platformClient.state().breakersOpen,
    },
    yiwang_platform_calls_deduplicated_total: {
      help: 'Platform calls that shared the request of an identical call',
      read: () => platformClient.state().callsSharedTotal,
    },
    yiwang_platform_calls_hedged_total: {
      help: 'Hedged requests sent to a second endpoint',
      read: () => platformClient.state().hedgesTotal,
    },
    yiwang_platform_calls_failed_over_total: {
      help: 'Platform calls retried at a second endpoint',
      read: () => platformClient.state().failoversTotal,
    },
    yiwang_platform_calls_rejected_total: {
      help: 'Platform calls rejected before they were sent',
      read: () => platformClient.state().refusedTotal,
    },
  };
}

function recordReadings(recorder: Recorder) {
  return {
    yiwang_record_entries_queued: {
      help: 'Record entries that wait to be written',
      read: () => recorder.state().waiting,
    },
    yiwang_record_entries_written_total: { help: 'Record entries written', read: () => recorder.state().written },
  };
}

function explainListenError(error: NodeJS.ErrnoException, { host, port, operator }: GatewayConfig): Error {
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
