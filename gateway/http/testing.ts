/** A server on loopback over a hand-written engine that logs its operations. */
import { request as httpRequest, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http';
import { afterEach } from '@jest/globals';
import { buildSchema, type GraphQLSchema } from 'graphql';
import { pino } from 'pino';
import { type Admit, createAdmit } from '../admit/index.ts';
import type { KeyedDigest } from '../kit/crypto/keyed-digest.ts';
import { DEFAULT_LIMITS, type Limits } from '../model/limits.ts';
import type { UpstreamOperation, UpstreamResult } from '../model/platform/upstream.ts';
import type { RecordEntry } from '../model/record-entry.ts';
import type { Rights } from '../model/rights.ts';
import type { EngineResult, JsonData, ValidatedOperation, View } from '../model/validated-operation.ts';
import {
  type Around,
  createErrorMask,
  createOperationPipeline,
  createQueryStages,
  createUpstreamStages,
  type EngineStages,
  type SchemaOperations,
  type UpstreamOperations,
} from '../pipeline/index.ts';
import { createOperationServer } from './graphql/operation-server.ts';
import { type HttpServer, type HttpServerOptions, type RequestSteps, startHttpServer } from './server.ts';

export const TEST_RIGHTS: Rights = {
  subject: 'tester',
  tier: 'MUNICIPAL',
  division: '420100',
  roles: [],
  audience: 'supervisor',
  region: [['4201', '4202']],
  classes: ['OPEN', 'SHARED', 'INTERNAL', 'SENSITIVE'],
  unmasked: false,
  fingerprint: 'f'.repeat(64),
};

const SCHEMA = buildSchema(`
  type Query { name: String slow: String cases(first: Int): [Case!] named(filter: Filter): String }
  input Filter { name: String }
  type Mutation { name: String }
  type Case { id: ID! }
`);

export interface TestServer extends HttpServer {
  readonly operations: readonly ValidatedOperation[];
  readonly recorded: readonly RecordEntry[];
  readonly logged: readonly string[];
  post(body: unknown, headers?: Readonly<Record<string, string>>): Promise<TestAnswer>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<TestAnswer>;
  /** At the operator's listener. */
  operatorGet(path: string): Promise<TestAnswer>;
}

export interface TestAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly body: TestBody;
}

export interface TestBody {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { message: string; path?: unknown; extensions: Record<string, unknown> }[];
  readonly extensions?: Record<string, unknown>;
}

export interface TestOptions {
  readonly steps?: Partial<RequestSteps>;
  readonly upstream?: TestUpstream;
  readonly limits?: Partial<Limits>;
  readonly schema?: GraphQLSchema;
  readonly server?: Partial<HttpServerOptions>;
  readonly showsSubgraphErrors?: boolean;
  readonly around?: Around;
  readonly execute?: (operation: ValidatedOperation) => Promise<EngineResult>;
}

export interface TestUpstream extends Pick<UpstreamOperations, 'viewOf'> {
  readonly admit: Admit;
  execute(operation: UpstreamOperation): Promise<UpstreamResult & { readonly data: unknown }>;
}

export interface RawAnswer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  /** The encoded body. */
  readonly bytes: Buffer;
  /** Milliseconds from the first to the last chunk, and how many chunks came. */
  readonly chunks: readonly Buffer[];
  /** True if the server asked for the body by 100 Continue. */
  readonly isContinued: boolean;
}

/** One request on a connection of its own, with headers that `fetch` sets itself or does not show. */
export function requestRaw(
  url: string,
  { method = 'POST', headers = {}, body }: { method?: string; headers?: OutgoingHttpHeaders; body?: string },
): Promise<RawAnswer> {
  return new Promise((resolve, reject) => {
    let isContinued = false;
    const request = httpRequest(url, { method, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const { statusCode: status = 0, headers: responseHeaders } = response;
        resolve({ status, headers: responseHeaders, bytes: Buffer.concat(chunks), chunks, isContinued });
        request.destroy();
      });
    });
    request.on('error', reject);
    if (headers.expect === undefined) {
      request.end(body);
      return;
    }
    request.on('continue', () => {
      isContinued = true;
      request.end(body);
    });
    request.flushHeaders();
  });
}

/** Data as an engine serializes it. */
export function jsonData(data: unknown): JsonData {
  return { bytes: Buffer.from(JSON.stringify(data)), rows: undefined };
}

const ANSWER: EngineResult = { data: jsonData({ name: 'Yiwang' }), errors: [], coverage: undefined };

