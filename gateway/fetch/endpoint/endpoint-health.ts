/** Outcomes of calls → the health of an endpoint: its breakers, its latency and how many calls it takes at one time. */
import { type ConcurrencyLimiter, createConcurrencyLimiter } from '../../kit/concurrency/concurrency-limiter.ts';
import type { Limits } from '../../model/limits.ts';
import type { BreakerKeys } from '../breakers/breaker-keys.ts';
import { type BreakerTicket, type CircuitBreaker, createCircuitBreaker } from '../breakers/circuit-breaker.ts';
import { createKeyedBreakers, type KeyedBreakers } from '../breakers/keyed-breakers.ts';
import type { CallOutcome, CancelReason } from '../call-outcome.ts';
import { type ConcurrencyLimit, createConcurrencyLimit } from './concurrency-limit.ts';
import { createLatency, type Latency } from './latency.ts';

export interface EndpointHealth {
  readonly breaker: CircuitBreaker;
  readonly limiter: ConcurrencyLimiter;
  readonly latency: Latency;
  readonly concurrencyLimit: ConcurrencyLimit;
  /** Calls that the server has answered so far. */
  readonly answeredCalls: number;
  /** Returns why a call that is due at `dueAt` may neither go out nor wait here; undefined if it may. */
  refusalReason(dueAt: number, callerKey: unknown, breakerKeys: BreakerKeys): string | undefined;
  recordOutcome(outcome: CallOutcome, call: SentCall): void;
  /** Records a call in flight that was cancelled before its outcome. */
  recordCancel(reason: CancelReason, call: SentCall): void;
}

/** A call that was sent, and the state of its endpoint at that time. */
export interface SentCall {
  readonly breakerKeys: BreakerKeys;
  readonly ticket: BreakerTicket;
  readonly sentAt: number;
  /** True if as many calls were in flight as the limit allows. */
  readonly isAtLimit: boolean;
  /** `answeredCalls` of the endpoint at the time. */
  readonly answeredCallsBefore: number;
}

/** Sends a query that costs the server nothing. Calls `onChecked` once, and not before it returns. */
export type CheckLiveness = (onChecked: (isAlive: boolean) => void) => void;

export function createEndpointHealth(limits: Limits, now: () => number, checkLiveness: CheckLiveness): EndpointHealth {
  return new ObservedHealth(limits, now, checkLiveness);
}

class ObservedHealth implements EndpointHealth {
  readonly breaker: CircuitBreaker;
  readonly limiter: ConcurrencyLimiter;
  readonly latency: Latency;
  readonly concurrencyLimit: ConcurrencyLimit;
  readonly #keyedBreakers: KeyedBreakers;
  readonly #limits: Limits;
  readonly #now: () => number;
  readonly #checkLiveness: CheckLiveness;
  /** Failures that the liveness check in flight will decide about, and when the last of these calls was sent. */
  #undecidedFailures = 0;
  #undecidedSentAt = 0;
  #isChecking = false;
  /** Until then failed calls say nothing of the endpoint: a liveness check has succeeded. */
  #aliveUntil = Number.NEGATIVE_INFINITY;
  answeredCalls = 0;

  constructor(limits: Limits, now: () => number, checkLiveness: CheckLiveness) {
    const { breakerFailures, breakerOpenMs, platformConnectionsMin, platformConnectionsMax, platformQueueMax } = limits;
    const concurrencyLimit = createConcurrencyLimit({ min: platformConnectionsMin, max: platformConnectionsMax, now });
    const breakerOptions = { failuresMax: breakerFailures, openMs: breakerOpenMs, now };
    this.concurrencyLimit = concurrencyLimit;
    this.breaker = createCircuitBreaker(breakerOptions);
    this.#keyedBreakers = createKeyedBreakers({ ...breakerOptions, entriesMax: limits.breakerOriginsMax });
    this.latency = createLatency();
    this.limiter = createConcurrencyLimiter({
      runningMax: () => concurrencyLimit.callsMax,
      queueMax: platformQueueMax,
    });
    this.#limits = limits;
    this.#now = now;
    this.#checkLiveness = checkLiveness;
  }

