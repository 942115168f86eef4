/**
 * `/platform`: the door for gateways above, to which this one is a platform. A passport in place of a token, and a fetch in the
 * schema of one subgraph in place of an operation; then the same way as for everybody: identify, admit, execute, record.
 */
import {
  boundsOf,
  DEADLINE_HEADER,
  HOPS_HEADER,
  PASSPORT_HEADER,
  REQUEST_ID_HEADER,
  SUBGRAPH_HEADER,
} from '@yiwang/schema';
import type { FastifyRequest } from 'fastify';
import { type DocumentNode, GraphQLError, parse } from 'graphql';
import { createLruCache } from '../../kit/collections/lru-cache.ts';
import { sha256 } from '../../kit/crypto/digest.ts';
import { documentBytes } from '../../kit/graphql/document-bytes.ts';
import { PublicError } from '../../model/errors.ts';
import type { Limits } from '../../model/limits.ts';
import type { Rights } from '../../model/rights.ts';
import type { GatewayCoverage, UpstreamOperation, UpstreamResult } from '../../model/upstream.ts';
import type { Coverage, View } from '../../model/validated-operation.ts';
import type { GraphQLHttpAnswer } from '../graphql/apollo.ts';
import { readRequestId } from '../graphql/graphql-route.ts';
import { createRecordedRoute, type RequestScope, type Route, type RouteOptions } from '../lifecycle/recorded-route.ts';
import type { RequestSteps, UpstreamSteps } from '../lifecycle/steps.ts';
import { readDeadline } from '../request/preferences.ts';
import { codeOf, formatError, parserBoundOf } from '../response/errors.ts';
import { statusOf } from '../response/status.ts';

export interface PlatformRouteOptions extends RouteOptions {
  readonly steps: Pick<RequestSteps, 'enter' | 'reserve'>;
  readonly readPassport: NonNullable<RequestSteps['readPassport']>;
}

