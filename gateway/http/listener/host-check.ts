/**
 * `Host` → whether a request is meant for this server. With DNS rebinding, a page elsewhere lets its own name resolve
 * to this server and reads it as its own origin. Addresses and names without a dot cannot be used so; other names have
 * to be configured.
 */
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import type { FastifyReply, FastifyRequest } from 'fastify';

export type IsOwnHost = (host: string | undefined) => boolean;

/** A name or an address, with or without a port. */
const HOST = /^([\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/;

/** `names`: host names of the server, without ports. */
export function createHostCheck(names: readonly string[]): IsOwnHost {
  const own = new Set([...names, hostname()].map((name) => name.toLowerCase()));
  return (host) => {
    const name = HOST.exec(host?.toLowerCase() ?? '')?.[1]?.replace(/^\[|\]$/g, '');
    if (name === undefined) return false;
    return isIP(name) !== 0 || !name.includes('.') || name.endsWith('.localhost') || own.has(name);
  };
}

/** A hook for routes that refuse other host names. */
export function requireOwnHost(isOwn: IsOwnHost) {
  return (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    if (isOwn(request.headers.host)) done();
    else
      void reply.code(421).type('text/plain').send('This server does not have that host name; OWN_HOSTS adds names.\n');
  };
}
