/** A platform over real HTTP whose every response the test sends by hand. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { LIVENESS_QUERY } from '../endpoint/liveness-check.ts';

/** A request whose response the test sends by hand. */
export interface PendingRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly isClosed: boolean;
  /** Resolves when the connection is closed or the response sent. */
  readonly closed: Promise<unknown>;
  reply(body: string, status?: number): void;
  /** Sends bytes with headers of their own. */
  replyWith(headers: OutgoingHttpHeaders, body: Buffer, status?: number): void;
  /** Requests that used the same connection before. */
  readonly before: number;
  /** As `reply`, without a `content-length`. */
  replyInChunks(...chunks: string[]): void;
  /** Closes the connection without a response. */
  reset(): void;
}

export interface ManualPlatform {
  readonly url: string;
  /** Requests so far. */
  readonly count: number;
  /** Oldest first. */
  readonly requests: readonly PendingRequest[];
  /** Resolves with the next request that was not returned yet. */
  next(): Promise<PendingRequest>;
  /** How it answers liveness checks, which do not count as requests. */
  health: 'alive' | 'silent' | 'resets';
  readonly livenessChecks: number;
  /** Answers all requests that wait and all that follow. */
  answerAll(answer: (pending: PendingRequest) => void): void;
  close(): Promise<void>;
}

export const OK_BODY = '{"data":{"a":1}}';

export async function startManualPlatform(): Promise<ManualPlatform> {
  const unread: PendingRequest[] = [];
  const waiting: ((pending: PendingRequest) => void)[] = [];
  let answer: ((pending: PendingRequest) => void) | undefined;
  const requests: PendingRequest[] = [];
  let livenessChecks = 0;
  const served = new WeakMap<Socket, number>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      if (body === LIVENESS_QUERY) {
        livenessChecks++;
        if (platform.health === 'alive') response.end('{}');
        if (platform.health === 'resets') response.destroy();
        return;
      }
      const before = served.get(request.socket) ?? 0;
      served.set(request.socket, before + 1);
      const pending = createPendingRequest(request.headers, { body, before }, response);
      requests.push(pending);
      if (answer) answer(pending);
      else if (waiting.length > 0) waiting.shift()!(pending);
      else unread.push(pending);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const platform: ManualPlatform = {
    health: 'alive',
    get livenessChecks() {
      return livenessChecks;
    },
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    requests,
    get count() {
      return requests.length;
    },
    next: () =>
      unread.length > 0 ? Promise.resolve(unread.shift()!) : new Promise((resolve) => waiting.push(resolve)),
    answerAll(respond) {
      answer = respond;
      for (const pending of unread.splice(0)) respond(pending);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return platform;
}

function createPendingRequest(
  headers: IncomingHttpHeaders,
  { body, before }: Pick<PendingRequest, 'body' | 'before'>,
  response: ServerResponse,
): PendingRequest {
  const closed = once(response, 'close');
  const type = { 'content-type': 'application/json' };
  return {
    headers,
    body,
    before,
    get isClosed() {
      return response.destroyed;
    },
    closed,
    reply: (text, status = 200) => {
      response.writeHead(status, { ...type, 'content-length': Buffer.byteLength(text) }).end(text);
    },
    replyWith: (ownHeaders, bytes, status = 200) => {
      response.writeHead(status, { ...type, ...ownHeaders }).end(bytes);
    },
    replyInChunks: (...chunks) => {
      response.writeHead(200, type);
      for (const chunk of chunks) response.write(chunk);
      response.end();
    },
    reset: () => {
      response.destroy();
    },
  };
}
