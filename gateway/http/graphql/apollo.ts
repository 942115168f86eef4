/**
 * One Apollo Server per view, all over one executor: parsing, the HTTP protocol and the form of errors are its work.
 */
import { ApolloServer, type GraphQLRequestListener, type GraphQLResponse, HeaderMap } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import { type DocumentNode, type FormattedExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Logger } from 'pino';
import { createLruCache } from '../../kit/collections/lru-cache.ts';
import { withinMs } from '../../kit/concurrency/within-ms.ts';
import { dropTokens, estimateDocumentBytes } from '../../kit/graphql/document-bytes.ts';
import { codeOf, isInternal } from '../../model/error-code.ts';
import type { Limits } from '../../model/limits.ts';
import type { JsonData, View } from '../../model/validated-operation.ts';
import type { HttpResponse, Refused, SchemaOperations } from '../../pipeline/index.ts';
import { boundErrors } from '../response/bound-errors.ts';
import { formatError } from '../response/format-error.ts';
import { mediaTypeFor } from '../response/media-type.ts';
import { MULTIPART_TYPE } from '../response/multipart.ts';
import { SerializedData } from '../response/serialized-data.ts';
import { statusOf } from '../response/status.ts';
import type { QueryPlugin } from './load-plugins.ts';
import { abandonAfter, assertHeaders, recordPluginData, writeResult } from './plugin-response.ts';
import type { QueryContext } from './query-context.ts';

export interface ViewServer {
  answer(request: GraphQLHttpRequest, query: QueryContext): Promise<HttpResponse>;
  stop(): Promise<void>;
}

export interface GraphQLHttpRequest {
  readonly method: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** With its question mark. */
  readonly search: string;
  readonly body: unknown;
}

export interface ViewServerOptions {
  readonly limits: Limits;
  readonly log: Logger;
  /**
   * Of the operator. They see data as objects, and may change a result or answer an operation themselves. Default:
   * none.
   */
  readonly plugins?: readonly QueryPlugin[];
}

type RunQuery = SchemaOperations['query'];

/** `run` is called for each operation that Apollo Server has read. */
export async function createViewServer(view: View, run: RunQuery, options: ViewServerOptions): Promise<ViewServer> {
  const { limits, log, plugins = [] } = options;
  const finish = createFinish(limits);
  const server = new ApolloServer<QueryContext>({
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
    // Bounds come before validation, whose cost they bound; `admit` does both, in `run`.
    dangerouslyDisableValidation: true,
    parseOptions: toParseOptions(limits),
    documentStore: createDocumentStore(limits),
    formatError,
    // A result with data is written by `answer`, which can hand on bytes and comes after the last plugin.
    stringifyResult: (result) => (result.data === undefined ? `${JSON.stringify(result)}\n` : ''),
    plugins: [
      ...plugins,
      createOperationPlugin(run, finish, options),
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
    async answer(request, query) {
      const { outcome, head } = query;
      const answering = server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { ...request, headers: toHeaderMap(request.headers) },
        context: async () => query,
      });
      const { status, headers, body } =
        plugins.length === 0 ? await answering : await abandonAfter(answering, head.signal, limits.deadlineGraceMs);
      if (outcome.fault) throw outcome.fault;
      if (body.kind !== 'complete') throw new Error('an answer in parts was not asked for');
      const { response } = outcome;
      if (!response) return { status: status ?? 200, headers, body: body.string };
      if (plugins.length > 0) {
        // Apollo Server calls all plugins at once: what one of them changes after a wait came after `finish`.
        finish(response, query, request.headers.accept);
        assertHeaders(response.http.headers);
        recordPluginData(response, query);
      }
      return { status: response.http.status ?? 200, headers: response.http.headers, body: writeResult(response) };
    },
    stop: () =>
      withinMs(server.stop(), limits.stopGraceMs, `Not done within ${limits.stopGraceMs} ms.`).catch((err: unknown) => {
        log.error({ err }, 'a plugin did not stop cleanly');
      }),
  };
}

/**
 * Runs the operation, finishes its response, and logs what callers are not told. Apollo
 * Server's own way to a gateway makes an object with accessors for every operation, each with a hidden class of its
 * own: those are old from the start and hold the operation with all of its data until a full collection.
 */
