/** The server of `control.ts`: HTTP on loopback, for users who may read the run file. */
import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ControlAction, PlatformState } from '../control/control.ts';

export interface ControlledNetwork {
  states(): readonly PlatformState[];
  /** Throws a `RangeError` for an id that the network does not have. */
  stop(id: string): Promise<PlatformState>;
  start(id: string): Promise<PlatformState>;
}

export interface ControlServer {
  readonly url: string;
  readonly token: string;
  close(): Promise<void>;
}

export async function startControlServer(network: ControlledNetwork): Promise<ControlServer> {
  const token = randomBytes(24).toString('base64url');
  const server = createServer((request, response) => {
    answer(network, { request, response, token }).catch((error: Error) => {
      reply(response, error instanceof RangeError ? 404 : 500, { error: error.message });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    token,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

interface ControlExchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly token: string;
}

async function answer(network: ControlledNetwork, { request, response, token }: ControlExchange): Promise<void> {
  if (!isAllowed(request, token))
    return reply(response, 401, { error: 'the token of the run file is missing or wrong' });
  if (request.method === 'GET' && request.url === '/platforms') return reply(response, 200, network.states());
  const [, id, action] = /^\/platforms\/([^/]+)\/(stop|start)$/.exec(request.url ?? '') ?? [];
  if (request.method !== 'POST' || id === undefined) return reply(response, 404, { error: 'there is no such command' });
  reply(response, 200, await network[action as ControlAction](decodeURIComponent(id)));
}

function isAllowed(request: IncomingMessage, token: string): boolean {
  const presented = Buffer.from(request.headers.authorization ?? '');
  const expected = Buffer.from(`Bearer ${token}`);
  return presented.length === expected.length && timingSafeEqual(presented, expected);
}

function reply(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
