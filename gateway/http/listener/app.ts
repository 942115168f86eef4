/** The public listener: hooks that run before and after every route. */
import Fastify, { type FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { PublicError } from '../../model/errors.ts';
import type { Limits } from '../../model/limits.ts';
import type { CorsOptions } from '../../model/listener.ts';
import { isUtf8 } from '../response/media-type.ts';
import { toRefusal } from '../response/refusal.ts';
import { compressAnswer } from './compress.ts';
import { writeCors } from './cors.ts';
import { answerExpectContinue } from './expect-continue.ts';
import { bodyLimitOf, GRAPHQL_PATH } from './paths.ts';

/** Interval at which connections are checked for requests that do not arrive. */
const CONNECTIONS_CHECK_MS = 5_000;

import { keepExactVariables } from '../request/exact-variables.ts';

export interface AppOptions {
  readonly limits: Limits;
  readonly log: Logger;
  /** Proxies whose `X-Forwarded-For` is trusted. */
  readonly trustedProxies?: readonly string[];
  readonly cors?: CorsOptions | undefined;
}

export function createApp({ limits, log, cors, trustedProxies = [] }: AppOptions): FastifyInstance {
  const app = Fastify({
    trustProxy: trustedProxies.length > 0 ? [...trustedProxies] : false,
    bodyLimit: limits.bodyBytesMax,
    connectionTimeout: 0,
    requestTimeout: limits.receiveMs,
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    exposeHeadRoutes: true,
    http: {
      maxHeaderSize: limits.urlBytesMax + 4 * limits.tokenBytesMax,
      // Node enforces `requestTimeout` only if `headersTimeout` is not longer.
      headersTimeout: limits.receiveMs,
      requestTimeout: limits.receiveMs,
      connectionsCheckingInterval: Math.min(limits.receiveMs, CONNECTIONS_CHECK_MS),
    },
  });
  answerExpectContinue(app, limits);
  app.removeContentTypeParser('text/plain');
  keepExactVariables(app);
  app.addHook('preParsing', async (request) => {
    if (isUtf8(request.headers['content-type'])) return;
    throw Object.assign(new Error('the body is not in UTF-8'), { statusCode: 415 });
  });
  app.addHook('onRequest', (request, reply, done) => {
    const { raw } = request;
    // Responses are for their client; a route whose response may be cached overrides this.
    void reply.header('x-content-type-options', 'nosniff').header('cache-control', 'no-store');
    if (cors && request.routeOptions.url === GRAPHQL_PATH) writeCors(request, reply, cors);
    const isTooLong = raw.url !== undefined && raw.url.length > limits.urlBytesMax;
    done(isTooLong ? Object.assign(new Error('the address is too long'), { statusCode: 414 }) : undefined);
  });
  app.addHook('onSend', (request, reply, payload, done) =>
    compressAnswer(request, reply, payload, { bytesMin: limits.compressBytesMin }, done),
  );
  app.setErrorHandler((error: Error & { statusCode?: number }, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) log.error({ err: error }, 'a request failed');
    const refusal = toRefusal(
      status >= 500 ? error : toRequestError(status, request.url, limits),
      request.headers.accept,
      false,
    );
    for (const [name, value] of refusal.headers) void reply.header(name, value);
    return reply.code(status).send(refusal.body);
  });
  app.setNotFoundHandler((_, reply) =>
    reply.code(404).type('text/plain').send('Nothing is served at this path; use /graphql.\n'),
  );
  return app;
}

function toRequestError(status: number, url: string, limits: Limits): PublicError {
  switch (status) {
    case 413: {
      const limit = bodyLimitOf(url);
      const max = limits[limit];
      return new PublicError('TOO_COSTLY', `The request is larger than ${max} bytes.`, { extensions: { limit, max } });
    }
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
