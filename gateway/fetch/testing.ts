/** Platforms whose every answer is given by hand, over real HTTP, and a courier that asks them. */
import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { EVERYWHERE, type PassportClaims } from '@yiwang/schema';
import { createAborter } from '../kit/aborter.ts';
import { DEFAULT_LIMITS, type Limits } from '../model/limits.ts';
import type { PlatformEntry } from '../model/network.ts';
import type { Signal } from '../model/request.ts';
import type { Rights } from '../model/rights.ts';
import { CHECK_BODY } from './check-line.ts';
import { type Courier, createCourier, type Errand, type Sender } from './courier.ts';

/** A request that waits for its answer. */
export interface Held {
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

export interface HandPlatform {
  readonly url: string;
  /** Requests so far. */
  readonly count: number;
  /** All of them, oldest first. */
  readonly seen: readonly Held[];
  /** The next request that was not looked at yet. */
  next(): Promise<Held>;
  /** What comes of a look at whether it answers at all, which is no request. */
  health: 'well' | 'silent' | 'gone';
  readonly checks: number;
  /** Answers all that come from here on. */
  always(answer: (held: Held) => void): void;
  close(): Promise<void>;
}

export const WELL = '{"data":{"a":1}}';

export async function startHandPlatform(): Promise<HandPlatform> {
  const arrived: Held[] = [];
  const wanted: ((held: Held) => void)[] = [];
  let answer: ((held: Held) => void) | undefined;
  const seen: Held[] = [];
  let checks = 0;
  const served = new WeakMap<Socket, number>();
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = Buffer.concat(chunks).toString('utf8');
      if (body === CHECK_BODY) {
        checks++;
        if (platform.health === 'well') response.end('{}');
        if (platform.health === 'gone') response.destroy();
        return;
      }
      const before = served.get(request.socket) ?? 0;
      served.set(request.socket, before + 1);
      const held = hold(request.headers, { body, before }, response);
      seen.push(held);
      if (answer) answer(held);
      else if (wanted.length > 0) wanted.shift()!(held);
      else arrived.push(held);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const platform: HandPlatform = {
    health: 'well',
    get checks() {
      return checks;
    },
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    seen,
    get count() {
      return seen.length;
    },
    next: () =>
      arrived.length > 0 ? Promise.resolve(arrived.shift()!) : new Promise((resolve) => wanted.push(resolve)),
    always(given) {
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

function hold(
  headers: IncomingHttpHeaders,
  { body, before }: Pick<Held, 'body' | 'before'>,
  response: ServerResponse,
): Held {
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

export const TESTER: Rights = {
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

export function errandTo(platform: PlatformEntry, more: Partial<Errand> = {}): Errand {
  const target = { platform, owns: EVERYWHERE };
  return { url: platform.url, target, subgraph: 'toy', body: '{"query":"{ a }"}', isMutation: false, ...more };
}

export interface TestCourier extends Courier {
  /** An operation that asks. */
  sender(options?: {
    readonly leftMs?: number | undefined;
    readonly rights?: Partial<Rights>;
    readonly signal?: Signal;
  }): Sender;
  /** Moves the clock on, which timers do not follow. */
  pass(ms: number): void;
}

const bareClaims = async (claims: PassportClaims): Promise<string> => JSON.stringify(claims);

export function startCourier(
  limits: Partial<Limits> = {},
  random: () => number = () => 0,
  signPassport = bareClaims,
): TestCourier {
  let passedMs = 0;
  const now = (): number => performance.now() + passedMs;
  const courier = createCourier({
    signPassport,
    limits: { ...DEFAULT_LIMITS, ...limits },
    now,
    random,
  });
  return {
    ...courier,
    sender: ({ leftMs = 60_000, rights = {}, signal = createAborter().signal } = {}) => ({
      asked: { rights: { ...TESTER, ...rights }, requestId: 'request' },
      dueAt: now() + leftMs,
      signal,
      spent: { calls: 0, bytes: 0 },
    }),
    pass: (ms) => {
      passedMs += ms;
    },
  };
}
