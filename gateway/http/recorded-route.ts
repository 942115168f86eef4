/** What every door to operations has in common: room is taken, time is kept, and every way out passes the record. */
import { performance } from 'node:perf_hooks';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { type Aborter, createAborter } from '../kit/aborter.ts';
import { sha256 } from '../kit/digest.ts';
import type { Roster } from '../kit/roster.ts';
import type { Turnstile } from '../kit/turnstile.ts';
import type { Caller } from '../model/caller.ts';
import { PublicError } from '../model/errors.ts';
import type { Limits } from '../model/limits.ts';
import type { Operation } from '../model/operation.ts';
import type { Signal } from '../model/request.ts';
import type { Rights } from '../model/rights.ts';
import type { GraphQLHttpAnswer } from './apollo.ts';
import type { Callers } from './callers.ts';
import { codeOf, formatError } from './errors.ts';
import { mediaTypeFor } from './media-type.ts';
import type { Metrics } from './metrics.ts';
import { streamOf } from './parts.ts';
import type { RecordPlace, Steps } from './ports.ts';
import type { Room } from './room.ts';
import { countRows } from './rows.ts';
import { statusOf } from './status.ts';
import { takeTurn } from './turn.ts';
import { createFindings, type Findings } from './visit.ts';

export interface RouteOptions {
  readonly steps: Pick<Steps, 'reserve'>;
  readonly limits: Limits;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Operations at work. */
  readonly atWork: Roster<Aborter>;
  readonly isStopping: () => boolean;
  readonly callers: Callers;
  /** For operations at work and those that wait, whatever door they come to. */
  readonly room: Room;
  /** That operations pass before they begin, whatever door they come to. */
  readonly turnstile: Turnstile;
}

export type Route = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

export interface Arrival {
  readonly at: Date;
  readonly startedMs: number;
  readonly requestId: string;
  readonly caller: Caller;
  readonly findings: Findings;
  rights: Rights | undefined;
  /** What is to be done when the answer is out, whatever came of it. */
  onEnd(then: () => void): void;
  /** What is left of so many milliseconds since it came, 1 at least. */
  leftOf(deadlineMs: number): number;
  /** Gives the operation up after so many milliseconds and the grace. */
  within(deadlineMs: number): Signal;
}

/** When a request came, in milliseconds of the calendar and of the clock, and from whom. */
interface Came {
  readonly at: number;
  readonly startedMs: number;
  readonly caller: Caller;
  /** Gives its room back; a refusal where it is not to begin. */
  readonly entry: (() => void) | PublicError;
}

/** One door: who comes, and what becomes of it. What `visit` throws is a refusal. */
export interface Door {
  requestIdOf(request: FastifyRequest): string;
  visit(request: FastifyRequest, arrival: Arrival): Promise<GraphQLHttpAnswer>;
}

export function createRecordedRoute(options: RouteOptions, door: Door): Route {
  const { limits, metrics, log, atWork, callers, room, turnstile } = options;

  /** A function of its own: what waits grows old, and would hold what is made after its wait until a full collection. */
  const serve = async (request: FastifyRequest, reply: FastifyReply, came: Came): Promise<FastifyReply> => {
    const work = createAborter();
    let overdue: NodeJS.Timeout | undefined;
    const { caller, entry } = came;
    const atEnd: (() => void)[] = entry instanceof PublicError ? [] : [entry];
    const arrival: Arrival = {
      at: new Date(came.at),
      startedMs: came.startedMs,
      requestId: door.requestIdOf(request),
      caller,
      findings: createFindings(),
      rights: undefined,
      onEnd: (then) => void atEnd.push(then),
      leftOf: (deadlineMs) => Math.max(1, deadlineMs - (performance.now() - arrival.startedMs)),
      within: (deadlineMs) => {
        overdue = setTimeout(() => work.abort(), deadlineMs + limits.deadlineGraceMs);
        return work.signal;
      },
    };
    void reply.header('x-request-id', arrival.requestId);
    let place: RecordPlace | undefined;
    let answer: GraphQLHttpAnswer;
    try {
      if (entry instanceof PublicError) throw entry;
      place = enter(options);
      atEnd.push(atWork.add(work));
      if (reply.raw.destroyed) work.abort();
      reply.raw.once('close', () => {
        if (!reply.raw.writableFinished) work.abort();
      });
      answer = await door.visit(request, arrival);
    } catch (error) {
      answer = refuse(error, request, arrival, log);
    }
    if (arrival.rights) callers.confirm(caller);
    const end = (digest: () => string): void => {
      clearTimeout(overdue);
      for (const then of atEnd) then();
      const facts = factsOf(arrival, answer);
      place?.fill(() => toOperation(arrival, facts, { digest: digest(), request, limits }));
      count(metrics, facts, arrival);
    };
    if (!answer.parts) end(() => sha256(answer.body));
    for (const [name, value] of answer.headers) void reply.header(name, value);
    // A connection that stays open would keep the stop waiting.
    if (options.isStopping()) void reply.header('connection', 'close');
    return reply.code(answer.status).send(answer.parts ? streamOf(answer.parts, end) : answer.body);
  };
  return async (request, reply) => {
    const at = Date.now();
    const startedMs = performance.now();
    const caller = callers.of(request.headers, request.ip);
    const entry = room.take(caller);
    if (entry instanceof PublicError) return serve(request, reply, { at, startedMs, caller, entry });
    const turn = takeTurn(turnstile, caller, reply.raw, limits.operationDeadlineMs);
    if (turn && !(await turn)) {
      entry();
      return serve(request, reply, { at, startedMs, caller, entry: noTurn(limits) });
    }
    return serve(request, reply, { at, startedMs, caller, entry });
  };
}

