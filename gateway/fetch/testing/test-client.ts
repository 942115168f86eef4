/** Platforms whose every answer is given by hand, over real HTTP, and a courier that asks them. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { EVERYWHERE, type PassportClaims } from '@yiwang/schema';
import { createCancelController } from '../../kit/concurrency/cancel-controller.ts';
import { DEFAULT_LIMITS, type Limits } from '../../model/limits.ts';
import type { PlatformEntry } from '../../model/network.ts';
import type { Rights } from '../../model/rights.ts';
import type { CancelSignal } from '../../model/validated-operation.ts';
import { LIVENESS_QUERY } from '../endpoint/liveness-check.ts';
import {
  type CallContext,
  createPlatformClient,
  type PlatformClient,
  type PlatformRequest,
} from '../platform-client.ts';

/** A request that waits for its answer. */
export interface HeldRequest {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly isGone: boolean;
  /** Resolves when the client has let go of it. */
  readonly gone: Promise<unknown>;
  reply(body: string, status?: number): void;
  /** Bytes with headers of their own. */
  replyWith(headers: OutgoingHttpHeaders, body: Buffer, status?: number): void;
  /** How many came over the same connection before. */
  readonly before: number;
  /** As `reply`, without saying beforehand how long it will be. */
  replyInChunks(...chunks: string[]): void;
  breakOff(): void;
}

export interface ManualPlatform {
  readonly url: string;
  /** Requests so far. */
  readonly count: number;
  /** All of them, oldest first. */
  readonly requests: readonly HeldRequest[];
  /** The next request that was not looked at yet. */
  next(): Promise<HeldRequest>;
  /** What comes of a look at whether it answers at all, which is no request. */
  health: 'well' | 'silent' | 'gone';
  readonly livenessChecks: number;
  /** Answers all that come from here on. */
  answerAll(answer: (held: HeldRequest) => void): void;
  close(): Promise<void>;
}

export const OK_BODY = '{"data":{"a":1}}';

export async function startManualPlatform(): Promise<ManualPlatform> {
  const arrived: HeldRequest[] = [];
  const waiting: ((held: HeldRequest) => void)[] = [];
  let answer: ((held: HeldRequest) => void) | undefined;
  const seen: HeldRequest[] = [];
  let checks = 0;
  const served = new WeakMap<Socket, number>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      if (body === LIVENESS_QUERY) {
        checks++;
        if (platform.health === 'well') response.end('{}');
        if (platform.health === 'gone') response.destroy();
        return;
      }
      const before = served.get(request.socket) ?? 0;
      served.set(request.socket, before + 1);
      const held = holdRequest(request.headers, { body, before }, response);
      seen.push(held);
      if (answer) answer(held);
      else if (waiting.length > 0) waiting.shift()!(held);
      else arrived.push(held);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const platform: ManualPlatform = {
    health: 'well',
    get livenessChecks() {
      return checks;
    },
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    requests: seen,
    get count() {
      return seen.length;
    },
    next: () =>
      arrived.length > 0 ? Promise.resolve(arrived.shift()!) : new Promise((resolve) => waiting.push(resolve)),
    answerAll(given) {
      answer = given;
      for (const held of arrived.splice(0)) given(held);
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return platform;
}

function holdRequest(
  headers: IncomingHttpHeaders,
  { body, before }: Pick<HeldRequest, 'body' | 'before'>,
  response: ServerResponse,
): HeldRequest {
  const gone = once(response, 'close');
  const type = { 'content-type': 'application/json' };
  return {
    headers,
    body,
    before,
    get isGone() {
      return response.destroyed;
    },
    gone,
    reply: (text, status = 200) => {
      response.writeHead(status, { ...type, 'content-length': Buffer.byteLength(text) }).end(text);
    },
    replyWith: (given, bytes, status = 200) => {
      response.writeHead(status, { ...type, ...given }).end(bytes);
    },
    replyInChunks: (...chunks) => {
      response.writeHead(200, type);
      for (const chunk of chunks) response.write(chunk);
      response.end();
    },
    breakOff: () => {
      response.destroy();
    },
  };
}

export const TESTER_RIGHTS: Rights = {
  subject: 'tester',
  tier: 'NATIONAL',
  division: '100000',
  roles: [],
  audience: 'supervisor',
  region: EVERYWHERE,
  classes: ['OPEN'],
  unmasked: false,
  fingerprint: 'tester',
};

export function platformAt(url: string, more: Partial<PlatformEntry> = {}): PlatformEntry {
  return { id: 'toy/420100', name: 'toy', tier: 'MUNICIPAL', division: '420100', subgraphs: ['toy'], url, ...more };
}

export function requestTo(platform: PlatformEntry, more: Partial<PlatformRequest> = {}): PlatformRequest {
  const target = { platform, owns: EVERYWHERE };
  return { url: platform.url, target, subgraph: 'toy', body: '{"query":"{ a }"}', isMutation: false, ...more };
}

export interface TestClient extends PlatformClient {
  /** An operation that asks. */
  context(options?: {
    readonly leftMs?: number | undefined;
    readonly rights?: Partial<Rights>;
    readonly signal?: CancelSignal;
  }): CallContext;
  /** Moves the clock on, which timers do not follow. */
  advance(ms: number): void;
}

const signNothing = async (claims: PassportClaims): Promise<string> => JSON.stringify(claims);

export function startClient(
  limits: Partial<Limits> = {},
  random: () => number = () => 0,
  signPassport = signNothing,
): TestClient {
  let passedMs = 0;
  const now = (): number => performance.now() + passedMs;
  const client = createPlatformClient({
    signPassport,
    limits: { ...DEFAULT_LIMITS, ...limits },
    now,
    random,
  });
  return {
    ...client,
    context: ({ leftMs = 60_000, rights = {}, signal = createCancelController().signal } = {}) => ({
      asked: { rights: { ...TESTER_RIGHTS, ...rights }, requestId: 'request' },
      dueAt: now() + leftMs,
      signal,
      spent: { calls: 0, bytes: 0 },
    }),
    advance: (ms) => {
      passedMs += ms;
    },
  };
}
