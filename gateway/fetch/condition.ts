/** What is known of how an address does, and what each call adds to it. */
import { createGate, type Gate } from '../kit/gate.ts';
import type { Limits } from '../model/limits.ts';
import { type Breaker, createBreaker, type Pass } from './breaker.ts';
import type { CallOrigin } from './call-origin.ts';
import { createLatency, type Latency } from './latency.ts';
import { createOriginBreakers, type OriginBreakers } from './origin-breakers.ts';
import type { Outcome } from './outcome.ts';
import { createPace, type Pace } from './pace.ts';

/** Why a call is ended from outside: its time is over, nobody wants it any more, or another address was faster. */
export type EndReason = 'late' | 'given-up' | 'outrun';

export interface Condition {
  readonly breaker: Breaker;
  readonly gate: Gate;
  readonly latency: Latency;
  readonly pace: Pace;
  /** Calls that were answered so far. */
  readonly answered: number;
  /** Why a call of the group that is due at `dueAt` had better not go out or wait here; undefined where it may. */
  refusal(dueAt: number, group: unknown, origin: CallOrigin): string | undefined;
  learn(outcome: Outcome, call: SentCall): void;
  /** A call that was under way had no outcome. */
  learnEnd(reason: EndReason, call: SentCall): void;
}

/** A call that went out, and how things stood then. */
export interface SentCall {
  readonly origin: CallOrigin;
  readonly pass: Pass;
  readonly sentAt: number;
  /** True where no more calls might be under way. */
  readonly isFull: boolean;
  /** `answered` of its address at the time. */
  readonly answeredBefore: number;
}

/** Finds out whether the address answers at all, with a call that costs it nothing. `done` is called once, and not before this returns. */
export type Check = (done: (isWell: boolean) => void) => void;

export function createCondition(limits: Limits, now: () => number, check: Check): Condition {
  return new LearntCondition(limits, now, check);
}

class LearntCondition implements Condition {
  readonly breaker: Breaker;
  readonly gate: Gate;
  readonly latency: Latency;
  readonly pace: Pace;
  readonly #origins: OriginBreakers;
  readonly #limits: Limits;
  readonly #now: () => number;
  readonly #check: Check;
  /** Failures of calls of which a check under way will tell whose they are, and when the last of these went out. */
  #unjudged = 0;
  #unjudgedSentAt = 0;
  #isChecking = false;
  /** Until then the address is known to be well, whatever calls fail. */
  #wellUntil = Number.NEGATIVE_INFINITY;
  answered = 0;

  constructor(limits: Limits, now: () => number, check: Check) {
    const { breakerFailures, breakerOpenMs, platformConnectionsMin, platformConnectionsMax, platformQueueMax } = limits;
    const pace = createPace({ min: platformConnectionsMin, max: platformConnectionsMax, now });
    const breaking = { failuresMax: breakerFailures, openMs: breakerOpenMs, now };
    this.pace = pace;
    this.breaker = createBreaker(breaking);
    this.#origins = createOriginBreakers({ ...breaking, entriesMax: limits.breakerOriginsMax });
    this.latency = createLatency();
    this.gate = createGate({ insideMax: () => pace.callsMax, waitingMax: platformQueueMax });
    this.#limits = limits;
    this.#now = now;
    this.#check = check;
  }