function noTurn({ operationDeadlineMs }: Limits): PublicError {
  const message = `It was not the turn of this operation within ${operationDeadlineMs} ms; ask again later.`;
  return new PublicError('OVERLOADED', message, {
    extensions: { limit: 'operationDeadlineMs', max: operationDeadlineMs },
  });
}

function refuse(
  error: unknown,
  request: FastifyRequest,
  { findings, requestId }: Arrival,
  log: Logger,
): GraphQLHttpAnswer {
  const code = codeOf(error);
  if (code === 'INTERNAL') log.error({ err: error, requestId }, 'a request failed');
  findings.codes = [code];
  return toRefusal(error as GraphQLError, request.headers.accept);
}

/** Throws `OVERLOADED` where there is no room in the record. */
function enter({ steps, isStopping }: RouteOptions): RecordPlace {
  if (isStopping()) throw new PublicError('OVERLOADED', 'The gateway is stopping; ask again.');
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
  const mediaType = mediaTypeFor(accept) ?? 'application/json';
  const code = codeOf(error);
  const formatted = formatError(error instanceof PublicError ? error.toJSON() : { message: '' }, error);
  const headers = new Map([['content-type', `${mediaType}; charset=utf-8`]]);
  if (code === 'UNAUTHENTICATED') headers.set('www-authenticate', 'Bearer, ApiKey');
  if (code === 'OVERLOADED') headers.set('retry-after', '1');
  if (error instanceof PublicError && code === 'QUOTA_EXCEEDED') {
    headers.set('retry-after', String(error.extensions.retryAfterSeconds ?? 1));
    // Who guesses pays for a connection with each guess.
    headers.set('connection', 'close');
  }
  return {
    status: statusOf({
      hasData: false,
      codes: [code],
      graphqlMediaType: mediaType === 'application/graphql-response+json',
      wellFormed,
    }),
    headers,
    body: `${JSON.stringify({ errors: [formatted] })}\n`,
  };
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

interface Ends {
  /** Of the answer. */
  readonly digest: string;
  readonly request: FastifyRequest;
  readonly limits: Limits;
}

function toOperation(arrival: Arrival, facts: Facts, { digest, request, limits }: Ends): Operation {
  const { at, requestId, rights, findings } = arrival;
  return {
    ...facts,
    at,
    requestId,
    rights,
    asked: findings.asked,
    refusedText: findings.asked ? undefined : beginningOf(textSent(request), limits.recordRefusedTextMax),
    address: rights ? undefined : request.ip,
    platforms: [...new Set(findings.coverage?.platforms.map(({ platform }) => platform))].sort(),
    rows: findings.data?.rows ?? countRows(findings.data?.bytes),
    digest,
  };
}

/** A copy: a slice would hold the whole text while it waits to be written. */
function beginningOf(text: string | undefined, max: number): string | undefined {
  return text === undefined ? undefined : Buffer.from(text.slice(0, max), 'utf16le').toString('utf16le');
}

/** The text of the operation, as it came in the body or in the address. */
function textSent({ body, query }: FastifyRequest): string | undefined {
  for (const part of [body, query]) {
    if (typeof part !== 'object' || part === null || !('query' in part)) continue;
    if (typeof part.query === 'string') return part.query;
  }
  return undefined;
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