  refusalReason(dueAt: number, callerKey: unknown, breakerKeys: BreakerKeys): string | undefined {
    const { limiter, latency, concurrencyLimit } = this;
    const keyedReason = this.#keyedBreakers.refusalReason(breakerKeys);
    if (keyedReason !== undefined) return keyedReason;
    const { waiting } = limiter;
    if (waiting === 0 && limiter.running < concurrencyLimit.callsMax) return undefined;
    if (limiter.isQueueFullFor(callerKey)) return `${waiting} calls already wait for this platform`;
    const before = limiter.queuedAheadOf(callerKey);
    const waitMs = ((before + 1) * latency.meanMs) / concurrencyLimit.callsMax;
    if (waitMs <= dueAt - this.#now()) return undefined;
    return `the ${before} calls that wait for this platform leave no time for one more`;
  }

  recordOutcome(outcome: CallOutcome, call: SentCall): void {
    switch (failureScopeOf(outcome)) {
      case 'none':
        this.#recordSuccess(outcome, call);
        return;
      case 'endpoint':
        this.breaker.recordFailure();
        this.concurrencyLimit.onDrop(call.sentAt);
        return;
      case 'call':
        this.#recordCallFailure(call);
        return;
      case 'operation':
        // The server is alive.
        this.answeredCalls++;
        this.breaker.recordSuccess();
        this.#keyedBreakers.recordFailure(call.breakerKeys);
        return;
      case 'unknown':
        this.breaker.release(call.ticket);
    }
  }

  recordCancel(reason: CancelReason, call: SentCall): void {
    const elapsedMs = this.#now() - call.sentAt;
    // The answer would have taken this long at least.
    if (reason === 'superseded') this.latency.add(elapsedMs);
    // A short deadline of the caller says nothing of the endpoint.
    const isMeaningful = elapsedMs >= Math.max(this.#limits.breakerLateMs, 2 * (this.latency.p95Ms() ?? 0));
    if (reason === 'late' && isMeaningful) this.#recordCallFailure(call);
    else this.breaker.release(call.ticket);
  }

  #recordSuccess(outcome: CallOutcome, { breakerKeys, sentAt, isAtLimit }: SentCall): void {
    this.answeredCalls++;
    this.#undecidedFailures = 0;
    this.breaker.recordSuccess();
    this.#keyedBreakers.recordSuccess(breakerKeys);
    if (outcome.kind !== 'response') return;
    this.latency.add(this.#now() - sentAt);
    if (outcome.status === TOO_MANY_REQUESTS) this.concurrencyLimit.onDrop(sentAt);
    else this.concurrencyLimit.onSuccess(isAtLimit);
  }

  /**
   * A failure that the call itself may have caused. The endpoint is alive if it answered another call meanwhile;
   * otherwise a liveness check decides.
   */
  #recordCallFailure({ breakerKeys, ticket, sentAt, answeredCallsBefore }: SentCall): void {
    this.#keyedBreakers.recordFailure(breakerKeys);
    if (this.answeredCalls > answeredCallsBefore || this.#now() < this.#aliveUntil) {
      this.breaker.release(ticket);
      return;
    }
    this.#undecidedFailures++;
    this.#undecidedSentAt = Math.max(this.#undecidedSentAt, sentAt);
    if (this.#isChecking) return;
    this.#isChecking = true;
    this.#checkLiveness((isAlive) => this.#onLivenessChecked(isAlive));
  }

  #onLivenessChecked(isAlive: boolean): void {
    const failures = this.#undecidedFailures;
    this.#undecidedFailures = 0;
    this.#isChecking = false;
    if (isAlive) {
      this.#aliveUntil = this.#now() + this.#limits.breakerOpenMs;
      this.breaker.recordSuccess();
    } else if (failures > 0) {
      for (let i = 0; i < failures; i++) this.breaker.recordFailure();
      this.concurrencyLimit.onDrop(this.#undecidedSentAt);
    }
  }
}

const TOO_MANY_REQUESTS = 429;
const UNAVAILABLE = 503;
const BRACE = 0x7b;

/** True if the server is alive, whatever it answered. */
export function isAliveAfter(outcome: CallOutcome): boolean {
  const failure = failureScopeOf(outcome);
  return failure === 'none' || failure === 'operation';
}

/**
 * What a failure says: the endpoint fails for all calls, it failed for this call, or it fails for this operation alone.
 */
type FailureScope = 'none' | 'endpoint' | 'call' | 'operation' | 'unknown';

/**
 * A server that reports an error in JSON is alive. A proxy before it reports with 502 and 504 that it did not answer.
 */
function failureScopeOf(outcome: CallOutcome): FailureScope {
  if (outcome.kind === 'unreachable') return 'endpoint';
  // The retry on a fresh connection will tell.
  if (outcome.kind === 'connection-reset') return outcome.isStale ? 'unknown' : 'call';
  if (outcome.kind !== 'response' || outcome.status < 500) return 'none';
  if (outcome.status === UNAVAILABLE) return 'endpoint';
  if (outcome.status > 500) return 'call';
  return outcome.body[0] === BRACE ? 'none' : 'operation';
}
