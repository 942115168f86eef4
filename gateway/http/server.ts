/** The HTTP face of the gateway: GraphQL, health, metrics, public keys and the playground, on one port. */
import Fastify, { type FastifyInstance } from 'fastify';
import type { JSONWebKeySet } from 'jose';
import type { Logger } from 'pino';
import type { Aborter } from '../kit/aborter.ts';
import { createRoster } from '../kit/roster.ts';
import { createTurnstile } from '../kit/turnstile.ts';
import { PublicError } from '../model/errors.ts';
import type { Limits } from '../model/limits.ts';
import { createGraphQLRoute } from './graphql-route.ts';
import { type GenerationHealth, type ProbePlatforms, type RecordHealth, reportHealth } from './health.ts';
import { isUtf8 } from './media-type.ts';
import type { Gauges } from './metrics.ts';
import { createMetrics } from './metrics.ts';
import { type PlaygroundOptions, servePlayground } from './playground.ts';
import type { Steps } from './ports.ts';
import { toRefusal } from './recorded-route.ts';
import { createRelayRoute, RELAY_PATH } from './relay-route.ts';

export interface HttpServerOptions {
  readonly steps: Steps;
  readonly limits: Limits;
  readonly log: Logger;
  readonly host: string;
  /** 0: one that is free. */
  readonly port: number;
  /** The public keys by which platforms know a passport. */
  readonly passportKeys: JSONWebKeySet;
  readonly generationHealth: () => GenerationHealth;
  readonly probePlatforms: ProbePlatforms;
  readonly recordHealth: () => RecordHealth;
  readonly gauges?: Gauges;
  /** Proxies whose `X-Forwarded-For` is believed: addresses, or networks such as `10.0.0.0/8`. */
  readonly trustedProxies?: readonly string[];
  readonly playground?: PlaygroundOptions | undefined;
}

export interface HttpServer {
  /** `http://127.0.0.1:4000/graphql` */
  readonly url: string;
  readonly port: number;
  /** Takes no new operation, lets those at work finish within `stopGraceMs`, and closes. */
  stop(): Promise<void>;
}

/** Throws the error of `listen`, such as `EADDRINUSE`. */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const { steps, limits, log, host } = options;
  const atWork = createRoster<Aborter>();
  const turnstile = createTurnstile(limits.operationsPerTurnMax);
  let stopping = false;
  const metrics = createMetrics({
    ...options.gauges,
    yiwang_operations_at_work: { help: 'Operations at work', read: () => atWork.size },
    yiwang_operations_waiting: { help: 'Operations that wait for their turn to begin', read: () => turnstile.waiting },
  });
  const app = createApp(options);
  const isStopping = () => stopping;
  const route = createGraphQLRoute({ steps, limits, metrics, log, atWork, isStopping, turnstile });
  app.route({ method: ['GET', 'POST'], url: '/graphql', handler: route });
  app.route({
    method: ['PUT', 'PATCH', 'DELETE'],
    url: '/graphql',
    handler: (_, reply) => reply.code(405).header('allow', 'GET, POST').send(''),
  });
  if (steps.readPassport) {
    const { readPassport } = steps;
    const handler = createRelayRoute({ steps, readPassport, limits, metrics, log, atWork, isStopping, turnstile });
    app.post(RELAY_PATH, { bodyLimit: limits.relayBodyBytesMax }, handler);
  }
  serveState(app, options, metrics, isStopping);
  if (options.playground) servePlayground(app, options.playground);

  await app.listen({ host, port: options.port });
  const address = app.server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${port}/graphql`,
    port,
    async stop() {
      stopping = true;
      const overdue = setTimeout(() => {
        for (const work of atWork.list()) work.abort();
        app.server.closeAllConnections();
      }, limits.stopGraceMs);
      await app.close();
      clearTimeout(overdue);
    },
  };
}

/** How often connections are looked at for requests that do not arrive. */
const CHECK_MS = 5_000;

function createApp({ limits, log, trustedProxies = [] }: HttpServerOptions): FastifyInstance {
  const app = Fastify({
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    bodyLimit: limits.bodyBytesMax,
    connectionTimeout: 0,
    requestTimeout: limits.receiveMs,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    exposeHeadRoutes: false,
    http: {
      maxHeaderSize: limits.urlBytesMax + 4 * limits.tokenBytesMax,
      // Node holds a request to `requestTimeout` only where the headers have no longer time than that.
      headersTimeout: limits.receiveMs,
      requestTimeout: limits.receiveMs,
      connectionsCheckingInterval: Math.min(limits.receiveMs, CHECK_MS),
    },
  });
  app.removeContentTypeParser('text/plain');
  app.addHook('preParsing', async (request) => {
    if (isUtf8(request.headers['content-type'])) return;
    throw Object.assign(new Error('the body is not in UTF-8'), { statusCode: 415 });
  });
  app.addHook('onRequest', async ({ raw }) => {
    if (raw.url !== undefined && raw.url.length > limits.urlBytesMax)
      throw Object.assign(new Error('the address is too long'), { statusCode: 414 });
  });
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error({ err: error }, 'a request failed');
    const refusal = toRefusal(status >= 500 ? error : misread(status, limits), request.headers.accept, false);
    for (const [name, value] of refusal.headers) void reply.header(name, value);
    return reply.code(status).send(refusal.body);
  });
  app.setNotFoundHandler((_, reply) =>
    reply.code(404).type('text/plain').send('There is nothing here; ask at /graphql.\n'),
  );
  return app;
}

function misread(status: number, limits: Limits): PublicError {
  switch (status) {
    case 413:
      return new PublicError('TOO_COSTLY', `The request is larger than ${limits.bodyBytesMax} bytes.`, {
        extensions: { limit: 'bodyBytesMax', max: limits.bodyBytesMax },
      });
    case 414:
      return new PublicError('TOO_COSTLY', `The address of the request is longer than ${limits.urlBytesMax} bytes.`, {
        extensions: { limit: 'urlBytesMax', max: limits.urlBytesMax },
      });
    case 415:
      return new PublicError('BAD_USER_INPUT', 'The request must have the content type application/json, in UTF-8.');
    default:
      return new PublicError('BAD_USER_INPUT', 'The body of the request is not JSON.');
  }
}

function serveState(
  app: FastifyInstance,
  { passportKeys, probePlatforms, recordHealth, generationHealth }: HttpServerOptions,
  metrics: ReturnType<typeof createMetrics>,
  isStopping: () => boolean,
): void {
  app.get('/health', async (_, reply) => {
    const platforms = await probePlatforms();
    const report = reportHealth({
      isStopping: isStopping(),
      generation: generationHealth(),
      record: recordHealth(),
      platforms,
    });
    return reply
      .code(report.status === 'stopping' ? 503 : 200)
      .header('cache-control', 'no-store')
      .send(report);
  });
  app.get('/metrics', async (_, reply) => {
    const { text, contentType } = await metrics.read();
    return reply.type(contentType).send(text);
  });
  app.get('/.well-known/jwks.json', async (_, reply) => reply.header('cache-control', 'max-age=60').send(passportKeys));
}
