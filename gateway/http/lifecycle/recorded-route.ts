/** What every door to operations has in common: room is taken, time is kept, and every way out passes the record. */
import { performance } from 'node:perf_hooks';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import type { Bag } from '../../kit/collections/bag.ts';
import type { AdmissionQueue } from '../../kit/concurrency/admission-queue.ts';
import { type CancelController, createCancelController } from '../../kit/concurrency/cancel-controller.ts';
import { sha256 } from '../../kit/crypto/digest.ts';
import type { Caller } from '../../model/caller.ts';
import { PublicError } from '../../model/errors.ts';
import type { Limits } from '../../model/limits.ts';
import type { RecordEntry } from '../../model/record-entry.ts';
import type { Rights } from '../../model/rights.ts';
import type { CancelSignal } from '../../model/validated-operation.ts';
import type { GraphQLHttpAnswer } from '../graphql/apollo.ts';
import { toStream } from '../graphql/incremental-response.ts';
import type { Metrics } from '../operator/metrics.ts';
import { codeOf, formatError } from '../response/errors.ts';
import { mediaTypeFor } from '../response/media-type.ts';
import { statusOf } from '../response/status.ts';
import type { Callers } from './callers.ts';
import { countRows } from './count-rows.ts';
import { createOperationResult, type OperationResult } from './operation-context.ts';
import type { OperationSlots } from './operation-slots.ts';
import type { RecordPlace, RequestSteps } from './steps.ts';
import { awaitTurn } from './turn.ts';

export interface RouteOptions {
  readonly steps: Pick<RequestSteps, 'reserve'>;
  readonly limits: Limits;
  readonly metrics: Metrics;
  readonly log: Logger;
  /** Operations at work. */
  readonly inFlight: Bag<CancelController>;
  readonly isStopping: () => boolean;
  readonly callers: Callers;
  /** For operations at work and those that wait, whatever door they come to. */
  readonly slots: OperationSlots;
  /** That operations pass before they begin, whatever door they come to. */
  readonly turnstile: AdmissionQueue;
}

export type Route = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

export interface RequestScope {
  readonly at: Date;
  readonly startedMs: number;
  readonly requestId: string;
  readonly caller: Caller;
  readonly result: OperationResult;
  rights: Rights | undefined;
  /** What is to be done when the answer is out, whatever came of it. */
  onEnd(then: () => void): void;
  /** What is left of so many milliseconds since it came, 1 at least. */
  leftOf(deadlineMs: number): number;
  /** Gives the operation up after so many milliseconds and the grace. */
  within(deadlineMs: number): CancelSignal;
}

/** When a request came, in milliseconds of the calendar and of the clock, and from whom. */
interface Receipt {
  readonly at: number;
  readonly startedMs: number;
  readonly caller: Caller;
  /** Gives its room back; a refusal where it is not to begin. */
  readonly slot: (() => void) | PublicError;
}

/** One door: who comes, and what becomes of it. What `visit` throws is a refusal. */
export interface RouteHandler {
  requestIdOf(request: FastifyRequest): string;
  handle(request: FastifyRequest, arrival: RequestScope): Promise<GraphQLHttpAnswer>;
}

