/** The HTTP face of the gateway: GraphQL, public keys and the playground on one port; health and metrics on another. */

import { PASSPORT_HEADER } from '@yiwang/schema';
import type { FastifyInstance } from 'fastify';
import type { JSONWebKeySet } from 'jose';
import type { Logger } from 'pino';
import { createBag } from '../kit/collections/bag.ts';
import { createAdmissionQueue } from '../kit/concurrency/admission-queue.ts';
import type { CancelController } from '../kit/concurrency/cancel-controller.ts';
import type { Limits } from '../model/limits.ts';
import { createGraphQLRoute, type GraphQLRouteOptions } from './graphql/graphql-route.ts';
import { createCallers } from './lifecycle/callers.ts';
import { createOperationSlots } from './lifecycle/operation-slots.ts';
import type { RequestSteps } from './lifecycle/steps.ts';
import { createApp } from './listener/app.ts';
import { answerOptions, type CorsOptions } from './listener/cors.ts';
import { createHostCheck } from './listener/host-check.ts';
import { GRAPHQL_PATH, PLATFORM_PATH } from './listener/paths.ts';
import { type PlaygroundOptions, servePlayground } from './listener/playground.ts';
import type { HealthParts, ProbePlatforms, RecordHealth, SchemaVersionHealth } from './operator/health.ts';
import type { Readings } from './operator/metrics.ts';
import { createMetrics } from './operator/metrics.ts';
import {
  type OperatorAddress,
  type OperatorServer,
  type OperatorServerOptions,
  startOperatorServer,
} from './operator/operator-server.ts';
import { createPlatformRoute } from './platform/platform-route.ts';

export interface HttpServerOptions {
  readonly steps: RequestSteps;
  readonly limits: Limits;
  readonly log: Logger;
  readonly host: string;
  /** 0: one that is free. */
  readonly port: number;
  /** The public keys by which platforms know a passport. */
  readonly passportKeys: JSONWebKeySet;
  readonly generationHealth: () => SchemaVersionHealth;
  readonly probePlatforms: ProbePlatforms;
  readonly recordHealth: () => RecordHealth;
  readonly readings?: Readings;
  /** Proxies whose `X-Forwarded-For` is believed: addresses, or networks such as `10.0.0.0/8`. */
  readonly trustedProxies?: readonly string[];
  readonly playground?: PlaygroundOptions | undefined;
  /** Names of the request headers that go on to subgraphs, in lower case. Default: none. */
  readonly forwardedHeaders?: readonly string[];
  /** Which pages of other origins may read answers; undefined: none. */
  readonly cors?: CorsOptions | undefined;
  /** Where health and metrics are; undefined: nowhere. */
  readonly operator?: OperatorAddress | undefined;
  /** True where nobody needs a credential: callers take turns, and none is held to a share. */
  readonly isOpen?: boolean;
  /** Names that this server goes by besides addresses, without ports. */
  readonly ownHosts?: readonly string[];
}

export interface HttpServer {
  /** `http://127.0.0.1:4001`; undefined if there is no listener for operators. */
  readonly operatorUrl: string | undefined;
  /** `http://127.0.0.1:4000/graphql` */
  readonly url: string;
  readonly port: number;
  /** Takes no new operation, lets those at work finish within `stopGraceMs`, and closes. */
  stop(): Promise<void>;
}

