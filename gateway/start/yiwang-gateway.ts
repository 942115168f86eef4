/**
 * The engine as the `gateway` of anybody's own Apollo Server: `new ApolloServer({ gateway: createYiwangGateway({
 * supergraph }) })`.
 */
import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type DocumentNode, GraphQLError, type GraphQLSchema } from 'graphql';
import { type Logger, pino } from 'pino';
import { createPlatformClient, type PlatformClient } from '../fetch/index.ts';
import { createForwardedHeadersReader, type ReadForwardedHeaders } from '../http/request/forwarded-headers.ts';
import { readRequestId } from '../http/request/request-id.ts';
import { formatError } from '../http/response/format-error.ts';
import { createUnlimitedRights } from '../identify/index.ts';
import { isInternal } from '../model/error-code.ts';
import type { Limits } from '../model/limits.ts';
import { loadSchema, RequestContext, type SchemaOperations } from '../pipeline/index.ts';
import { createSchemaReloader } from '../supergraph/versions/schema-reloader.ts';
import {
  createSchemaVersions,
  type SchemaVersionParts,
  type SchemaVersions,
} from '../supergraph/versions/schema-versions.ts';
import { createFailureLog } from '../telemetry/failure-log.ts';
import { checkDropInOptions } from './drop-in-options.ts';

export interface YiwangGatewayOptions {
  /** SDL of a Federation 2 supergraph. Either this or `supergraphFile`. */
  readonly supergraph?: string;
  /** File of the supergraph. It is followed: a new one serves from the next operation on. */
  readonly supergraphFile?: string;
  /** Default: the gateway's own, see docs/configuration.md. */
  readonly limits?: Partial<Limits>;
  /**
   * Names of request headers that go on to subgraphs, besides `authorization` and those of the trace. Default: none.
   */
  readonly forwardHeaders?: readonly string[];
  /** Labels of `@override` that are on. Default: none. */
  readonly overrideLabels?: readonly string[];
  /** True: clients get messages of subgraphs as they were sent. Default: false, the log alone has them. */
  readonly showSubgraphErrors?: boolean;
  /** Default: warnings and errors, to standard error. */
  readonly log?: Logger;
}

/** What Apollo Server hands to the executor of a gateway, as far as it is read here. */
export interface ExecutorRequest {
  readonly document: DocumentNode;
  readonly queryHash: string;
  readonly request: {
    /** As the client named it: Apollo Server's own is null if there is no such operation. */
    readonly operationName?: string;
    readonly variables?: Record<string, unknown>;
    readonly http?: { readonly headers: Iterable<[string, string]> };
  };
}

export interface ExecutorResult {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLError[];
  readonly extensions?: Record<string, unknown>;
}

type OnSchema = (schema: { readonly apiSchema: GraphQLSchema; readonly coreSupergraphSdl: string }) => void;

/** Fits the option `gateway` of Apollo Server 4 and 5. */
export interface YiwangGateway {
  /** Throws an `Error` that says why the supergraph cannot be used. */
  load(): Promise<{ readonly executor: (request: ExecutorRequest) => Promise<ExecutorResult> }>;
  onSchemaLoadOrUpdate(callback: OnSchema): () => void;
  stop(): Promise<void>;
}

interface Version extends SchemaVersionParts<SchemaOperations> {
  readonly sdl: string;
}

/** Throws a `ConfigError` that lists what is wrong with the options. */
export function createYiwangGateway(options: YiwangGatewayOptions): YiwangGateway {
  const { supergraph, supergraphFile: file } = options;
  const { limits, forwardedHeaders } = checkDropInOptions(options);
  const log = options.log ?? pino({ level: 'warn' }, pino.destination(2));
  const listeners = new Set<OnSchema>();
  const closers: (() => Promise<void> | void)[] = [];
  const readSdl = async () => supergraph ?? (await readFile(file!, 'utf8'));

  const announce = ({ sdl, loaded }: Version): void => {
    const [view] = loaded.server.views;
    for (const listener of listeners) listener({ apiSchema: view!.schema, coreSupergraphSdl: sdl });
  };
  let isLoaded = false;
  return {
    async load() {
      if (isLoaded) throw new Error('A gateway of createYiwangGateway serves one Apollo Server; create another one.');
      isLoaded = true;
      const platformClient = createPlatformClient({ signPassport, limits });
      closers.push(() => platformClient.close());
      const loadVersion = createVersionLoader(options, { limits, log, platformClient });
      const first = await loadVersion(await readSdl());
      const versions = createSchemaVersions<Version>(first, {
        drainMs: limits.operationDeadlineMs + limits.deadlineGraceMs,
        drainingMax: limits.generationsDrainingMax,
        onChange: () => undefined,
      });
      closers.push(() => versions.stop());
      announce(first);
      if (file !== undefined) {
        const load = async (previous: Version) => {
          const sdl = await readSdl();
          if (sdl === previous.sdl) return undefined;
          const version = await loadVersion(sdl, previous);
          return { ...version, serve: () => announce(version) };
        };
        const reloader = createSchemaReloader({ files: [file], pollMs: limits.reloadPollMs, versions, load, log });
        closers.push(() => reloader.stop());
      }
      const readForwarded = createForwardedHeadersReader(forwardedHeaders);
      return { executor: (request) => execute(request, { versions, readForwarded, limits, log }) };
    },
    onSchemaLoadOrUpdate(callback) {
      listeners.add(callback);
      return () => void listeners.delete(callback);
    },
    async stop() {
      for (let close = closers.pop(); close; close = closers.pop()) await close();
    },
  };
}

