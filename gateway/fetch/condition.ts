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
  const breaker = createBreaker({ failuresMax: limits.breakerFailures, openMs: limits.breakerOpenMs, now });
  const latency = createLatency();
  const pace = createPace({ min: limits.platformConnectionsMin, max: limits.platformConnectionsMax, now });
  const gate = createGate({ insideMax: () => pace.callsMax, waitingMax: limits.platformQueueMax });
  const lose = (sentAt: number): void => {
    breaker.failed();
    pace.lost(sentAt);
  };
  return {
    breaker,
    gate,
    latency,
    pace,
    refusal(dueAt) {
      if (gate.waiting === 0 && gate.inside < pace.callsMax) return undefined;
      if (gate.waiting >= limits.platformQueueMax) return `${gate.waiting} calls wait for this platform already`;
      const waitMs = ((gate.waiting + 1) * latency.meanMs) / pace.callsMax;
      if (waitMs <= dueAt - now()) return undefined;
      return `the ${gate.waiting} calls that wait for this platform leave no time for one more`;
    },
    learn(outcome, sentAt, isFull) {
      if (isFailure(outcome)) return lose(sentAt);
      breaker.succeeded();
      if (outcome.kind !== 'reply') return;
      latency.add(now() - sentAt);
      if (outcome.status === TOO_MANY_REQUESTS) pace.lost(sentAt);
      else pace.kept(isFull);
    },
    learnEnd(reason, pass, sentAt) {
      const givenMs = now() - sentAt;
      // It would have taken this long at least.
      if (reason === 'outrun') latency.add(givenMs);
      // Callers who give little time must not put an address in a bad light.
      const isTelling = givenMs >= Math.max(limits.breakerLateMs, 2 * (latency.p95Ms() ?? 0));
      if (reason === 'late' && isTelling) lose(sentAt);
      else breaker.abandoned(pass);
    },
  };
}

const TOO_MANY_REQUESTS = 429;
const BRACE = 0x7b;

/** A server that says in JSON what went wrong with one question is at work; what else comes with 500 and above is not its answer. */
function isFailure(outcome: Outcome): boolean {
  if (outcome.kind === 'unreachable' || outcome.kind === 'broken-off') return true;
  if (outcome.kind !== 'reply' || outcome.status < 500) return false;
  return outcome.status > 500 || outcome.body[0] !== BRACE;
}
