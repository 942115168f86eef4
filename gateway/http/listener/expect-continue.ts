/** `Expect: 100-continue`: a body is asked for only if it may come (RFC 9110, section 10.1.1). */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Limits } from '../../model/limits.ts';
import { bodyLimitOf } from './paths.ts';

/** A body that says to be too large is refused by its head, so that the client need not send it. */
export function answerExpectContinue(
  app: FastifyInstance,
  limits: Pick<Limits, 'bodyBytesMax' | 'relayBodyBytesMax'>,
): void {
  app.server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    const bytesMax = limits[bodyLimitOf(request.url ?? '')];
    if (Number(request.headers['content-length'] ?? 0) <= bytesMax) response.writeContinue();
    // What comes of a body that was not asked for is unknown: the connection ends with the refusal.
    else response.setHeader('connection', 'close');
    app.server.emit('request', request, response);
  });
}
