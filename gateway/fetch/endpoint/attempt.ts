/** One attempt to send a request to one endpoint: waits for room at the endpoint, then in its tier, then sends. */
import { DEADLINE_HEADER, HOPS_HEADER, PASSPORT_HEADER, REQUEST_ID_HEADER, SUBGRAPH_HEADER } from '@yiwang/schema';
import type { ConcurrencyLimiter } from '../../kit/concurrency/concurrency-limiter.ts';
import type { Waiter } from '../../kit/concurrency/waiter.ts';
import type { CallTrace } from '../../model/platform/platform-answer.ts';
import type { BreakerKeys } from '../breakers/breaker-keys.ts';
import { type BreakerTicket, ENDPOINT_BREAKER_OPEN } from '../breakers/circuit-breaker.ts';
import type { CallOutcome, CancelReason, OnOutcome } from '../call-outcome.ts';
import type { ConnectionKind, ConnectionPool } from '../connection/connection-pool.ts';
import { ACCEPT_ENCODING } from '../connection/decode-body.ts';
import type { HttpExchange } from '../connection/http-exchange.ts';
import type { EndpointHealth, SentCall } from './endpoint-health.ts';

/** One request, whichever endpoint of its platform it goes to. */
export interface OutboundRequest {
  /** JSON text of the request: its query and variables. */
  readonly body: string;
  readonly requestId: string;
  /** Returns a passport that is good from now on; a promise while it is being signed. Undefined for a plain address. */
  readonly passport: (() => string | Promise<string>) | undefined;
  /** Names and values of the client's headers, by turns. */
  readonly forwardedHeaders: readonly string[] | undefined;
  /** The logical subgraph. */
  readonly subgraph: string;
  /** Gateways that the request has passed, this one included. */
  readonly hops: number;
  /** Milliseconds of the clock by which the answer is due. */
  readonly dueAt: number;
  /** Callers take turns. Those without a key count as one. */
  readonly callerKey: string | undefined;
  /** Operations of one caller take turns. */
  readonly operation: object;
  readonly tierLimiter: ConcurrencyLimiter | undefined;
  readonly breakerKeys: BreakerKeys;
  /** Undefined without tracing. */
  readonly trace: CallTrace | undefined;
}

export interface Attempt {
  /** Does nothing if the attempt is over. */
  cancel(reason: CancelReason): void;
}

/** A request that the breaker of the endpoint let through. */
export interface AdmittedRequest {
  readonly request: OutboundRequest;
  readonly ticket: BreakerTicket;
  readonly connection: ConnectionKind;
}

export interface EndpointHandle {
  readonly pool: ConnectionPool;
  readonly health: EndpointHealth;
  readonly now: () => number;
  onAttemptEnd(): void;
}

/** Calls `onOutcome` once, perhaps before it returns; not at all if the attempt is cancelled before. */
export function startAttempt(endpoint: EndpointHandle, admitted: AdmittedRequest, onOutcome: OnOutcome): Attempt {
  const attempt = new QueuedAttempt(endpoint, admitted, onOutcome);
  endpoint.health.limiter.acquire(attempt);
  return attempt;
}

/**
 * Every call makes one: a class costs a third of closures. The same object waits at both limiters, one after the other.
 */
class QueuedAttempt implements Attempt, Waiter, SentCall {
  readonly group: string | undefined;
  readonly part: object;
  readonly breakerKeys: BreakerKeys;
  readonly ticket: BreakerTicket;
  sentAt = 0;
  isAtLimit = false;
  answeredCallsBefore = 0;
  readonly #endpoint: EndpointHandle;
  readonly #request: OutboundRequest;
  readonly #connection: ConnectionKind;
  readonly #onOutcome: OnOutcome;
  #stage: 'endpoint-queue' | 'tier-queue' | 'sent' | 'ended' = 'endpoint-queue';
  #exchange: HttpExchange | undefined;

  constructor(endpoint: EndpointHandle, { request, ticket, connection }: AdmittedRequest, onOutcome: OnOutcome) {
    this.group = request.callerKey;
    this.part = request.operation;
    this.#endpoint = endpoint;
    this.#request = request;
    this.breakerKeys = request.breakerKeys;
    this.ticket = ticket;
    this.#connection = connection;
    this.#onOutcome = onOutcome;
  }

