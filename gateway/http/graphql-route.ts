/** `/graphql`: receive, then identify, admit, execute and record, in this order; every way out passes the record. */
import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { sha256 } from '../kit/digest.ts';
import { PublicError } from '../model/errors.ts';
import type { Limits } from '../model/limits.ts';
import type { Operation } from '../model/operation.ts';
import type { Rights } from '../model/rights.ts';
import type { GraphQLHttpAnswer, ViewServer } from './apollo.ts';
import { codeOf, formatError } from './errors.ts';
import type { Metrics } from './metrics.ts';
import type { RecordPlace, Steps } from './ports.ts';
import { type Preferences, readPreferences } from './preferences.ts';
import { countRows } from './rows.ts';
import { statusOf } from './status.ts';
import { createFindings, type Findings, type Visit } from './visit.ts';

export interface GraphQLRouteOptions {
  readonly steps: Steps;
  readonly servers: ReadonlyMap<string, ViewServer>;
  readonly limits: Limits;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Operations at work. */
  readonly atWork: Set<AbortController>;
  readonly isStopping: () => boolean;
}

export type GraphQLRoute = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

interface Arrival {
  readonly at: Date;
  readonly startedMs: number;
  readonly requestId: string;
  readonly findings: Findings;
  rights: Rights | undefined;
}

export function createGraphQLRoute(options: GraphQLRouteOptions): GraphQLRoute {
  const { steps, limits, metrics, log, atWork } = options;

  return async (request, reply) => {
    const arrival: Arrival = {
      at: new Date(),
      startedMs: performance.now(),
      requestId: requestIdOf(request),
      findings: createFindings(),
      rights: undefined,
    };
    void reply.header('x-request-id', arrival.requestId);
    const work = new AbortController();
    let overdue: NodeJS.Timeout | undefined;
    let place: RecordPlace | undefined;
    let answer: GraphQLHttpAnswer;
    try {
      place = enter(options);
      atWork.add(work);
      reply.raw.once('close', () => {
        if (!reply.raw.writableFinished) work.abort();
      });
      const preferences = readPreferences(request.headers, limits);
      overdue = setTimeout(() => work.abort(), preferences.deadlineMs + limits.deadlineGraceMs);
      answer = await visit(request, arrival, preferences, work.signal);
    } catch (error) {
      answer = refuse(error, request, arrival);
    } finally {
      clearTimeout(overdue);
      atWork.delete(work);
    }
    const facts = factsOf(arrival, answer);
    place?.fill(() => toOperation(arrival, facts, answer));
    count(metrics, facts, arrival);
    for (const [name, value] of answer.headers) void reply.header(name, value);
    // A connection that stays open would keep the stop waiting.
    if (options.isStopping()) void reply.header('connection', 'close');
    return reply.code(answer.status).send(answer.body);
  };

  async function visit(
    request: FastifyRequest,
    arrival: Arrival,
    preferences: Preferences,
    signal: AbortSignal,
  ): Promise<GraphQLHttpAnswer> {
    const rights = await steps.identify(request.headers);
    arrival.rights = rights;
    const view = steps.viewOf(rights);
    const server = options.servers.get(view.name);
    if (server === undefined) throw new Error(`no server for the view "${view.name}"`);
    const { requestId, findings } = arrival;
    const caller: Visit = { requestId, rights, view, preferences, signal, findings };
    const search = request.url.indexOf('?');
    return server.answer(
      {
        method: request.method,
        headers: request.headers,
        search: search === -1 ? '' : request.url.slice(search),
        body: request.body,
      },
      caller,
    );
  }

  function refuse(error: unknown, request: FastifyRequest, { findings, requestId }: Arrival): GraphQLHttpAnswer {
    const code = codeOf(error);
    if (code === 'INTERNAL') log.error({ err: error, requestId }, 'a request failed');
    findings.codes = [code];
    return toRefusal(error as GraphQLError, request.headers.accept);
  }
}

/** Throws `OVERLOADED` where there is no room, at work or in the record. */
function enter({ steps, limits, atWork, isStopping }: GraphQLRouteOptions): RecordPlace {
  if (isStopping()) throw new PublicError('OVERLOADED', 'The gateway is stopping; ask again.');
  if (atWork.size >= limits.operationsInFlightMax) {
    throw new PublicError('OVERLOADED', `The gateway is at work on ${atWork.size} operations; ask again shortly.`);
  }
  const place = steps.reserve();
  if (place === undefined) {
    throw new PublicError(
      'OVERLOADED',
      'Operations cannot be put on record at present, so that none is answered; ask again later.',
    );
  }
  return place;
}

export function toRefusal(error: unknown, accept: string | undefined, wellFormed = true): GraphQLHttpAnswer {
  const graphqlMediaType = /application\/graphql-response\+json/.test(accept ?? '');
  const code = codeOf(error);
  const formatted = formatError(error instanceof PublicError ? error.toJSON() : { message: '' }, error);
  const headers = new Map([
    ['content-type', `application/${graphqlMediaType ? 'graphql-response+' : ''}json; charset=utf-8`],
  ]);
  if (code === 'UNAUTHENTICATED') headers.set('www-authenticate', 'Bearer, ApiKey');
  if (code === 'OVERLOADED') headers.set('retry-after', '1');
  return {
    status: statusOf({ hasData: false, codes: [code], graphqlMediaType, wellFormed }),
    headers,
    body: `${JSON.stringify({ errors: [formatted] })}\n`,
  };
}

/** The caller's id is kept where it is harmless in logs and headers. */
export function requestIdOf(request: FastifyRequest): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID();
}

/** What is known of an operation without a look at its answer. */
type Facts = Pick<Operation, 'outcome' | 'codes' | 'durationMs'>;

function factsOf({ startedMs, findings }: Arrival, answer: GraphQLHttpAnswer): Facts {
  return {
    outcome: outcomeOf(findings, answer),
    codes: findings.codes,
    durationMs: Math.round(performance.now() - startedMs),
  };
}

function toOperation({ at, requestId, rights, findings }: Arrival, facts: Facts, answer: GraphQLHttpAnswer): Operation {
  return {
    ...facts,
    at,
    requestId,
    rights,
    asked: findings.asked,
    platforms: [...new Set(findings.coverage?.platforms.map(({ platform }) => platform))].sort(),
    rows: findings.data?.rows ?? countRows(findings.data?.text),
    digest: sha256(answer.body),
  };
}

function outcomeOf({ codes, data }: Findings, { status }: GraphQLHttpAnswer): Operation['outcome'] {
  if (data !== undefined && data !== null) return codes.length === 0 ? 'answered' : 'partial';
  return codes.includes('INTERNAL') || status === 500 ? 'failed' : 'refused';
}

function count(metrics: Metrics, { outcome, durationMs, codes }: Facts, { findings, rights }: Arrival): void {
  metrics.countRequest({ audience: rights?.audience ?? 'none', outcome, durationMs });
  metrics.countErrors(codes);
  if (findings.coverage) metrics.countCoverage(findings.coverage);
}
