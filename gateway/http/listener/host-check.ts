/**
 * `Host` → whether a request means this server. A page elsewhere may let its own name point here (DNS rebinding), and is then of one
 * origin with what it reads: addresses and names without a dot cannot be claimed so, others have to be named.
 */
import { isIP } from 'node:net';
import { hostname } from 'node:os';
import type { FastifyReply, FastifyRequest } from 'fastify';

export type IsOwnHost = (host: string | undefined) => boolean;

/** A name or an address, and a port. */
const HOST = /^([\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/;

/** `names`: what else the server is called, without ports. */
export function createHostCheck(names: readonly string[]): IsOwnHost {
  const own = new Set([...names, hostname()].map((name) => name.toLowerCase()));
  return (host) => {
    const name = HOST.exec(host?.toLowerCase() ?? '')?.[1]?.replace(/^\[|\]$/g, '');
    if (name === undefined) return false;
    return isIP(name) !== 0 || !name.includes('.') || name.endsWith('.localhost') || own.has(name);
  };
}

/** A hook for routes that are for this machine and for whom the operator names. */
export function requireOwnHost(isOwn: IsOwnHost) {
  return (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
    if (isOwn(request.headers.host)) done();
    else
      void reply
        .code(421)
        .type('text/plain')
        .send('This server does not go by that name; OWN_HOSTS adds to its names.\n');
  };
}
