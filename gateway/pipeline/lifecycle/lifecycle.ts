/**
 * Lifecycle of every request to /graphql and /platform: concurrency limit → turn → deadline and abort → stages → record
 * and observers. Every request ends here, whether it succeeds or not.
 */
import type { ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import type { Logger } from 'pino';
import type { Bag } from '../../kit/collections/bag.ts';
import type { AdmissionQueue } from '../../kit/concurrency/admission-queue.ts';
import { sha256 } from '../../kit/crypto/digest.ts';
import { codeOf } from '../../model/error-code.ts';
import { PublicError } from '../../model/errors.ts';
import type { Limits } from '../../model/limits.ts';
import type { RecordEntry } from '../../model/record-entry.ts';
import { type HttpRequest, type HttpResponse, type Receipt, RequestContext } from '../context.ts';
import { type Around, type RunRequest, unwrapped } from '../stages.ts';
import { awaitTurn } from './await-turn.ts';
import type { Callers } from './callers.ts';
import { type BodyFacts, hashStream } from './hash-stream.ts';
import type { OperationSlots } from './operation-slots.ts';
import { factsOf, type RequestFacts, toRecordEntry } from './record-entry.ts';

/** To be filled exactly once. */
export interface RecordSlot {
  fill(read: () => RecordEntry): void;
}

/** A response on its way to the client. */
export interface Outgoing {
  readonly response: HttpResponse;
  readonly body: string | Buffer | Readable;
  readonly requestId: string;
  /** True if the connection closes after it. */
  readonly isLast: boolean;
}

export type RequestObserver = (facts: RequestFacts, context: RequestContext, body: BodyFacts) => void;

export interface LifecycleOptions<Reply> {
  readonly limits: Limits;
  readonly log: Logger;
  readonly callers: Callers;
  /** Slots of the requests in flight and of those that wait, shared by both paths. */
  readonly slots: OperationSlots;
  readonly queue: AdmissionQueue;
  readonly inFlight: Bag<RequestContext>;
  readonly isStopping: () => boolean;
  /** Undefined if the record is full: what cannot be recorded is not answered. */
  readonly reserve: () => RecordSlot | undefined;
  /** Called for each request when its response is complete. */
  readonly observers: readonly RequestObserver[];
  /** Formats an error in the media type that the client accepts. */
  readonly refuse: (error: unknown, request: HttpRequest) => HttpResponse;
  readonly send: (reply: Reply, outgoing: Outgoing) => Reply;
  readonly around?: Around | undefined;
}

export type Handler<Reply> = (request: HttpRequest, reply: Reply) => Promise<Reply>;

interface Finished {
  readonly request: HttpRequest;
  readonly response: HttpResponse;
  readonly slot: RecordSlot | undefined;
  readonly body: BodyFacts;
}

export function createHandler<Reply extends { readonly raw: ServerResponse }>(
  options: LifecycleOptions<Reply>,
  run: RunRequest,
  requestIdOf: (request: HttpRequest) => string,
): Handler<Reply> {
  const { limits, callers, slots, queue, inFlight, isStopping, observers, send, around = unwrapped } = options;
  const record = around('record', (context: RequestContext, { request, response, slot, body }: Finished): void => {
    const facts = factsOf(context, response);
    slot?.fill(() => toRecordEntry(context, facts, { request, limits, digest: body.digest() }));
    for (const observe of observers) observe(facts, context, body);
  });

  /** Apart from the wait: objects that wait grow old, and would keep what is created later until a full collection. */
  const serve = async (
    request: HttpRequest,
    reply: Reply,
    receipt: Receipt,
    slot: (() => void) | PublicError,
  ): Promise<Reply> => {
    const context = new RequestContext(receipt, requestIdOf(request));
    let recordSlot: RecordSlot | undefined;
    let response: HttpResponse;
    try {
      if (slot instanceof PublicError) throw slot;
      context.onEnd(slot);
      recordSlot = reserve(options);
      context.onEnd(inFlight.add(context));
      abortOnClose(reply.raw, context);
      response = await run(request, context);
    } catch (error) {
      response = refuse(error, request, context, options);
    }
    if (context.rights) callers.confirm(receipt.caller);
    const end = (sent: BodyFacts): void => {
      context.end();
      record(context, { request, response, slot: recordSlot, body: sent });
    };
    const { parts, body } = response;
    if (!parts) end({ digest: () => sha256(body), bytes: () => Buffer.byteLength(body) });
    const outgoing = { response, body: parts ? hashStream(parts, end) : body };
    return send(reply, { ...outgoing, requestId: context.requestId, isLast: isStopping() });
  };
  return (request, reply) => {
    const at = Date.now();
    const startedMs = performance.now();
    const caller = callers.of(request.headers, request.ip);
    const receipt = { at, startedMs, caller };
    const slot = slots.acquire(caller);
    if (slot instanceof PublicError) return serve(request, reply, receipt, slot);
    const turn = awaitTurn(queue, caller, reply.raw, limits.operationDeadlineMs);
    if (!turn) return serve(request, reply, receipt, slot);
    return turn.then((isTurn) => {
      if (isTurn) return serve(request, reply, receipt, slot);
      slot();
      return serve(request, reply, receipt, turnTimedOut(limits));
    });
  };
}

function abortOnClose(response: ServerResponse, context: RequestContext): void {
  if (response.destroyed) context.abort();
  response.once('close', () => {
    if (!response.writableFinished) context.abort();
  });
}

function turnTimedOut({ operationDeadlineMs }: Limits): PublicError {
  const message = `The operation waited ${operationDeadlineMs} ms for its turn; ask again later.`;
  return new PublicError('OVERLOADED', message, {
    extensions: { limit: 'operationDeadlineMs', max: operationDeadlineMs },
  });
}

/** Throws `OVERLOADED` if the gateway stops or the record is full. */
function reserve<Reply>({ isStopping, reserve: reserveSlot }: LifecycleOptions<Reply>): RecordSlot {
  if (isStopping()) throw new PublicError('OVERLOADED', 'The gateway is stopping; ask again.');
  const slot = reserveSlot();
  if (slot) return slot;
  throw new PublicError(
    'OVERLOADED',
    'Operations cannot be recorded at present, so none is answered; ask again later.',
  );
}

function refuse<Reply>(
  error: unknown,
  request: HttpRequest,
  context: RequestContext,
  options: LifecycleOptions<Reply>,
): HttpResponse {
  const code = codeOf(error);
  const { requestId } = context;
  if (code === 'INTERNAL') options.log.error({ err: error, requestId }, 'a request failed');
  context.codes = [code];
  context.data = undefined;
  return options.refuse(error, request);
}