function createOperationPlugin(run: RunQuery, finish: Finish, options: ViewServerOptions): QueryPlugin {
  const { log, plugins = [] } = options;
  const logInternal = (errors: readonly GraphQLError[], { context: { requestId } }: QueryContext): void => {
    for (const error of errors) {
      if (isInternal(error)) log.error({ err: error.originalError ?? error, requestId }, 'an operation failed');
    }
  };
  // The first part of an answer in parts stays as it is: the others follow it by their paths.
  const isRead = (subsequentResults: unknown) => plugins.length > 0 && subsequentResults === undefined;
  const listener: GraphQLRequestListener<QueryContext> = {
    async didEncounterErrors({ errors, contextValue }) {
      logInternal(errors, contextValue);
    },
    async responseForOperation({ request, document, queryHash, contextValue }) {
      const { operationName, variables = {} } = request;
      const { head, context, outcome } = contextValue;
      const operation = { ...head, document, hash: queryHash!, operationName: operationName ?? undefined, variables };
      outcome.isOfPlugin = false;
      const result = await run(operation, context).catch(toRefused);
      const { errors } = result;
      outcome.errors = errors;
      logInternal(errors, contextValue);
      const formatted = errors.length > 0 ? { errors: errors.map((error) => formatError(error.toJSON(), error)) } : {};
      if (result.kind === 'refused') return toResponse(formatted);
      const { data, extensions, subsequentResults } = result;
      outcome.subsequentResults = subsequentResults;
      return toResponse({
        ...formatted,
        data: data && (isRead(subsequentResults) ? parseData(data) : passData(data)),
        ...(extensions ? { extensions } : {}),
      });
    },
    async willSendResponse({ errors, contextValue, response, request }) {
      if (errors) contextValue.outcome.errors = errors;
      contextValue.outcome.response = response;
      finish(response, contextValue, request.http?.headers.get('accept'));
    },
  };
  return {
    requestDidStart: async () => listener,
    async unexpectedErrorProcessingRequest({ requestContext, error }) {
      requestContext.contextValue.outcome.fault = error;
    },
  };
}

/** Codes, status, content type and bounded errors of a response. A second call sees what plugins changed since. */
type Finish = (response: GraphQLResponse, query: QueryContext, accept: AcceptHeader) => void;
type AcceptHeader = string | readonly string[] | undefined;

function createFinish(limits: Limits): Finish {
  return ({ body, http }, { context, outcome }, accept) => {
    if (body.kind !== 'single') return;
    const { singleResult } = body;
    const { errors: faults } = outcome;
    const codes = faults.map(codeOf);
    context.codes = [...new Set(codes)];
    if (singleResult.errors) {
      const shownErrors = singleResult.errors.map((formatted, i) =>
        isInternal(faults[i]) ? addRequestId(formatted, context.requestId) : formatted,
      );
      singleResult.errors = boundErrors(shownErrors, limits);
    }
    const mediaType = mediaTypeFor(typeof accept === 'object' ? accept.join(', ') : accept);
    const isIncremental = outcome.subsequentResults !== undefined;
    const contentType = isIncremental ? MULTIPART_TYPE : `${mediaType ?? 'application/json'}; charset=utf-8`;
    http.headers.set('content-type', contentType);
    if (http.status === 405) return;
    http.status = statusOf({
      hasData: singleResult.data !== undefined,
      codes,
      graphqlMediaType: mediaType === 'application/graphql-response+json',
      wellFormed: !faults.some((error) => error.extensions.code === 'BAD_REQUEST'),
    });
  };
}

const NO_HEAD = { headers: new HeaderMap() };

function toResponse(singleResult: FormattedExecutionResult): GraphQLResponse {
  return { http: NO_HEAD, body: { kind: 'single', singleResult } };
}

/** For plugins that read it. */
function parseData({ bytes }: JsonData): Record<string, unknown> {
  return JSON.parse(bytes.toString('utf8')) as Record<string, unknown>;
}

/** Data goes through as it is, to be written by `writeResult`. */
function passData(data: JsonData): Record<string, unknown> {
  return new SerializedData(data) as unknown as Record<string, unknown>;
}

function toRefused(error: unknown): Refused {
  if (error instanceof GraphQLError) return { kind: 'refused', errors: [error] };
  const originalError = error instanceof Error ? error : new Error(String(error));
  return { kind: 'refused', errors: [new GraphQLError(originalError.message, { originalError })] };
}

function addRequestId(error: GraphQLFormattedError, requestId: string): GraphQLFormattedError {
  return { ...error, extensions: { ...error.extensions, requestId } };
}

/** Limits of the parser; `model/error-code.ts` knows its messages. */
export function toParseOptions({ tokensMax, commentsMax, operationTextMax }: Limits) {
  return { maxTokens: tokensMax, maxComments: commentsMax, maxSourceLength: operationTextMax };
}

/** Apollo Server stores each document here once it is parsed. */
function createDocumentStore({ documentCacheMax, documentCacheBytesMax }: Limits) {
  const weight = { bytesMax: documentCacheBytesMax, bytesOf: estimateDocumentBytes };
  const documents = createLruCache<string, DocumentNode>(documentCacheMax, weight);
  return {
    get: async (key: string) => documents.get(key),
    set: async (key: string, document: DocumentNode) => documents.set(key, dropTokens(document)),
    delete: async (key: string) => documents.delete(key),
  };
}

/** The headers that Apollo Server reads. */
const READ_HEADERS = ['content-type', 'accept'];

function toHeaderMap(headers: GraphQLHttpRequest['headers']): HeaderMap {
  const map = new HeaderMap();
  for (const name of READ_HEADERS) {
    const value = headers[name];
    if (value !== undefined) map.set(name, typeof value === 'string' ? value : value.join(', '));
  }
  return map;
}
