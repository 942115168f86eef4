/** The HTTP server: GraphQL, public keys and the playground on one port; health and metrics on another. */

import { PASSPORT_HEADER, REQUEST_ID_HEADER } from '@yiwang/schema';
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { JSONWebKeySet } from 'jose';
import type { Logger } from 'pino';
import { createBag } from '../kit/collections/bag.ts';
import { createAdmissionQueue } from '../kit/concurrency/admission-queue.ts';
import { withinMs } from '../kit/concurrency/within-ms.ts';
import type { Limits } from '../model/limits.ts';
import type { CorsOptions, OperatorAddress } from '../model/listener.ts';
import {
  type Around,
  createCallers,
  createHandler,
  createOperationSlots,
  createRequestPipeline,
  type HttpRequest,
  type LifecycleOptions,
  type Outgoing,
  type RecordSlot,
  type RequestContext,
  type RequestObserver,
  type SchemaLease,
} from '../pipeline/index.ts';
import { createMetrics, type Readings } from '../telemetry/index.ts';
import type { OperationServer } from './graphql/operation-server.ts';
import { createQueryStages, type QueryStagesOptions } from './graphql/query-stages.ts';
import { createApp } from './listener/app.ts';
import { answerOptions } from './listener/cors.ts';
import { createHostCheck } from './listener/host-check.ts';
import { GRAPHQL_PATH, PLATFORM_PATH } from './listener/paths.ts';
import { type PlaygroundOptions, servePlayground } from './listener/playground.ts';
import type { HealthParts, ProbePlatforms, RecordHealth, SchemaVersionHealth } from './operator/health.ts';
import { type OperatorServer, type OperatorServerOptions, startOperatorServer } from './operator/operator-server.ts';
import { createUpstreamStages, type VerifyPassport } from './platform/upstream-stages.ts';
import { readRequestId } from './request/request-id.ts';
import { toRefusal } from './response/refusal.ts';

/** Stages and parts of the lifecycle that a server is given. */
export interface RequestSteps {
  readonly identify: QueryStagesOptions['identify'];
  /** Undefined: there is no `/platform`. */
  readonly verifyPassport?: VerifyPassport | undefined;
  /** Leases the schema version that is served; an operation stays in it to its end, whatever is loaded meanwhile. */
  readonly acquire: () => SchemaLease<OperationServer>;
  /** Undefined if the record is full: what cannot be recorded is not answered. */
  readonly reserve: () => RecordSlot | undefined;
}

export interface HttpServerOptions {
  readonly steps: RequestSteps;
  readonly limits: Limits;
  readonly log: Logger;
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  /** Public keys with which platforms verify passports. */
  readonly passportKeys: JSONWebKeySet;
  readonly generationHealth: () => SchemaVersionHealth;
  readonly probePlatforms: ProbePlatforms;
  readonly recordHealth: () => RecordHealth;
  readonly readings?: Readings;
  /** Proxies whose `X-Forwarded-For` is trusted: addresses, or networks such as `10.0.0.0/8`. */
  readonly trustedProxies?: readonly string[];
  readonly playground?: PlaygroundOptions | undefined;
  /** Names of the request headers that are forwarded to subgraphs, in lower case. Default: none. */
  readonly forwardedHeaders?: readonly string[];
  /** Origins whose pages may read responses; undefined: none. */
  readonly cors?: CorsOptions | undefined;
  /** Address of health and metrics; undefined: they are off. */
  readonly operator?: OperatorAddress | undefined;
  /** True: nobody needs a credential, and no share of slots limits a caller. */
  readonly isOpen?: boolean;
  /** Host names of this server, besides its addresses, without ports. */
  readonly ownHosts?: readonly string[];
  /** Wraps stages. Default: nothing. */
  readonly around?: Around | undefined;
  /** Called for each request when its response is complete, after metrics. */
  readonly observers?: readonly RequestObserver[];
}

export interface HttpServer {
  /** `http://127.0.0.1:4001`; undefined if there is no listener for operators. */
  readonly operatorUrl: string | undefined;
  /** `http://127.0.0.1:4000/graphql` */
  readonly url: string;
  readonly port: number;
  /**
   * Refuses new operations, lets those in flight finish within `stopGraceMs`, and closes. What is aborted
   * then, or was left by its client, has `deadlineGraceMs` more to end and go on record.
   */
  stop(): Promise<void>;
}