interface UpstreamRequest {
  readonly text: string;
  readonly hash: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export function createPlatformRoute(options: PlatformRouteOptions): Route {
  const { steps, readPassport, limits } = options;
  const parseText = createDocumentParser(limits);
  return createRecordedRoute(options, {
    requestIdOf: (request) => readRequestId(request, REQUEST_ID_HEADER),
    async handle(request, arrival) {
      const deadlineMs = arrival.leftOf(readDeadline(request.headers[DEADLINE_HEADER], limits.operationDeadlineMs));
      const signal = arrival.within(deadlineMs);
      const rights = await readPassport(request.headers[PASSPORT_HEADER], request.ip);
      arrival.rights = rights;
      const { server, release } = steps.enter();
      try {
        const relay = server.upstream;
        if (!relay) throw new Error('the generation has no steps for gateways above');
        const hops = readHops(request.headers[HOPS_HEADER], limits);
        const subgraph = String(request.headers[SUBGRAPH_HEADER] ?? '');
        const view = readView(relay, subgraph, rights);
        const upstreamRequest = readUpstreamRequest(request);
        const { hash, variables } = upstreamRequest;
        const document = parseText(upstreamRequest);
        const admission = relay.admit({ view, document, hash, operationName: undefined, variables });
        if (admission.kind === 'refused') return refuse(admission.errors, arrival);
        if (admission.introspection)
          throw new PublicError('BAD_USER_INPUT', 'Questions about the schema are not answered here.');
        const { operation, fields, kept, coerced } = admission;
        arrival.result.asked = kept && { ...kept, name: operation.name?.value, fields };
        const shared = { document, operationName: undefined, hash, variables, coerced, view, rights, subgraph, hops };
        const asked: UpstreamOperation = {
          ...shared,
          completeness: 0,
          explainCoverage: true,
          deadlineMs,
          caller: arrival.caller,
          requestId: arrival.requestId,
          signal,
        };
        return answerOf(await relay.execute(asked), arrival, limits);
      } finally {
        release();
      }
    },
  });
}

/** Throws `TOO_COSTLY` where gateways that stand in each other's directories would hand it round in a ring. */
function readHops(header: unknown, { relayHopsMax }: Limits): number {
  const hops = typeof header === 'string' && /^\d{1,4}$/.test(header) ? Number(header) : 1;
  if (hops <= relayHopsMax) return hops;
  throw new PublicError('TOO_COSTLY', `This came through ${hops} gateways; at most ${relayHopsMax} are allowed.`);
}

function readView(relay: UpstreamSteps, subgraph: string, { classes }: Rights): View {
  const view = relay.viewOf(subgraph, classes);
  if (view) return view;
  throw new PublicError('BAD_USER_INPUT', `The header "${SUBGRAPH_HEADER}" must name a subgraph that is served here.`);
}

function readUpstreamRequest({ body }: FastifyRequest): UpstreamRequest {
  const { query, variables } = (body ?? {}) as Readonly<Record<string, unknown>>;
  const isObject = typeof variables === 'object' && variables !== null && !Array.isArray(variables);
  if (typeof query !== 'string' || !(isObject || variables === undefined)) {
    throw new PublicError('BAD_USER_INPUT', 'Expected a JSON object with "query" and, if need be, "variables".');
  }
  return { text: query, hash: sha256(query), variables: isObject ? (variables as Record<string, unknown>) : {} };
}

/** Gateways ask in few texts; each is parsed once. */
function createDocumentParser(limits: Limits): (question: UpstreamRequest) => DocumentNode {
  const weight = { bytesMax: limits.documentCacheBytesMax, bytesOf: documentBytes };
  const documents = createLruCache<string, DocumentNode>(limits.documentCacheMax, weight);
  return ({ text, hash }) => {
    const document = documents.get(hash) ?? parseBounded(text, limits);
    documents.set(hash, document);
    return document;
  };
}

function parseBounded(text: string, limits: Limits): DocumentNode {
  const { tokensMax, operationTextMax, commentsMax, relayGrowthMax } = limits;
  try {
    return parse(text, {
      noLocation: true,
      maxTokens: tokensMax * relayGrowthMax,
      maxComments: commentsMax,
      maxSourceLength: operationTextMax * relayGrowthMax,
    });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const bound = parserBoundOf(error.message);
    throw new PublicError(bound ? 'TOO_COSTLY' : 'GRAPHQL_PARSE_FAILED', error.message, { extensions: { ...bound } });
  }
}

function refuse(errors: readonly GraphQLError[], { result }: RequestScope): GraphQLHttpAnswer {
  const codes = [...new Set(errors.map(codeOf))];
  result.codes = codes;
  const status = statusOf({ hasData: false, codes, graphqlMediaType: true, wellFormed: true });
  return jsonAnswer(status, { errors: errors.map((error) => formatError(error.toJSON(), error)) });
}

function answerOf(
  { data, errors, coverage }: UpstreamResult,
  { result }: RequestScope,
  { responseBytesMax }: Limits,
): GraphQLHttpAnswer {
  result.codes = [...new Set(errors.map(codeOf))];
  result.coverage = toCoverage(coverage);
  const text = JSON.stringify(data);
  const bytes = Buffer.from(text);
  if (bytes.length > responseBytesMax) {
    const message = `The answer comes to more than ${responseBytesMax} bytes; ask for less at a time.`;
    throw new PublicError('TOO_COSTLY', message, { extensions: { limit: 'responseBytesMax', max: responseBytesMax } });
  }
  result.data = { bytes, rows: undefined };
  const formatted = errors.map((error) => formatError(error.toJSON(), error));
  const errorsAndCoverage = {
    ...(formatted.length > 0 ? { errors: formatted } : {}),
    extensions: { coverage: toWire(coverage) },
  };
  return { status: 200, headers: JSON_TYPE, body: `{"data":${text},${JSON.stringify(errorsAndCoverage).slice(1)}\n` };
}

function toCoverage({ platforms, unserved }: GatewayCoverage): Coverage {
  const answered = platforms.filter(({ status }) => status === 'OK').length;
  const complete = answered === platforms.length && unserved.length === 0;
  return { asked: platforms.length, answered, complete, platforms, unserved };
}

function toWire(coverage: GatewayCoverage) {
  const platforms = coverage.platforms.map((entry) => ({ ...entry, owns: boundsOf(entry.owns) }));
  return { ...toCoverage(coverage), platforms };
}

function jsonAnswer(status: number, body: object): GraphQLHttpAnswer {
  return { status, headers: JSON_TYPE, body: `${JSON.stringify(body)}\n` };
}

const JSON_TYPE: ReadonlyMap<string, string> = new Map([['content-type', 'application/json; charset=utf-8']]);