  refusal(dueAt: number, group: unknown, origin: CallOrigin): string | undefined {
    const { gate, latency, pace } = this;
    const apart = this.#origins.refusal(origin);
    if (apart !== undefined) return apart;
    const { waiting } = gate;
    if (waiting === 0 && gate.inside < pace.callsMax) return undefined;
    if (gate.isFullFor(group)) return `${waiting} calls wait for this platform already`;
    const before = gate.waitingBefore(group);
    const waitMs = ((before + 1) * latency.meanMs) / pace.callsMax;
    if (waitMs <= dueAt - this.#now()) return undefined;
    return `the ${before} calls that wait for this platform leave no time for one more`;
  }

  learn(outcome: Outcome, call: SentCall): void {
    switch (failureOf(outcome)) {
      case 'none':
        this.#succeed(outcome, call);
        return;
      case 'of the address':
        this.breaker.failed();
        this.pace.lost(call.sentAt);
        return;
      case 'of the call':
        this.#fail(call);
        return;
      case 'of the operation':
        // Its server is at work.
        this.answered++;
        this.breaker.succeeded();
        this.#origins.failed(call.origin);
        return;
      case 'unknown':
        this.breaker.abandoned(call.pass);
    }
  }

  learnEnd(reason: EndReason, call: SentCall): void {
    const givenMs = this.#now() - call.sentAt;
    // It would have taken this long at least.
    if (reason === 'outrun') this.latency.add(givenMs);
    // Callers who give little time must not put an address in a bad light.
    const isTelling = givenMs >= Math.max(this.#limits.breakerLateMs, 2 * (this.latency.p95Ms() ?? 0));
    if (reason === 'late' && isTelling) this.#fail(call);
    else this.breaker.abandoned(call.pass);
  }

  #succeed(outcome: Outcome, { origin, sentAt, isFull }: SentCall): void {
    this.answered++;
    this.#unjudged = 0;
    this.breaker.succeeded();
    this.#origins.succeeded(origin);
    if (outcome.kind !== 'reply') return;
    this.latency.add(this.#now() - sentAt);
    if (outcome.status === TOO_MANY_REQUESTS) this.pace.lost(sentAt);
    else this.pace.kept(isFull);
  }

  /**
   * A failure that may be owed to the call itself. An address that answered others while the call was under way is well; where it answered
   * nobody, a check tells.
   */
  #fail({ origin, pass, sentAt, answeredBefore }: SentCall): void {
    this.#origins.failed(origin);
    if (this.answered > answeredBefore || this.#now() < this.#wellUntil) {
      this.breaker.abandoned(pass);
      return;
    }
    this.#unjudged++;
    this.#unjudgedSentAt = Math.max(this.#unjudgedSentAt, sentAt);
    if (this.#isChecking) return;
    this.#isChecking = true;
    this.#check((isWell) => this.#judge(isWell));
  }

  #judge(isWell: boolean): void {
    const failures = this.#unjudged;
    this.#unjudged = 0;
    this.#isChecking = false;
    if (isWell) {
      this.#wellUntil = this.#now() + this.#limits.breakerOpenMs;
      this.breaker.succeeded();
    } else if (failures > 0) {
      for (let i = 0; i < failures; i++) this.breaker.failed();
      this.pace.lost(this.#unjudgedSentAt);
    }
  }
}

const TOO_MANY_REQUESTS = 429;
const UNAVAILABLE = 503;
const BRACE = 0x7b;

/** True where a server is at work, whatever it makes of what it was asked. */
export function isAnswered(outcome: Outcome): boolean {
  const failure = failureOf(outcome);
  return failure === 'none' || failure === 'of the operation';
}

/** What an outcome says: of the address, whatever is asked; of the call, perhaps because of what it asks; of its operation alone. */
type Failure = 'none' | 'of the address' | 'of the call' | 'of the operation' | 'unknown';

/** A server that says in JSON what went wrong with one question is at work. Other servers before it tell with 502 and 504 that it did not answer. */
function failureOf(outcome: Outcome): Failure {
  if (outcome.kind === 'unreachable') return 'of the address';
  // What is tried once more on a fresh connection tells then how the address does.
  if (outcome.kind === 'broken-off') return outcome.isStale ? 'unknown' : 'of the call';
  if (outcome.kind !== 'reply' || outcome.status < 500) return 'none';
  if (outcome.status === UNAVAILABLE) return 'of the address';
  if (outcome.status > 500) return 'of the call';
  return outcome.body[0] === BRACE ? 'none' : 'of the operation';
}
