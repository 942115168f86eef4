/** One Apollo Server per view, all over one executor: parsing, the HTTP protocol and the form of errors are its work. */
import { ApolloServer, type ApolloServerPlugin, type GraphQLRequestListener, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { type DocumentNode, GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { createLruCache } from '../../kit/collections/lru-cache.ts';
import { documentBytes, dropTokens } from '../../kit/graphql/document-bytes.ts';
import type { Limits } from '../../model/limits.ts';
import type { View } from '../../model/validated-operation.ts';
import type { OperationContext } from '../lifecycle/operation-context.ts';
import { boundErrors } from '../response/bound-errors.ts';
import { codeOf, formatError, isInternal } from '../response/errors.ts';
import { mediaTypeFor } from '../response/media-type.ts';
import { MULTIPART_TYPE } from '../response/multipart.ts';
import { SerializedData, serializeAnswer } from '../response/serialized-data.ts';
import { statusOf } from '../response/status.ts';
import type { Executed, Executor } from './executed.ts';

export interface ViewServer {
  answer(request: GraphQLHttpRequest, visit: OperationContext): Promise<GraphQLHttpAnswer>;
  stop(): Promise<void>;
}

export interface GraphQLHttpRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** With its question mark. */
  readonly search: string;
  readonly body: unknown;
}

export interface GraphQLHttpAnswer {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  /** Of an answer in parts, the first of them. */
  readonly body: string | Buffer;
  /** The answer in parts, as it goes out. */
  readonly parts?: AsyncIterable<Buffer>;
}

export interface ViewServerOptions {
  readonly view: View;
  readonly executor: Executor;
  readonly limits: Limits;
  readonly log: Logger;
}

export async function createViewServer({ view, executor, limits, log }: ViewServerOptions): Promise<ViewServer> {
  const server = new ApolloServer<OperationContext>({
    schema: view.schema,
    logger: log,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    // Credentials travel in headers that a foreign page cannot make a browser send, and nothing is kept in cookies.
    csrfPrevention: false,
    stopOnTerminationSignals: false,
    nodeEnv: 'production',
    // Bounds come before validation, whose cost they bound; `admit` does both, for the executor.
    dangerouslyDisableValidation: true,
    parseOptions: toParseOptions(limits),
    documentStore: createDocumentStore(limits),
    formatError,
    // The text of what the engine answered is written by `answerPlugin`, which can hand on bytes.
    stringifyResult: (result) => (result.data instanceof SerializedData ? '' : `${JSON.stringify(result)}\n`),
    plugins: [
      executorPlugin(executor, limits, log),
      // Nothing is sent to a vendor, whatever the environment says.
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
    ],
  });
  await server.start();
  return {
    async answer(request, visit) {
      const { status, headers, body } = await server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { ...request, headers: toHeaderMap(request.headers) },
        context: async () => visit,
      });
      if (body.kind !== 'complete') throw new Error('an answer in parts was not asked for');
      return { status: status ?? 200, headers, body: visit.result.body ?? body.string };
    },
    stop: () => server.stop(),
  };
}

/**
 * Hands the operation to the executor, works out the status, keeps the codes for the record, and logs what callers are not told. Apollo
 * Server's own way to a gateway makes an object with accessors for every operation, each with a hidden class of its own: those
 * are old from the start and hold the operation with all of its data until a full collection.
 */
