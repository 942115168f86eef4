/** One call of a platform: shares a request, waits until its deadline at most, and settles its promise once. */
import type { Tier } from '@yiwang/schema';
import type { AdmissionQueue } from '../kit/concurrency/admission-queue.ts';
import type { ConcurrencyLimiter } from '../kit/concurrency/concurrency-limiter.ts';
import { PublicError } from '../model/errors.ts';
import type { Limits } from '../model/limits.ts';
import type { PlatformAnswer, PlatformRequest } from '../model/platform/platform-answer.ts';
import { ANONYMOUS, type Rights } from '../model/rights.ts';
import { createBreakerKeys } from './breakers/breaker-keys.ts';
import { type CallOutcome, type OnOutcome, type PlatformResponse, toMissingAnswer } from './call-outcome.ts';
import type { Attempt, OutboundRequest } from './endpoint/attempt.ts';
import type { Endpoint } from './endpoint/endpoint.ts';
import type { EndpointRegistry } from './endpoint/endpoint-registry.ts';
import type { HedgedSender } from './hedged-sender.ts';
import type { DeduplicatedCall, JoinedRequest, RequestDeduplicator, RequestKey } from './request-deduplicator.ts';
import type { ScheduledRequest } from './scheduled-request.ts';

/** What all calls share. */
export interface CallServices {
  readonly limits: Limits;
  readonly now: () => number;
  readonly deduplicator: RequestDeduplicator;
  readonly sender: HedgedSender;
  readonly endpoints: EndpointRegistry;
  readonly tierLimiterOf: (tier: Tier) => ConcurrencyLimiter;
  /** Admits one large response in each turn of the event loop, so that small ones need not wait for all of them. */
  readonly largeResponses: AdmissionQueue;
  /** Called for each call that was refused before it was sent. */
  readonly onRefused: () => void;
}

export type ParseResponse<T> = (response: PlatformResponse, elapsedMs: number) => T | Promise<T>;

/** Responses of this size and more are large. */
const LARGE_RESPONSE_BYTES = 65_536;

/** Rejects with `TOO_COSTLY` if the operation has received more bytes than it may. */
export function startCall<T>(
  services: CallServices,
  scheduled: ScheduledRequest,
  parse: ParseResponse<T>,
): Promise<T | PlatformAnswer> {
  const call = new PlatformCall(services, scheduled, parse);
  call.start();
  return call.answer;
}

/** A class, since every call makes one. */
class PlatformCall<T> implements DeduplicatedCall {
  readonly key: RequestKey;
  readonly answer: Promise<T | PlatformAnswer>;
  readonly #services: CallServices;
  readonly #scheduled: ScheduledRequest;
  readonly #parse: ParseResponse<T>;
  #resolve!: (answer: T | PlatformAnswer | Promise<T>) => void;
  #reject!: (error: unknown) => void;
  #joined: JoinedRequest | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #removeListener: (() => void) | undefined;
  #isOver = false;

  constructor(services: CallServices, scheduled: ScheduledRequest, parse: ParseResponse<T>) {
    this.key = createRequestKey(scheduled);
    this.#services = services;
    this.#scheduled = scheduled;
    this.#parse = parse;
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
  }

  start(): void {
    const { startedAt, dueAt, context } = this.#scheduled;
    this.#joined = this.#services.deduplicator.join(this);
    if (this.#isOver) return;
    const leftMs = Math.max(1, Math.floor(dueAt - this.#services.now()));
    this.#timer = setTimeout(() => this.#leave({ kind: 'late', deadlineMs: dueAt - startedAt }), leftMs);
    this.#removeListener = context.signal.onAbort(() => this.#leave({ kind: 'aborted' }));
  }

  send(onOutcome: OnOutcome): Attempt {
    const { sender, endpoints, tierLimiterOf } = this.#services;
    const { request, context, dueAt, passport, trace } = this.#scheduled;
    const { target, body, subgraph } = request;
    const { requestId, hops = 0, forwarded, caller, rights } = context.operation;
    const outbound: OutboundRequest = {
      body,
      requestId,
      passport,
      forwardedHeaders: target ? undefined : forwarded?.rawHeaders,
      subgraph,
      hops: hops + 1,
      dueAt,
      callerKey: caller?.key,
      operation: context,
      tierLimiter: target && tierLimiterOf(target.platform.tier),
      breakerKeys: createBreakerKeys({ caller: breakerCallerOf(rights), body }),
      trace,
    };
    return sender.send(endpointsOf(request, endpoints), outbound, request.isMutation, onOutcome);
  }

  onOutcome(outcome: CallOutcome): void {
    const { limits, largeResponses, now, onRefused } = this.#services;
    const { context, startedAt } = this.#scheduled;
    this.#isOver = true;
    clearTimeout(this.#timer);
    this.#removeListener?.();
    const elapsedMs = Math.round(now() - startedAt);
    if (outcome.kind !== 'response') {
      if (outcome.kind === 'refused') onRefused();
      this.#resolve(toMissingAnswer(outcome, elapsedMs));
      return;
    }
    context.usage.bytes += outcome.body.length;
    if (context.usage.bytes > limits.receivedBytesMax) {
      this.#reject(createTooMuchReceivedError(limits));
      return;
    }
    if (outcome.body.length < LARGE_RESPONSE_BYTES || largeResponses.tryAdmit()) {
      this.#deliver(outcome, elapsedMs);
    } else {
      const start = (): void => this.#deliver(outcome, elapsedMs);
      largeResponses.enqueue({ group: context.operation.caller?.key, part: context, start });
    }
  }

  #leave(outcome: Extract<CallOutcome, { kind: 'late' | 'aborted' }>): void {
    this.#joined?.leave(this, outcome.kind);
    this.onOutcome(outcome);
  }

  #deliver(response: PlatformResponse, elapsedMs: number): void {
    try {
      const { signal } = this.#scheduled.context;
      this.#resolve(
        signal.aborted ? toMissingAnswer({ kind: 'aborted' }, elapsedMs) : this.#parse(response, elapsedMs),
      );
    } catch (error) {
      this.#reject(error);
    }
  }
}

function createRequestKey({ request, context, dueAt, scope }: ScheduledRequest): RequestKey {
  const { url, subgraph, body, target, isMutation } = request;
  return {
    scope: isMutation ? undefined : scope,
    url,
    subgraph,
    forwarded: target ? undefined : context.operation.forwarded?.key,
    body,
    dueAt,
  };
}

function endpointsOf({ target, url }: PlatformRequest, endpoints: EndpointRegistry): Endpoint[] {
  const replicas = target?.platform.replicas;
  return replicas === undefined ? [endpoints.get(url)] : [endpoints.get(url), ...replicas.map(endpoints.get)];
}

/**
 * Breakers tell anonymous callers apart by nothing, and others not by what they choose themselves, such as a purpose.
 */
function breakerCallerOf({ subject }: Rights): string | undefined {
  return subject === ANONYMOUS ? undefined : subject;
}

function createTooMuchReceivedError({ receivedBytesMax }: Limits): PublicError {
  const message = `Platforms answered the operation with more than ${receivedBytesMax} bytes; ask for less at a time.`;
  return new PublicError('TOO_COSTLY', message, { extensions: { limit: 'receivedBytesMax', max: receivedBytesMax } });
}