interface TestPlanned<Operation, Answer> {
  readonly operation: Operation;
  answer: Answer | undefined;
}

/** An engine whose stages are one function. */
function createTestEngine<Operation, Answer, Data>(
  execute: (operation: Operation) => Promise<Answer>,
  dataOf: (answer: Answer) => Data,
): EngineStages<Operation, TestPlanned<Operation, Answer>, Answer, Data> {
  return {
    plan: (operation) => ({ operation, answer: undefined }),
    execute: async (planned) => {
      planned.answer = await execute(planned.operation);
    },
    conform: ({ answer }) => dataOf(answer!),
    respond: ({ answer }) => answer!,
  };
}

function createTestUpstream(
  { viewOf, admit, execute }: TestUpstream,
  limits: Limits,
  around: Around | undefined,
): UpstreamOperations {
  const engine = createTestEngine(execute, ({ data }) => jsonData(data));
  return { viewOf, run: createOperationPipeline(createUpstreamStages({ validate: admit, engine, limits }), around) };
}

export async function startTestServer(admit: Admit, options: TestOptions = {}): Promise<TestServer> {
  const operations: ValidatedOperation[] = [];
  const recorded: RecordEntry[] = [];
  const logged: string[] = [];
  const view: View = { name: 'supervisor', schema: options.schema ?? SCHEMA };
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits };
  const log = pino({ level: 'info' }, { write: (line: string) => logged.push(line) });
  const execute = async (operation: ValidatedOperation): Promise<EngineResult> => {
    operations.push(operation);
    return (options.execute ?? (async () => ANSWER))(operation);
  };
  const { around } = options;
  const mask = options.showsSubgraphErrors ? undefined : createErrorMask(log);
  const engine = createTestEngine(execute, ({ data }) => data);
  const schema: SchemaOperations = {
    viewOf: () => view,
    views: [view],
    query: createOperationPipeline(createQueryStages({ validate: admit, engine, mask }), around),
    upstream: options.upstream && createTestUpstream(options.upstream, limits, around),
  };
  const version = await createOperationServer(schema, { limits, log });
  const server = await startHttpServer({
    steps: {
      identify: async () => TEST_RIGHTS,
      acquire: () => ({ server: version, release: () => undefined }),
      reserve: () => ({ fill: (read) => recorded.push(read()) }),
      ...options.steps,
    },
    limits,
    log,
    host: '127.0.0.1',
    port: 0,
    operator: { host: '127.0.0.1', port: 0, isDefault: true },
    passportKeys: { keys: [] },
    generationHealth: () => ({
      number: 1,
      supergraph: 'digest',
      network: undefined,
      loadedAt: new Date(0),
      plansWarmed: 0,
      draining: 0,
    }),
    probePlatforms: async () => [],
    recordHealth: () => ({ state: 'WRITING', waiting: 0 }),
    around,
    ...options.server,
  });
  const read = async (response: Response): Promise<TestAnswer> => {
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json') ?? false;
    return {
      status: response.status,
      headers: response.headers,
      text,
      body: isJson ? (JSON.parse(text) as TestBody) : {},
    };
  };
  return {
    ...server,
    operations,
    recorded,
    logged,
    post: async (body, headers = {}) =>
      read(
        await fetch(server.url, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers },
          body: typeof body === 'string' ? body : JSON.stringify(body),
        }),
      ),
    operatorGet: async (path) => read(await fetch(new URL(path, server.operatorUrl))),
    get: async (path, headers = {}) => read(await fetch(new URL(path, server.url), { headers })),
  };
}

/** Two platforms, of which one is late. */
export const COVERAGE = {
  asked: 2,
  answered: 1,
  complete: false,
  platforms: [
    { platform: 'municipal/420100', division: '420100', status: 'OK', elapsedMs: 3, path: ['name'] },
    {
      platform: 'municipal/420500',
      division: '420500',
      status: 'LATE',
      elapsedMs: 800,
      path: ['name'],
      reason: 'no answer within 800 ms',
    },
  ],
} as const;

/** Starts servers that check operations as a gateway does, and stops them after each test. */
export function createTestServers({ digest }: { readonly digest?: KeyedDigest } = {}) {
  const servers: TestServer[] = [];
  afterEach(async () => {
    await Promise.all(servers.splice(0).map((server) => server.stop()));
  });
  return async (options: TestOptions = {}): Promise<TestServer> => {
    const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits };
    const server = await startTestServer(
      createAdmit({ limits, classOf: () => 'OPEN', boundLists: true, digest }),
      options,
    );
    servers.push(server);
    return server;
  };
}