/** Subgraphs of a plain supergraph get no passports. */
function signPassport(): Promise<string> {
  throw new Error('a gateway without a directory signs no passport');
}

interface VersionParts {
  readonly limits: Limits;
  readonly log: Logger;
  readonly platformClient: PlatformClient;
}

function createVersionLoader(options: YiwangGatewayOptions, { limits, log, platformClient }: VersionParts) {
  const config = {
    limits,
    supergraph: options.supergraphFile ?? 'of createYiwangGateway',
    open: true,
    identity: { kind: 'development' },
    policiesClaim: undefined,
    incrementalDelivery: false,
    overrideLabels: options.overrideLabels ?? [],
    showsSubgraphErrors: options.showSubgraphErrors ?? false,
    upstream: undefined,
  } as const;
  const shared = {
    config,
    platformClient,
    // No cursor of an open supergraph is sealed.
    cursorSecret: randomBytes(32).toString('base64url'),
    onPlatformFailure: createFailureLog({ log, limits }),
    log,
  };
  const frequent = new WeakMap<Version['loaded'], () => readonly FrequentOperation[]>();
  return async (sdl: string, previous?: Version): Promise<Version> => {
    const schema = await loadSchema(sdl, shared, previous && frequent.get(previous.loaded)?.());
    const loaded = { server: schema.operations, close: async () => schema.close() };
    frequent.set(loaded, schema.frequentOperations);
    return { number: (previous?.number ?? 0) + 1, platforms: [], sdl, loaded, serve: () => undefined };
  };
}

type FrequentOperation = NonNullable<Parameters<typeof loadSchema>[2]>[number];

interface Execution {
  readonly versions: SchemaVersions<Version>;
  readonly readForwarded: ReadForwardedHeaders;
  readonly limits: Limits;
  readonly log: Logger;
}

const EVERYTHING = createUnlimitedRights();
const CALLER = { kind: 'anonymous', key: '' } as const;

async function execute(
  request: ExecutorRequest,
  { versions, readForwarded, limits, log }: Execution,
): Promise<ExecutorResult> {
  const { document, queryHash, request: sent } = request;
  const headers = Object.fromEntries(sent.http?.headers ?? []);
  const requestId = readRequestId({ headers });
  const context = new RequestContext({ at: Date.now(), startedMs: performance.now(), caller: CALLER }, requestId);
  const { server, release } = versions.acquire();
  context.onEnd(release);
  try {
    context.startDeadline(limits.operationDeadlineMs, limits.deadlineGraceMs);
    const operation = {
      document,
      hash: queryHash,
      operationName: sent.operationName ?? undefined,
      variables: sent.variables ?? {},
      view: server.viewOf(EVERYTHING),
      rights: EVERYTHING,
      completeness: 0,
      explainCoverage: false,
      deadlineMs: context.deadlineMs,
      requestId,
      forwarded: readForwarded({ headers, rawHeaders: [] }),
      signal: context.signal,
    };
    const result = await server.query(operation, context);
    const errors = result.errors.map((error) => mask(error, requestId, log));
    if (result.kind === 'refused') return { errors };
    const { data, extensions } = result;
    return {
      data: data && (JSON.parse(data.bytes.toString('utf8')) as Record<string, unknown>),
      ...(errors.length > 0 ? { errors } : {}),
      ...(extensions ? { extensions: { ...extensions } } : {}),
    };
  } catch (error) {
    return { errors: [mask(error, requestId, log)] };
  } finally {
    context.end();
  }
}

/** A fault of the gateway → what clients may see of it. The log has the rest. */
function mask(error: unknown, requestId: string, log: Logger): GraphQLError {
  if (error instanceof GraphQLError && !isInternal(error)) return error;
  const { originalError = undefined, path = undefined } = error instanceof GraphQLError ? error : {};
  log.error({ err: originalError ?? error, requestId }, 'an operation failed');
  const { message, extensions } = formatError({ message: '' }, error);
  return new GraphQLError(message, { path, extensions });
}