function executorPlugin(executor: Executor, limits: Limits, log: Logger): ApolloServerPlugin<OperationContext> {
  const logInternal = (errors: readonly GraphQLError[], { requestId }: OperationContext): void => {
    for (const error of errors) {
      if (isInternal(error)) log.error({ err: error.originalError ?? error, requestId }, 'an operation failed');
    }
  };
  const listener: GraphQLRequestListener<OperationContext> = {
    async didResolveSource({ contextValue, document }) {
      contextValue.result.document = document;
    },
    async didEncounterErrors({ errors, contextValue }) {
      logInternal(errors, contextValue);
    },
    async responseForOperation({ request, source, document, queryHash, contextValue }) {
      const sent = {
        text: source,
        document,
        hash: queryHash!,
        operationName: request.operationName ?? undefined,
        variables: request.variables ?? {},
      };
      const executed = await executor(sent, contextValue).catch(toFailedResult);
      const { errors, extensions } = executed;
      contextValue.result.errors = errors;
      logInternal(errors, contextValue);
      // It goes through as it is, to be written by `writeAnswer`.
      const data = executed.data as unknown as Record<string, unknown>;
      const singleResult = {
        ...(errors.length > 0 ? { errors: errors.map((error) => formatError(error.toJSON(), error)) } : {}),
        ...(data === undefined ? {} : { data }),
        ...(extensions === undefined ? {} : { extensions }),
      };
      return { http: NO_HEAD, body: { kind: 'single', singleResult } };
    },
    async willSendResponse({ errors, contextValue, response, request }) {
      if (response.body.kind !== 'single') return;
      const { result } = contextValue;
      const { singleResult } = response.body;
      const faults = errors ?? result.errors;
      const codes = faults.map(codeOf);
      result.codes = [...new Set(codes)];
      if (singleResult.errors) {
        const shownErrors = singleResult.errors.map((formatted, i) =>
          isInternal(faults[i]) ? addRequestId(formatted, contextValue) : formatted,
        );
        singleResult.errors = boundErrors(shownErrors, limits);
      }
      result.body = serializeAnswer(singleResult);
      const mediaType = mediaTypeFor(request.http?.headers.get('accept'));
      if (result.later) response.http.headers.set('content-type', MULTIPART_TYPE);
      else response.http.headers.set('content-type', `${mediaType ?? 'application/json'}; charset=utf-8`);
      if (response.http.status === 405) return;
      response.http.status = statusOf({
        hasData: singleResult.data !== undefined,
        codes,
        graphqlMediaType: mediaType === 'application/graphql-response+json',
        wellFormed: !faults.some((error) => error.extensions.code === 'BAD_REQUEST'),
      });
    },
  };
  return { requestDidStart: async () => listener };
}

const NO_HEAD = { headers: new HeaderMap() };

function toFailedResult(error: unknown): Executed {
  if (error instanceof GraphQLError) return { errors: [error] };
  const originalError = error instanceof Error ? error : new Error(String(error));
  return { errors: [new GraphQLError(originalError.message, { originalError })] };
}

function addRequestId<Formatted extends { message: string; extensions?: Record<string, unknown> }>(
  error: Formatted,
  visit: OperationContext,
): Formatted {
  return { ...error, extensions: { ...error.extensions, requestId: visit.requestId } };
}

/** What the parser is held to; `errors.ts` knows what it says beyond it. */
export function toParseOptions({ tokensMax, commentsMax, operationTextMax }: Limits) {
  return { maxTokens: tokensMax, maxComments: commentsMax, maxSourceLength: operationTextMax };
}

/** Apollo Server puts each document here as soon as it is parsed. */
function createDocumentStore({ documentCacheMax, documentCacheBytesMax }: Limits) {
  const weight = { bytesMax: documentCacheBytesMax, bytesOf: documentBytes };
  const documents = createLruCache<string, DocumentNode>(documentCacheMax, weight);
  return {
    get: async (key: string) => documents.get(key),
    set: async (key: string, document: DocumentNode) => documents.set(key, dropTokens(document)),
    delete: async (key: string) => documents.delete(key),
  };
}

/** The headers that Apollo Server reads: what a body is, and what is wanted. */
const READ_HEADERS = ['content-type', 'accept'];

function toHeaderMap(headers: GraphQLHttpRequest['headers']): HeaderMap {
  const map = new HeaderMap();
  for (const name of READ_HEADERS) {
    const value = headers[name];
    if (value !== undefined) map.set(name, typeof value === 'string' ? value : value.join(', '));
  }
  return map;
}
