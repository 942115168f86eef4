/** CORS (Fetch standard): headers for allowed origins, and responses to preflights. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CorsOptions } from '../../model/listener.ts';

/** Response headers that pages may read, besides those that every page may. */
const EXPOSED = 'x-request-id, retry-after, www-authenticate';
const METHODS = 'GET, POST';
/** Field names, separated by commas. */
const FIELD_NAMES = /^[\w!#$%&'*+.^`|~-]+( *, *[\w!#$%&'*+.^`|~-]+)*$/;

/** Lets a page of an allowed origin read the response, whether or not the request succeeds. */
export function writeCors({ headers }: FastifyRequest, reply: FastifyReply, options: CorsOptions): void {
  const { allows, allowsAll, credentials } = options;
  if (!allowsAll) addVary(reply, 'origin');
  const { origin } = headers;
  if (origin === undefined || !(allowsAll || allows(origin))) return;
  void reply.header('access-control-allow-origin', allowsAll ? '*' : origin);
  void reply.header('access-control-expose-headers', EXPOSED);
  if (credentials) void reply.header('access-control-allow-credentials', 'true');
}

/**
 * Answers OPTIONS: a preflight of an allowed origin with what it may send, any other request with the allowed methods.
 */
export function answerOptions(
  request: FastifyRequest,
  reply: FastifyReply,
  allow: string,
  options: CorsOptions | undefined,
): FastifyReply {
  void reply.code(204).header('allow', allow);
  if (options && reply.hasHeader('access-control-allow-origin')) {
    addVary(reply, 'access-control-request-headers');
    void reply.header('access-control-allow-methods', METHODS);
    void reply.header('access-control-max-age', String(options.preflightSeconds));
    const wanted = request.headers['access-control-request-headers'];
    if (wanted !== undefined && FIELD_NAMES.test(wanted)) void reply.header('access-control-allow-headers', wanted);
  }
  return reply.send();
}

/** Adds a request header to `vary`. */
export function addVary(reply: FastifyReply, name: string): void {
  const before = reply.getHeader('vary');
  void reply.header('vary', before === undefined ? name : `${String(before)}, ${name}`);
}