  /** Called by each limiter when it has room. */
  start(): void {
    const { tierLimiter } = this.#request;
    if (this.#stage === 'endpoint-queue') {
      this.#stage = 'tier-queue';
      if (!this.#endpoint.health.breaker.isStillAllowed(this.ticket)) this.#refuse(ENDPOINT_BREAKER_OPEN);
      else if (!tierLimiter) this.#authorizeAndSend();
      else if (!tierLimiter.acquire(this)) {
        this.#refuse(`${tierLimiter.waiting} calls already wait for platforms of this tier`);
      }
    } else this.#authorizeAndSend();
  }

  cancel(reason: CancelReason): void {
    if (this.#stage === 'ended') return;
    const { health } = this.#endpoint;
    if (this.#stage === 'sent') {
      this.#exchange?.cancel();
      health.recordCancel(reason, this);
    } else health.breaker.release(this.ticket);
    this.#leave();
  }

  #authorizeAndSend(): void {
    const { health, now } = this.#endpoint;
    this.#stage = 'sent';
    this.sentAt = now();
    this.isAtLimit = health.limiter.running >= health.concurrencyLimit.callsMax;
    this.answeredCallsBefore = health.answeredCalls;
    const passport = this.#request.passport?.();
    if (!(passport instanceof Promise)) {
      this.#send(passport);
      return;
    }
    passport.then(
      (signed) => {
        if (this.#stage === 'sent') this.#send(signed);
      },
      () => {
        if (this.#stage === 'sent') this.#refuse('no passport could be signed for it');
      },
    );
  }

  #send(passport: string | undefined): void {
    const { pool, now } = this.#endpoint;
    this.#request.trace?.onAttempt();
    const headers = createHeaders(this.#request, passport, now());
    this.#exchange = pool.send(headers, this.#request.body, this.#connection, (outcome) => this.#complete(outcome));
  }

  #complete(outcome: CallOutcome): void {
    this.#endpoint.health.recordOutcome(outcome, this);
    this.#leave();
    this.#onOutcome(outcome);
  }

  #refuse(reason: string): void {
    this.#endpoint.health.breaker.release(this.ticket);
    this.#leave();
    this.#onOutcome({ kind: 'refused', reason });
  }

  #leave(): void {
    const { health } = this.#endpoint;
    const { tierLimiter } = this.#request;
    const stage = this.#stage;
    this.#stage = 'ended';
    if (stage === 'endpoint-queue') health.limiter.cancel(this);
    else {
      if (stage === 'tier-queue') tierLimiter?.cancel(this);
      else tierLimiter?.release();
      health.limiter.release();
    }
    this.#endpoint.onAttemptEnd();
  }
}

function createHeaders(
  { requestId, forwardedHeaders, subgraph, hops, dueAt, trace }: OutboundRequest,
  passport: string | undefined,
  now: number,
): string[] {
  const headers = [
    'content-type',
    'application/json',
    'accept',
    'application/json',
    'accept-encoding',
    ACCEPT_ENCODING,
    REQUEST_ID_HEADER,
    requestId,
    DEADLINE_HEADER,
    String(Math.max(1, Math.floor(dueAt - now))),
  ];
  if (passport !== undefined) {
    headers.push(PASSPORT_HEADER, passport, SUBGRAPH_HEADER, subgraph, HOPS_HEADER, String(hops));
  }
  if (trace) headers.push(...trace.headers);
  if (forwardedHeaders) headers.push(...(trace ? withoutTraceContext(forwardedHeaders) : forwardedHeaders));
  return headers;
}

/** The trace context of the call replaces that of the client. */
function withoutTraceContext(rawHeaders: readonly string[]): string[] {
  return rawHeaders.filter((_, index) => !TRACE_CONTEXT.has(rawHeaders[index - (index % 2)]!.toLowerCase()));
}

const TRACE_CONTEXT: ReadonlySet<string> = new Set(['traceparent', 'tracestate']);
