/** What is known of how an address does, and what each call adds to it. */
import { createGate, type Gate } from '../kit/gate.ts';
import type { Limits } from '../model/limits.ts';
import { type Breaker, createBreaker, type Pass } from './breaker.ts';
import { createLatency, type Latency } from './latency.ts';
import type { Outcome } from './outcome.ts';
import { createPace, type Pace } from './pace.ts';

/** Why a call is ended from outside: its time is over, nobody wants it any more, or another address was faster. */
export type EndReason = 'late' | 'given-up' | 'outrun';

export interface Condition {
  readonly breaker: Breaker;
  readonly gate: Gate;
  readonly latency: Latency;
  readonly pace: Pace;
  /** Why a call due at `dueAt` had better not wait here; undefined where it may go or wait. */
  refusal(dueAt: number): string | undefined;
  learn(outcome: Outcome, sentAt: number, isFull: boolean): void;
  /** A call that was under way had no outcome. */
  learnEnd(reason: EndReason, pass: Pass, sentAt: number): void;
}

export function createCondition(limits: Limits, now: () => number): Condition {
  return new LearntCondition(limits, now);
}

class LearntCondition implements Condition {
  readonly breaker: Breaker;
  readonly gate: Gate;
  readonly latency: Latency;
  readonly pace: Pace;
  readonly #limits: Limits;
  readonly #now: () => number;

  constructor(limits: Limits, now: () => number) {
    const { breakerFailures, breakerOpenMs, platformConnectionsMin, platformConnectionsMax, platformQueueMax } = limits;
    const pace = createPace({ min: platformConnectionsMin, max: platformConnectionsMax, now });
    this.pace = pace;
    this.breaker = createBreaker({ failuresMax: breakerFailures, openMs: breakerOpenMs, now });
    this.latency = createLatency();
    this.gate = createGate({ insideMax: () => pace.callsMax, waitingMax: platformQueueMax });
    this.#limits = limits;
    this.#now = now;
  }

  refusal(dueAt: number): string | undefined {
    const { gate, latency, pace } = this;
    const { waiting } = gate;
    if (waiting === 0 && gate.inside < pace.callsMax) return undefined;
    if (waiting >= this.#limits.platformQueueMax) return `${waiting} calls wait for this platform already`;
    const waitMs = ((waiting + 1) * latency.meanMs) / pace.callsMax;
    if (waitMs <= dueAt - this.#now()) return undefined;
    return `the ${waiting} calls that wait for this platform leave no time for one more`;
  }

  learn(outcome: Outcome, sentAt: number, isFull: boolean): void {
    if (isFailure(outcome)) {
      this.#lose(sentAt);
      return;
    }
    this.breaker.succeeded();
    if (outcome.kind !== 'reply') return;
    this.latency.add(this.#now() - sentAt);
    if (outcome.status === TOO_MANY_REQUESTS) this.pace.lost(sentAt);
    else this.pace.kept(isFull);
  }

  learnEnd(reason: EndReason, pass: Pass, sentAt: number): void {
    const givenMs = this.#now() - sentAt;
    // It would have taken this long at least.
    if (reason === 'outrun') this.latency.add(givenMs);
    // Callers who give little time must not put an address in a bad light.
    const isTelling = givenMs >= Math.max(this.#limits.breakerLateMs, 2 * (this.latency.p95Ms() ?? 0));
    if (reason === 'late' && isTelling) this.#lose(sentAt);
    else this.breaker.abandoned(pass);
  }

  #lose(sentAt: number): void {
    this.breaker.failed();
    this.pace.lost(sentAt);
  }
}

const TOO_MANY_REQUESTS = 429;
const BRACE = 0x7b;

/** A server that says in JSON what went wrong with one question is at work; what else comes with 500 and above is not its answer. */
function isFailure(outcome: Outcome): boolean {
  if (outcome.kind === 'unreachable' || outcome.kind === 'broken-off') return true;
  if (outcome.kind !== 'reply' || outcome.status < 500) return false;
  return outcome.status > 500 || outcome.body[0] !== BRACE;
}
