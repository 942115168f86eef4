/** What is known of how an address does, and what each call adds to it. */
import { type ConcurrencyLimiter, createConcurrencyLimiter } from '../../kit/concurrency/concurrency-limiter.ts';
import type { Limits } from '../../model/limits.ts';
import type { BreakerKeys } from '../breakers/breaker-keys.ts';
import { type BreakerTicket, type CircuitBreaker, createCircuitBreaker } from '../breakers/circuit-breaker.ts';
import { createKeyedBreakers, type KeyedBreakers } from '../breakers/keyed-breakers.ts';
import type { CallOutcome } from '../call-outcome.ts';
import { type ConcurrencyLimit, createConcurrencyLimit } from './concurrency-limit.ts';
import { createLatency, type Latency } from './latency.ts';

/** Why a call is ended from outside: its time is over, nobody wants it any more, or another address was faster. */
export type CancelReason = 'late' | 'aborted' | 'superseded';

export interface EndpointHealth {
  readonly breaker: CircuitBreaker;
  readonly limiter: ConcurrencyLimiter;
  readonly latency: Latency;
  readonly concurrencyLimit: ConcurrencyLimit;
  /** Calls that were answered so far. */
  readonly answeredCalls: number;
  /** Why a call of the group that is due at `dueAt` had better not go out or wait here; undefined where it may. */
  refusalReason(dueAt: number, callerKey: unknown, breakerKeys: BreakerKeys): string | undefined;
  recordOutcome(outcome: CallOutcome, call: SentCall): void;
  /** A call that was under way had no outcome. */
  recordCancel(reason: CancelReason, call: SentCall): void;
}

/** A call that went out, and how things stood then. */
export interface SentCall {
  readonly breakerKeys: BreakerKeys;
  readonly ticket: BreakerTicket;
  readonly sentAt: number;
  /** True where no more calls might be under way. */
  readonly isAtLimit: boolean;
  /** `answered` of its address at the time. */
  readonly answeredCallsBefore: number;
}

/** Finds out whether the address answers at all, with a call that costs it nothing. `done` is called once, and not before this returns. */
export type CheckLiveness = (done: (isAlive: boolean) => void) => void;

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
  /** Failures of calls of which a check under way will tell whose they are, and when the last of these went out. */
  #undecidedFailures = 0;
  #undecidedSentAt = 0;
  #isChecking = false;
  /** Until then the address is known to be well, whatever calls fail. */
  #aliveUntil = Number.NEGATIVE_INFINITY;
  answeredCalls = 0;

  constructor(limits: Limits, now: () => number, checkLiveness: CheckLiveness) {
    const { breakerFailures, breakerOpenMs, platformConnectionsMin, platformConnectionsMax, platformQueueMax } = limits;
    const pace = createConcurrencyLimit({ min: platformConnectionsMin, max: platformConnectionsMax, now });
    const breakerOptions = { failuresMax: breakerFailures, openMs: breakerOpenMs, now };
    this.concurrencyLimit = pace;
    this.breaker = createCircuitBreaker(breakerOptions);
    this.#keyedBreakers = createKeyedBreakers({ ...breakerOptions, entriesMax: limits.breakerOriginsMax });
    this.latency = createLatency();
    this.limiter = createConcurrencyLimiter({ runningMax: () => pace.callsMax, queueMax: platformQueueMax });
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
    if (limiter.isQueueFullFor(callerKey)) return `${waiting} calls wait for this platform already`;
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
        // Its server is at work.
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
    // It would have taken this long at least.
    if (reason === 'superseded') this.latency.add(elapsedMs);
    // Callers who give little time must not put an address in a bad light.
    const isMeaningful = elapsedMs >= Math.max(this.#limits.breakerLateMs, 2 * (this.latency.p95Ms() ?? 0));
    if (reason === 'late' && isMeaningful) this.#recordCallFailure(call);
    else this.breaker.release(call.ticket);
  }

  #recordSuccess(outcome: CallOutcome, { breakerKeys, sentAt, isAtLimit }: SentCall): void {
    this.answeredCalls++;
    this.#undecidedFailures = 0;
    this.breaker.recordSuccess();
    this.#keyedBreakers.recordSuccess(breakerKeys);
    if (outcome.kind !== 'reply') return;
    this.latency.add(this.#now() - sentAt);
    if (outcome.status === TOO_MANY_REQUESTS) this.concurrencyLimit.onDrop(sentAt);
    else this.concurrencyLimit.onSuccess(isAtLimit);
  }

  /**
   * A failure that may be owed to the call itself. An address that answered others while the call was under way is well; where it answered
   * nobody, a check tells.
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

/** True where a server is at work, whatever it makes of what it was asked. */
export function isAliveAfter(outcome: CallOutcome): boolean {
  const failure = failureScopeOf(outcome);
  return failure === 'none' || failure === 'operation';
}

/** What an outcome says: of the address, whatever is asked; of the call, perhaps because of what it asks; of its operation alone. */
type FailureScope = 'none' | 'endpoint' | 'call' | 'operation' | 'unknown';

/** A server that says in JSON what went wrong with one question is at work. Other servers before it tell with 502 and 504 that it did not answer. */
function failureScopeOf(outcome: CallOutcome): FailureScope {
  if (outcome.kind === 'unreachable') return 'endpoint';
  // What is tried once more on a fresh connection tells then how the address does.
  if (outcome.kind === 'connection-reset') return outcome.isStale ? 'unknown' : 'call';
  if (outcome.kind !== 'reply' || outcome.status < 500) return 'none';
  if (outcome.status === UNAVAILABLE) return 'endpoint';
  if (outcome.status > 500) return 'call';
  return outcome.body[0] === BRACE ? 'none' : 'operation';
}