export function createRecordedRoute(options: RouteOptions, handler: RouteHandler): Route {
  const { limits, metrics, log, inFlight, callers, slots, turnstile } = options;

  /** A function of its own: what waits grows old, and would hold what is made after its wait until a full collection. */
  const serve = async (request: FastifyRequest, reply: FastifyReply, receipt: Receipt): Promise<FastifyReply> => {
    const work = createCancelController();
    let overdue: NodeJS.Timeout | undefined;
    const { caller, slot } = receipt;
    const atEnd: (() => void)[] = slot instanceof PublicError ? [] : [slot];
    const scope: RequestScope = {
      at: new Date(receipt.at),
      startedMs: receipt.startedMs,
      requestId: handler.requestIdOf(request),
      caller,
      result: createOperationResult(),
      rights: undefined,
      onEnd: (then) => void atEnd.push(then),
      leftOf: (deadlineMs) => Math.max(1, deadlineMs - (performance.now() - scope.startedMs)),
      within: (deadlineMs) => {
        overdue = setTimeout(() => work.abort(), deadlineMs + limits.deadlineGraceMs);
        return work.signal;
      },
    };
    void reply.header('x-request-id', scope.requestId);
    let recordPlace: RecordPlace | undefined;
    let answer: GraphQLHttpAnswer;
    try {
      if (slot instanceof PublicError) throw slot;
      recordPlace = enter(options);
      atEnd.push(inFlight.add(work));
      if (reply.raw.destroyed) work.abort();
      reply.raw.once('close', () => {
        if (!reply.raw.writableFinished) work.abort();
      });
      answer = await handler.handle(request, scope);
    } catch (error) {
      answer = refuse(error, request, scope, log);
    }
    if (scope.rights) callers.confirm(caller);
    const end = (digest: () => string): void => {
      clearTimeout(overdue);
      for (const then of atEnd) then();
      const facts = factsOf(scope, answer);
      recordPlace?.fill(() => toOperation(scope, facts, { digest: digest(), request, limits }));
      count(metrics, facts, scope);
    };
    if (!answer.parts) end(() => sha256(answer.body));
    for (const [name, value] of answer.headers) void reply.header(name, value);
    // A connection that stays open would keep the stop waiting.
    if (options.isStopping()) void reply.header('connection', 'close');
    return reply.code(answer.status).send(answer.parts ? toStream(answer.parts, end) : answer.body);
  };
  return async (request, reply) => {
    const at = Date.now();
    const startedMs = performance.now();
    const caller = callers.of(request.headers, request.ip);
    const entry = slots.acquire(caller);
    if (entry instanceof PublicError) return serve(request, reply, { at, startedMs, caller, slot: entry });
    const turn = awaitTurn(turnstile, caller, reply.raw, limits.operationDeadlineMs);
    if (turn && !(await turn)) {
      entry();
      return serve(request, reply, { at, startedMs, caller, slot: turnTimedOut(limits) });
    }
    return serve(request, reply, { at, startedMs, caller, slot: entry });
  };
}

function turnTimedOut({ operationDeadlineMs }: Limits): PublicError {
  const message = `It was not the turn of this operation within ${operationDeadlineMs} ms; ask again later.`;
  return new PublicError('OVERLOADED', message, {
    extensions: { limit: 'operationDeadlineMs', max: operationDeadlineMs },
  });
}

function refuse(
  error: unknown,
  request: FastifyRequest,
  { result, requestId }: RequestScope,
  log: Logger,
): GraphQLHttpAnswer {
  const code = codeOf(error);
  if (code === 'INTERNAL') log.error({ err: error, requestId }, 'a request failed');
  result.codes = [code];
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
type OperationFacts = Pick<RecordEntry, 'outcome' | 'codes' | 'durationMs'>;

function factsOf({ startedMs, result }: RequestScope, answer: GraphQLHttpAnswer): OperationFacts {
  return {
    outcome: outcomeOf(result, answer),
    codes: result.codes,
    durationMs: Math.round(performance.now() - startedMs),
  };
}

interface EndFacts {
  /** Of the answer. */
  readonly digest: string;
  readonly request: FastifyRequest;
  readonly limits: Limits;
}

function toOperation(arrival: RequestScope, facts: OperationFacts, { digest, request, limits }: EndFacts): RecordEntry {
  const { at, requestId, rights, result } = arrival;
  return {
    ...facts,
    receivedAt: at,
    requestId,
    rights,
    operation: result.asked,
    refusedText: result.asked ? undefined : beginningOf(textSent(request), limits.recordRefusedTextMax),
    address: rights ? undefined : request.ip,
    platforms: [...new Set(result.coverage?.platforms.map(({ platform }) => platform))].sort(),
    rows: result.data?.rows ?? countRows(result.data?.bytes),
    answerDigest: digest,
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

function outcomeOf({ codes, data }: OperationResult, { status }: GraphQLHttpAnswer): RecordEntry['outcome'] {
  if (data !== undefined && data !== null) return codes.length === 0 ? 'answered' : 'partial';
  return codes.includes('INTERNAL') || status === 500 ? 'failed' : 'refused';
}

function count(
  metrics: Metrics,
  { outcome, durationMs, codes }: OperationFacts,
  { result, rights }: RequestScope,
): void {
  metrics.countRequest({ audience: rights?.audience ?? 'none', outcome, durationMs });
  metrics.countErrors(codes);
  if (result.coverage) metrics.countCoverage(result.coverage);
}
