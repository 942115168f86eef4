/**
 * A stub of a platform: plain HTTP over the standard's schema, with rows in memory, filtered by the scope of the passport. It
 * caches answers as text, so that measurements show the gateway.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { EVERYWHERE, PASSPORT_HEADER, type PassportClaims, type Region, regionOfBounds } from '@yiwang/schema';
import { completeSdl, mergeSdl, readDirectiveDefinitions, readDocument } from '@yiwang/schema/sdl';
import { buildASTSchema, extendSchema, type GraphQLSchema, graphql, parse } from 'graphql';
import type { StubKind } from './national-map.ts';
import type { StubCase } from './stub-cases.ts';
import { createStubRoot } from './stub-root.ts';

export type StubBehaviour =
  | { readonly kind: 'healthy' }
  | { readonly kind: 'slow'; readonly delayMs: number }
  /** Accepts no connections. */
  | { readonly kind: 'down' };

/** A request that a stub received, for clients that send the same one. */
export interface ReceivedCall {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface StubPlatform {
  readonly port: number;
  /** Since the start: calls, and rows in the pages sent. */
  readonly calls: number;
  readonly rows: number;
  /** Open connections. */
  readonly connections: number;
  readonly lastCall: ReceivedCall | undefined;
  setBehaviour(behaviour: StubBehaviour): Promise<void>;
  close(): Promise<void>;
}

interface CachedAnswer {
  readonly text: string;
  readonly rows: number;
}

const CACHED_ANSWERS_MAX = 2_000;
const SCHEMAS = new Map<StubKind, GraphQLSchema>();

export async function startStubPlatform(kind: StubKind, rows: readonly StubCase[]): Promise<StubPlatform> {
  const schema = schemaOf(kind);
  const cache = new Map<string, Promise<CachedAnswer>>();
  const sockets = new Set<Socket>();
  let behaviour: StubBehaviour = { kind: 'healthy' };
  let calls = 0;
  let rowsServed = 0;
  let lastCall: ReceivedCall | undefined;

  const compute = async (body: string, scope: Region): Promise<CachedAnswer> => {
    const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
    let rowCount = 0;
    const rootValue = createStubRoot(rows, scope, (count) => {
      rowCount += count;
    });
    const result = await graphql({ schema, source: query, variableValues: variables, rootValue });
    return { text: JSON.stringify(result), rows: rowCount };
  };
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.method === 'GET') return void response.writeHead(200).end('{"status":"ok"}');
    const body = await readText(request);
    const passport = request.headers[PASSPORT_HEADER];
    calls++;
    lastCall = { body, headers: typeof passport === 'string' ? { [PASSPORT_HEADER]: passport } : {} };
    const scope = scopeOf(passport);
    const key = `${scope.join()}\n${body}`;
    let cached = cache.get(key);
    if (!cached) {
      if (cache.size >= CACHED_ANSWERS_MAX) cache.clear();
      cached = compute(body, scope);
      cache.set(key, cached);
    }
    const { text, rows: rowCount } = await cached;
    rowsServed += rowCount;
    if (behaviour.kind === 'slow')
      await new Promise((resolve) => setTimeout(resolve, (behaviour as { delayMs: number }).delayMs));
    response.writeHead(200, { 'content-type': 'application/json' }).end(text);
  };
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  await listen(server, 0);
  const { port } = server.address() as AddressInfo;
  const goDown = async (): Promise<void> => {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise((resolve) => server.close(resolve));
  };
  return {
    port,
    get calls() {
      return calls;
    },
    get rows() {
      return rowsServed;
    },
    get connections() {
      return sockets.size;
    },
    get lastCall() {
      return lastCall;
    },
    async setBehaviour(next) {
      behaviour = next;
      if (next.kind === 'down') await goDown();
      else if (!server.listening) await listen(server, port);
    },
    close: goDown,
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host: '127.0.0.1', backlog: 1_024 }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

/** Does not verify signatures. Without a passport, as behind an open gateway, everything is visible. */
function scopeOf(passport: string | readonly string[] | undefined): Region {
  if (typeof passport !== 'string') return EVERYWHERE;
  const payload = Buffer.from(passport.split('.')[1] ?? '', 'base64url').toString('utf8');
  return regionOfBounds((JSON.parse(payload) as PassportClaims).scope);
}

async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

function schemaOf(kind: StubKind): GraphQLSchema {
  const cached = SCHEMAS.get(kind);
  if (cached) return cached;
  const own = completeSdl(readDocument(new URL(`../../../subgraphs/${kind}/schema.graphql`, import.meta.url)));
  const federation = parse(
    'directive @key(fields: String!, resolvable: Boolean) repeatable on OBJECT directive @shareable on OBJECT | FIELD_DEFINITION scalar _Any',
  );
  const base = buildASTSchema(mergeSdl([federation, readDirectiveDefinitions(), own]), { assumeValidSDL: true });
  const root = parse('extend type Query { _entities(representations: [_Any!]!): [Division]! }');
  const schema = extendSchema(base, root, { assumeValidSDL: true });
  SCHEMAS.set(kind, schema);
  return schema;
}
