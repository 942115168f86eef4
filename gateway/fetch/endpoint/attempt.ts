/** One try of a parcel at one address: through its gate and the gate of its tier, and out. */
import { DEADLINE_HEADER, HOPS_HEADER, PASSPORT_HEADER, REQUEST_ID_HEADER, SUBGRAPH_HEADER } from '@yiwang/schema';
import type { ConcurrencyLimiter } from '../../kit/concurrency/concurrency-limiter.ts';
import type { Waiter } from '../../kit/concurrency/waiter.ts';
import type { BreakerKeys } from '../breakers/breaker-keys.ts';
import { type BreakerTicket, ENDPOINT_BREAKER_OPEN } from '../breakers/circuit-breaker.ts';
import type { CallOutcome, OnOutcome } from '../call-outcome.ts';
import type { ConnectionKind, ConnectionPool, HttpExchange } from '../connection/connection-pool.ts';
import { ACCEPT_ENCODING } from '../connection/decode-body.ts';
import type { CancelReason, EndpointHealth, SentCall } from './endpoint-health.ts';

/** One request as it is to go out, to whichever address of its platform. */
export interface OutboundRequest {
  /** JSON text of the request: its query and variables. */
  readonly body: string;
  readonly requestId: string;
  /** Good for as long as the call may take once it goes out, however long it waits; a promise where it is being signed. */
  readonly passport: (() => string | Promise<string>) | undefined;
  /** Names and values of the client's headers, by turns. */
  readonly forwardedHeaders: readonly string[] | undefined;
  /** The logical subgraph that is asked. */
  readonly subgraph: string;
  /** Gateways that it has come through, this one included. */
  readonly hops: number;
  /** Milliseconds of the clock by which the answer is due. */
  readonly dueAt: number;
  /** Who takes turns with other callers; undefined: all that have none are one. */
  readonly callerKey: string | undefined;
  /** Takes turns with others of its caller. */
  readonly operation: object;
  readonly tierLimiter: ConcurrencyLimiter | undefined;
  readonly breakerKeys: BreakerKeys;
}

export interface Attempt {
  cancel(reason: CancelReason): void;
}

/** A parcel that the breaker of the address let through, and the connection that it goes out on. */
export interface AdmittedRequest {
  readonly request: OutboundRequest;
  readonly ticket: BreakerTicket;
  readonly connection: ConnectionKind;
}

export interface EndpointHandle {
  readonly pool: ConnectionPool;
  readonly health: EndpointHealth;
  readonly now: () => number;
  /** Called whenever a call has left. */
  onAttemptEnd(): void;
}

/** `done` is called once, perhaps before this returns; not at all where the attempt is ended before. */
export function startAttempt(endpoint: EndpointHandle, admitted: AdmittedRequest, onOutcome: OnOutcome): Attempt {
  const attempt = new QueuedAttempt(endpoint, admitted, onOutcome);
  endpoint.health.limiter.acquire(attempt);
  return attempt;
}

/** Every call makes one: an object with methods costs a third of a closure for each. It enters both gates as itself, one after the other. */
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

  constructor(endpoint: EndpointHandle, { request, ticket, connection }: AdmittedRequest, done: OnOutcome) {
    this.group = request.callerKey;
    this.part = request.operation;
    this.#endpoint = endpoint;
    this.#request = request;
    this.breakerKeys = request.breakerKeys;
    this.ticket = ticket;
    this.#connection = connection;
    this.#onOutcome = done;
  }

  start(): void {
    const { tierLimiter } = this.#request;
    if (this.#stage === 'endpoint-queue') {
      this.#stage = 'tier-queue';
      if (!this.#endpoint.health.breaker.isStillAllowed(this.ticket)) this.#refuse(ENDPOINT_BREAKER_OPEN);
      else if (!tierLimiter) this.#authorizeAndSend();
      else if (!tierLimiter.acquire(this))
        this.#refuse(`${tierLimiter.waiting} calls wait for platforms of this tier already`);
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
    const headers = createHeaders(this.#request, passport, now());
    this.#exchange = pool.send(headers, this.#request.body, this.#connection, (outcome) => this.#complete(outcome));
  }

  #complete(outcome: CallOutcome): void {
    this.#endpoint.health.recordOutcome(outcome, this);
    this.#leave();
    this.#onOutcome(outcome);
  }

  #refuse(because: string): void {
    this.#endpoint.health.breaker.release(this.ticket);
    this.#leave();
    this.#onOutcome({ kind: 'refused', because });
  }

  #leave(): void {
    const { health } = this.#endpoint;
    const { tierLimiter } = this.#request;
    const left = this.#stage;
    this.#stage = 'ended';
    if (left === 'endpoint-queue') health.limiter.cancel(this);
    else {
      if (left === 'tier-queue') tierLimiter?.cancel(this);
      else tierLimiter?.release();
      health.limiter.release();
    }
    this.#endpoint.onAttemptEnd();
  }
}

function createHeaders(
  { requestId, forwardedHeaders, subgraph, hops, dueAt }: OutboundRequest,
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
  if (forwardedHeaders) headers.push(...forwardedHeaders);
  return headers;
}
