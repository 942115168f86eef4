/** Configuration → a running gateway. Every long-lived part is created here and handed to the next. */
import type { Logger } from 'pino';
import type { GatewayConfig } from '../config/config.ts';
import { keyFilesOf, organisationsFileOf } from '../config/keys.ts';
import { createPlatformClient } from '../fetch/index.ts';
import { createPlatformProbe, loadPlugins, type PlaygroundOptions, startHttpServer } from '../http/index.ts';
import { createPassportSigner, createPassportVerifier } from '../identify/index.ts';
import { readOrCreateKeyPair, readOrCreateSecret } from '../kit/crypto/key-files.ts';
import { NO_ORGANISATIONS } from '../model/organisations/organisation-directory.ts';
import type { Around } from '../pipeline/index.ts';
import { createAccessLog, createFailureLog, loadTracing, type Tracing } from '../telemetry/index.ts';
import { createIdentifyStage, startApiKeys } from './create-identify.ts';
import { type OrganisationWatch, watchOrganisations } from './organisations/watch-organisations.ts';
import { createReadings } from './readings.ts';
import { createSchemaChecks } from './schema-checks.ts';
import { startConformance } from './start-conformance.ts';
import { startRecord } from './start-record.ts';
import { startRegistry } from './start-registry.ts';
import { type StartedVersions, startVersions, type VersionsOptions } from './start-versions.ts';

export interface Gateway {
  readonly url: string;
  readonly port: number;
  /** URL of health and metrics, such as `http://127.0.0.1:4001`; undefined if they are off. */
  readonly operatorUrl: string | undefined;
  /** Loads the files if they have changed. Never rejects: what cannot be loaded changes nothing. */
  reload(): Promise<void>;
  /** Finishes the operations in flight, writes the record, and closes every connection. */
  stop(): Promise<void>;
}

export interface StartOptions {
  readonly config: GatewayConfig;
  readonly log: Logger;
  readonly playground?: PlaygroundOptions | undefined;
  /** Wraps stages. Default: nothing. */
  readonly around?: Around | undefined;
}

/** Throws an `Error` whose message says what to do; nothing is left running then. */
export async function startGateway(options: StartOptions): Promise<Gateway> {
  const started: (() => Promise<unknown> | undefined)[] = [];
  const stop = async (): Promise<void> => {
    const faults: unknown[] = [];
    for (let step = started.pop(); step !== undefined; step = started.pop()) {
      // What stops later still has entries of the record to write.
      try {
        await step();
      } catch (error) {
        faults.push(error);
      }
    }
    if (faults.length > 0) throw faults[0];
  };
  try {
    const parts = await startComponents(options, (step) => started.push(step));
    return { ...parts, stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw explainListenError(error as NodeJS.ErrnoException, options.config);
  }
}

type RegisterStop = (step: () => Promise<unknown> | undefined) => void;

/**
 * `onStop` registers how to stop a part. Parts stop in reverse order: the HTTP server, which starts last, stops first.
 */
async function startComponents(
  { config, log, playground, around: innerAround }: StartOptions,
  onStop: RegisterStop,
): Promise<Omit<Gateway, 'stop'>> {
  const { limits, upstream } = config;
  const tracing = await loadTracing(config.tracing, log);
  onStop(() => tracing?.stop());
  const around = composeAround(tracing, innerAround);
  const files = keyFilesOf(config.dataFolder);
  const passportKey = await readOrCreateKeyPair(files.passport);
  const signPassport = createPassportSigner(passportKey, limits.passportLifeMs);
  const schemaChecks = createSchemaChecks(config, log);
  onStop(() => schemaChecks.stop());
  const { refusalOf } = schemaChecks;
  const platformClient = createPlatformClient({ signPassport, limits, traceCall: tracing?.traceCall, refusalOf });
  onStop(() => platformClient.close());
  const cursorSecret = await readOrCreateSecret(files.cursor, '');
  const record = await startRecord(config, passportKey, log);
  const { recorder, digest, platforms: ownPlatforms } = record;
  onStop(() => record.stop());
  const registry = await startRegistry(config, log);
  onStop(() => registry.stop());
  const { countUsage } = registry;
  const onPlatformFailure = createFailureLog({ log, limits });
  const checks = await startConformance(config, log);
  onStop(() => checks.stop());
  const { conformance } = checks;
  const plugins = await loadPlugins(config.apolloPlugins);
  const shared = { config, platformClient, cursorSecret, digest, ownPlatforms, onPlatformFailure, log, around };
  const more = { countUsage, conformance, plugins, check: schemaChecks.check };
  const { started, organisations } = await startNetwork({ ...shared, ...more }, onStop);
  const { versions, reloader } = started;
  schemaChecks.follow(() => versions.served);
  const apiKeys = await startApiKeys(config, log);
  onStop(() => apiKeys?.stop());
  const server = await startHttpServer({
    ...config,
    isOpen: config.open,
    steps: {
      identify: await createIdentifyStage(config, apiKeys, organisations.current),
      verifyPassport: upstream && createPassportVerifier(upstream, limits),
      acquire: () => versions.acquire(),
      reserve: () => recorder.reserve(),
    },
    log,
    passportKeys: { keys: [passportKey.publicJwk] },
    generationHealth: () => started.health(),
    probePlatforms: createPlatformProbe(() => versions.served.platforms, limits),
    recordHealth: () => recorder.state(),
    readings: createReadings({ recorder, versions: started, platformClient, checks, organisations }),
    playground,
    around,
    observers: config.accessLog ? [createAccessLog(log)] : [],
  });
  onStop(() => server.stop());
  // An exchange that fetches the keys of passports here can verify one only from now on.
  if (!organisations.current().isLoaded) await organisations.refresh();
  return {
    url: server.url,
    port: server.port,
    operatorUrl: server.operatorUrl,
    reload: async () =>
      void (await Promise.all([reloader.now(), apiKeys?.reload(), checks.reload(), organisations.refresh()])),
  };
}

interface StartedNetwork {
  readonly started: StartedVersions;
  readonly organisations: OrganisationWatch;
}

/** The schema versions with their directories, and the organisation directory of the network that they serve. */
async function startNetwork(options: VersionsOptions, onStop: RegisterStop): Promise<StartedNetwork> {
  const { config, platformClient, log } = options;
  let organisations: OrganisationWatch | undefined;
  const current = () => organisations?.current() ?? NO_ORGANISATIONS;
  const started = await startVersions({ ...options, organisations: current });
  onStop(() => started.stop());
  const { versions } = started;
  organisations = await watchOrganisations({
    platformClient,
    platforms: () => versions.served.platforms,
    inNetworkFile: () => versions.served.organisations,
    file: organisationsFileOf(config.dataFolder),
    limits: config.limits,
    log,
  });
  onStop(() => organisations?.stop());
  return { started, organisations };
}

/** Spans are outermost. */
function composeAround(tracing: Tracing | undefined, inner: Around | undefined): Around | undefined {
  if (!tracing || !inner) return tracing?.around ?? inner;
  return (name, stage) => tracing.around(name, inner(name, stage));
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
      return new Error(`The address ${host} does not belong to this machine; choose another with HOST or --host.`, {
        cause: error,
      });
    default:
      return error;
  }
}