/** Throws the error of `listen`, such as `EADDRINUSE`. */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { steps, limits, log, host } = options;
  const inFlight = createBag<CancelController>();
  const turnstile = createAdmissionQueue(limits.operationsPerTurnMax);
  const callers = createCallers(CREDENTIAL_HEADERS, limits.identityCacheMax);
  const slots = createOperationSlots({ ...limits, ...(options.isOpen ? NO_CALLER_SHARES : {}) });
  let stopping = false;
  const metrics = createMetrics({
    ...options.readings,
    yiwang_operations_in_flight: { help: 'Operations in flight', read: () => inFlight.size },
    yiwang_operations_queued: { help: 'Operations that wait to be admitted', read: () => turnstile.waiting },
  });
  const app = createApp(options);
  app.server.on('connection', () => turnstile.onConnection());
  const isStopping = () => stopping;
  const { forwardedHeaders = [] } = options;
  serveOperations(app, options, {
    forwardedHeaders,
    steps,
    limits,
    metrics,
    log,
    inFlight,
    isStopping,
    callers,
    slots,
    turnstile,
  });
  serveHealth(app, options.generationHealth, isStopping);
  const { passportKeys } = options;
  app.get(KEYS_PATH, async (_, reply) => reply.header('cache-control', 'max-age=60').send(passportKeys));
  const isOwnHost = createHostCheck([host, ...(options.ownHosts ?? [])]);
  if (options.playground) servePlayground(app, options.playground, isOwnHost);
  serveOptions(app, allowedMethods(options), options.cors);

  await app.listen({ host, port: options.port });
  const operator = await startOperator(options, { metrics, isOwnHost, isStopping }).catch(async (error: unknown) => {
    await app.close();
    throw error;
  });
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}/graphql`,
    port,
    operatorUrl: operator?.url,
    async stop() {
      stopping = true;
      const overdue = setTimeout(() => {
        for (const work of inFlight.list()) work.abort();
        app.server.closeAllConnections();
      }, limits.stopGraceMs);
      await app.close();
      clearTimeout(overdue);
      await operator?.stop();
    },
  };
}

/** Tokens, API keys, and the passports of gateways above. */
const CREDENTIAL_HEADERS = ['authorization', 'x-api-key', PASSPORT_HEADER];
const NO_CALLER_SHARES = { callerPercentMax: 100, anonymousPercentMax: 100 };

function serveOperations(
  app: FastifyInstance,
  { steps, limits }: HttpServerOptions,
  shared: GraphQLRouteOptions,
): void {
  app.route({ method: ['GET', 'POST'], url: GRAPHQL_PATH, handler: createGraphQLRoute(shared) });
  app.route({
    method: ['PUT', 'PATCH', 'DELETE'],
    url: GRAPHQL_PATH,
    handler: (_, reply) => reply.code(405).header('allow', 'GET, POST').send(''),
  });
  const { readPassport } = steps;
  if (!readPassport) return;
  app.post(PLATFORM_PATH, { bodyLimit: limits.relayBodyBytesMax }, createPlatformRoute({ ...shared, readPassport }));
}

async function startOperator(
  { operator, generationHealth, recordHealth, probePlatforms }: HttpServerOptions,
  { isStopping, ...parts }: Pick<OperatorServerOptions, 'metrics' | 'isOwnHost'> & { isStopping: () => boolean },
): Promise<OperatorServer | undefined> {
  if (!operator) return undefined;
  const readHealth = async (): Promise<HealthParts> => ({
    platforms: await probePlatforms(),
    isStopping: isStopping(),
    generation: generationHealth(),
    record: recordHealth(),
  });
  return startOperatorServer({ ...operator, ...parts, readHealth });
}

/** What anybody is told: whether it can answer, and which generation does. Everything else is at the operator's listener. */
function serveHealth(
  app: FastifyInstance,
  generationHealth: () => SchemaVersionHealth,
  isStopping: () => boolean,
): void {
  app.get('/health', async (_, reply) => {
    const status = isStopping() ? 'stopping' : 'ok';
    const { number } = generationHealth();
    return reply.code(status === 'ok' ? 200 : 503).send({ status, generation: { number } });
  });
}

/** Whatever there is answers OPTIONS, too; elsewhere it is nothing like everything else. */
function serveOptions(
  app: FastifyInstance,
  allowed: Readonly<Record<string, string>>,
  cors: CorsOptions | undefined,
): void {
  for (const [url, allow] of Object.entries(allowed)) {
    app.options(url, (request, reply) => answerOptions(request, reply, allow, url === GRAPHQL_PATH ? cors : undefined));
  }
}

const KEYS_PATH = '/.well-known/jwks.json';
const READ_METHODS = 'GET, HEAD, OPTIONS';

/** The methods of each path that is served. */
function allowedMethods({ steps, playground }: HttpServerOptions): Readonly<Record<string, string>> {
  return {
    [GRAPHQL_PATH]: 'GET, HEAD, POST, OPTIONS',
    '/health': READ_METHODS,
    [KEYS_PATH]: READ_METHODS,
    ...(steps.readPassport ? { [PLATFORM_PATH]: 'POST, OPTIONS' } : {}),
    ...(playground ? { '/': READ_METHODS, '/playground/:name': READ_METHODS } : {}),
  };
}