/** Throws the error of `listen`, such as `EADDRINUSE`. */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { steps, limits, log, host } = options;
  const inFlight = createBag<RequestContext>();
  const queue = createAdmissionQueue(limits.operationsPerTurnMax);
  const callers = createCallers(CREDENTIAL_HEADERS, limits.identityCacheMax);
  const slots = createOperationSlots({ ...limits, ...(options.isOpen ? NO_CALLER_SHARES : {}) });
  let stopping = false;
  const metrics = createMetrics({
    ...options.readings,
    yiwang_operations_in_flight: { help: 'Operations in flight', read: () => inFlight.size },
    yiwang_operations_queued: { help: 'Operations that wait to be admitted', read: () => queue.waiting },
  });
  const app = createApp(options);
  app.server.on('connection', () => queue.onConnection());
  const isStopping = () => stopping;
  const { reserve } = steps;
  const refuse: LifecycleOptions<FastifyReply>['refuse'] = (error, { headers }) => toRefusal(error, headers.accept);
  const observers = [metrics.countRequest, ...(options.observers ?? [])];
  const shared = { limits, log, callers, slots, queue, inFlight, isStopping, observers, reserve, refuse, send };
  serveOperations(app, options, { ...shared, around: options.around });
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
      const startedMs = performance.now();
      const overdue = setTimeout(() => {
        for (const context of inFlight.list()) context.abort();
        app.server.closeAllConnections();
      }, limits.stopGraceMs);
      await app.close();
      clearTimeout(overdue);
      // Operations whose connections are gone are aborted, and go on record when they end.
      const ended = inFlight.list().map((context) => new Promise<void>((resolve) => context.onEnd(resolve)));
      const leftMs = Math.max(0, limits.stopGraceMs + limits.deadlineGraceMs - (performance.now() - startedMs));
      await withinMs(Promise.all(ended), leftMs, `${ended.length} operations did not end.`).catch((err: unknown) => {
        log.error({ err }, 'operations that were aborted at the stop are not on record');
      });
      await operator?.stop();
    },
  };
}

/** Headers of tokens, API keys and passports. */
const CREDENTIAL_HEADERS = ['authorization', 'x-api-key', PASSPORT_HEADER];
const NO_CALLER_SHARES = { callerPercentMax: 100, anonymousPercentMax: 100 };

function serveOperations(
  app: FastifyInstance,
  { steps: { identify, verifyPassport, acquire }, limits, log, forwardedHeaders = [], around }: HttpServerOptions,
  lifecycle: LifecycleOptions<FastifyReply>,
): void {
  const query = createRequestPipeline(createQueryStages({ identify, limits, log, forwardedHeaders }), acquire, around);
  const handler = createHandler(lifecycle, query, (request) => readRequestId(request));
  app.route({ method: ['GET', 'POST'], url: GRAPHQL_PATH, handler });
  app.route({
    method: ['PUT', 'PATCH', 'DELETE'],
    url: GRAPHQL_PATH,
    handler: (_, reply) => reply.code(405).header('allow', 'GET, POST').send(''),
  });
  if (!verifyPassport) return;
  const upstream = createRequestPipeline(createUpstreamStages(verifyPassport, limits), acquire, around);
  const readUpstreamId = (request: HttpRequest) => readRequestId(request, REQUEST_ID_HEADER);
  const bodyLimit = limits.relayBodyBytesMax;
  app.post(PLATFORM_PATH, { bodyLimit }, createHandler(lifecycle, upstream, readUpstreamId));
}

/** `isLast`: a connection that stays open would delay the stop. */
function send(reply: FastifyReply, { response, body, requestId, isLast }: Outgoing): FastifyReply {
  void reply.header('x-request-id', requestId);
  for (const [name, value] of response.headers) void reply.header(name, value);
  if (isLast) void reply.header('connection', 'close');
  return reply.code(response.status).send(body);
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

/** Public health: whether the gateway can answer, and the schema version. The operator's listener has the rest. */
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

/** Answers OPTIONS at every path that is served. */
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

/** The allowed methods of each path. */
function allowedMethods({ steps, playground }: HttpServerOptions): Readonly<Record<string, string>> {
  return {
    [GRAPHQL_PATH]: 'GET, HEAD, POST, OPTIONS',
    '/health': READ_METHODS,
    [KEYS_PATH]: READ_METHODS,
    ...(steps.verifyPassport ? { [PLATFORM_PATH]: 'POST, OPTIONS' } : {}),
    ...(playground ? { '/': READ_METHODS, '/playground/:name': READ_METHODS } : {}),
  };
}
