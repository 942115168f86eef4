/** `Expect: 100-continue` (RFC 9110, section 10.1.1): the gateway asks for a body only if it accepts it. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import type { Limits } from '../../model/limits.ts';
import { bodyLimitOf } from './paths.ts';

/** Refuses a body by its `content-length`, so that the client need not send it. */
export function answerExpectContinue(
  app: FastifyInstance,
  limits: Pick<Limits, 'bodyBytesMax' | 'relayBodyBytesMax'>,
): void {
  app.server.on('checkContinue', (request: IncomingMessage, response: ServerResponse) => {
    const bytesMax = limits[bodyLimitOf(request.url ?? '')];
    if (Number(request.headers['content-length'] ?? 0) <= bytesMax) response.writeContinue();
    // The client may send the body all the same: the connection ends with the refusal.
    else response.setHeader('connection', 'close');
    app.server.emit('request', request, response);
  });
}
