/**
 * `/platform` over HTTP: upstream gateways ask this one as a platform, with a passport in place of a token and a fetch
 * in the schema of one subgraph in place of an operation.
 */
import {
  boundsOf,
  DEADLINE_HEADER,
  HOPS_HEADER,
  PASSPORT_HEADER,
  parseGraphQLRequest,
  SUBGRAPH_HEADER,
} from '@yiwang/schema';
import { type DocumentNode, GraphQLError, parse } from 'graphql';
import { createLruCache } from '../../kit/collections/lru-cache.ts';
import { sha256 } from '../../kit/crypto/digest.ts';
import { estimateDocumentBytes } from '../../kit/graphql/document-bytes.ts';
import { codeOf, parserLimitOf } from '../../model/error-code.ts';
import { PublicError } from '../../model/errors.ts';
import type { Limits } from '../../model/limits.ts';
import type { Rights } from '../../model/rights.ts';
import type { View } from '../../model/validated-operation.ts';
import type {
  HttpResponse,
  RequestContext,
  RequestStages,
  UpstreamAnswer,
  UpstreamOperations,
} from '../../pipeline/index.ts';
import { readDeadline } from '../request/preferences.ts';
import { formatError } from '../response/format-error.ts';
import { statusOf } from '../response/status.ts';

/** Throws a `PublicError`. */
export type VerifyPassport = (token: unknown, address: string) => Promise<Rights>;

export interface UpstreamVersion {
  readonly upstream: UpstreamOperations | undefined;
}

interface FetchText {
  readonly text: string;
  readonly hash: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

export function createUpstreamStages(
  verifyPassport: VerifyPassport,
  limits: Limits,
): RequestStages<undefined, UpstreamVersion> {
  const parseText = createDocumentParser(limits);
  return {
    receive({ headers }, context) {
      const deadlineMs = readDeadline(headers[DEADLINE_HEADER], limits.operationDeadlineMs);
      context.startDeadline(deadlineMs, limits.deadlineGraceMs);
      return undefined;
    },
    identify: ({ headers, ip }) => verifyPassport(headers[PASSPORT_HEADER], ip),
    async protocol({ headers, body }, context, { rights, version: { upstream } }) {
      if (!upstream) throw new Error('the schema version has no stages for upstream gateways');
      const hops = readHops(headers[HOPS_HEADER], limits);
      const subgraph = String(headers[SUBGRAPH_HEADER] ?? '');
      const view = readView(upstream, subgraph, rights);
      const fetchText = readFetchText(body);
      const { hash, variables } = fetchText;
      const { deadlineMs, caller, requestId, signal } = context;
      const document = parseText(fetchText);
      const operation = { document, operationName: undefined, hash, variables, view, rights, subgraph, hops };
      const wishes = { completeness: 0, explainCoverage: true, deadlineMs, caller, requestId, signal };
      const answer = await upstream.run({ ...operation, ...wishes }, context);
      return answer.kind === 'refused' ? toRefusal(answer.errors, context) : toResponse(answer);
    },
  };
}

/** Throws `TOO_COSTLY` if gateways that are in each other's directories pass a fetch round in a ring. */
function readHops(header: unknown, { relayHopsMax }: Limits): number {
  const hops = typeof header === 'string' && /^\d{1,4}$/.test(header) ? Number(header) : 1;
  if (hops <= relayHopsMax) return hops;
  throw new PublicError('TOO_COSTLY', `The fetch came through ${hops} gateways; at most ${relayHopsMax} are allowed.`);
}

function readView({ viewOf }: UpstreamOperations, subgraph: string, { classes }: Rights): View {
  const view = viewOf(subgraph, classes);
  if (view) return view;
  throw new PublicError('BAD_USER_INPUT', `The header "${SUBGRAPH_HEADER}" must name a subgraph that is served here.`);
}

function readFetchText(body: unknown): FetchText {
  const request = parseGraphQLRequest(body);
  if (!request) {
    throw new PublicError('BAD_USER_INPUT', 'Expected a JSON object with "query" and, if need be, "variables".');
  }
  const { query, variables } = request;
  return { text: query, hash: sha256(query), variables };
}

/** Gateways send few different texts; each is parsed once. */
function createDocumentParser(limits: Limits): (fetchText: FetchText) => DocumentNode {
  const weight = { bytesMax: limits.documentCacheBytesMax, bytesOf: estimateDocumentBytes };
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
    const limit = parserLimitOf(error.message);
    throw new PublicError(limit ? 'TOO_COSTLY' : 'GRAPHQL_PARSE_FAILED', error.message, { extensions: { ...limit } });
  }
}

function toRefusal(errors: readonly GraphQLError[], context: RequestContext): HttpResponse {
  const codes = [...new Set(errors.map(codeOf))];
  context.codes = codes;
  const status = statusOf({ hasData: false, codes, graphqlMediaType: true, wellFormed: true });
  const body = { errors: errors.map((error) => formatError(error.toJSON(), error)) };
  return { status, headers: JSON_TYPE, body: `${JSON.stringify(body)}\n` };
}

function toResponse({ data, errors, coverage }: UpstreamAnswer): HttpResponse {
  const formatted = errors.map((error) => formatError(error.toJSON(), error));
  const platforms = coverage.platforms.map((entry) => ({ ...entry, owns: boundsOf(entry.owns) }));
  const rest = {
    ...(formatted.length > 0 ? { errors: formatted } : {}),
    extensions: { coverage: { ...coverage, platforms } },
  };
  const tail = `,${JSON.stringify(rest).slice(1)}\n`;
  const body = Buffer.concat([Buffer.from('{"data":'), data.bytes, Buffer.from(tail)]);
  return { status: 200, headers: JSON_TYPE, body };
}

const JSON_TYPE: ReadonlyMap<string, string> = new Map([['content-type', 'application/json; charset=utf-8']]);
