/**
 * Circuit breakers of one endpoint for single operations and callers: those whose calls fail in a row are refused for a
 * while, and nobody else is.
 */
import { createLruCache, type LruCache } from '../../kit/collections/lru-cache.ts';
import type { BreakerKeys } from './breaker-keys.ts';

export interface KeyedBreakers {
  /** Returns why the call may not go out; undefined if it may. */
  refusalReason(keys: BreakerKeys): string | undefined;
  recordSuccess(keys: BreakerKeys): void;
  recordFailure(keys: BreakerKeys): void;
}

export interface KeyedBreakersOptions {
  /** Consecutive failures of an operation, and consecutive failed operations of a caller. */
  readonly failuresMax: number;
  readonly openMs: number;
  /** Operations and callers whose failures are counted; the one that failed longest ago is dropped first. */
  readonly entriesMax: number;
  readonly now: () => number;
}

/** The reasons that callers see. */
export const OPERATION_BREAKER_OPEN =
  'breaker open for this operation: it failed several times in a row, and is not sent for a moment';
export const CALLER_BREAKER_OPEN =
  'breaker open for this caller: several operations in a row failed, and none is sent for a moment';

/** Consecutive failures of one operation, or of one caller. */
interface FailureStreak {
  failures: number;
  /** Operations that were counted for this caller: each counts once. */
  readonly operations: string[];
  openUntil: number;
}

export function createKeyedBreakers(options: KeyedBreakersOptions): KeyedBreakers {
  return new BoundedKeyedBreakers(options);
}

class BoundedKeyedBreakers implements KeyedBreakers {
  readonly #options: KeyedBreakersOptions;
  /** Undefined if nothing has failed, so that no call computes its keys. */
  #streaks: LruCache<string, FailureStreak> | undefined;

  constructor(options: KeyedBreakersOptions) {
    this.#options = options;
  }

  refusalReason(keys: BreakerKeys): string | undefined {
    const streaks = this.#streaks;
    if (!streaks) return undefined;
    const now = this.#options.now();
    const isOpen = (key: string): boolean => (streaks.get(key)?.openUntil ?? now) > now;
    if (keys.caller !== undefined && isOpen(keys.caller)) return CALLER_BREAKER_OPEN;
    return isOpen(keys.operation) ? OPERATION_BREAKER_OPEN : undefined;
  }

  recordSuccess(keys: BreakerKeys): void {
    const streaks = this.#streaks;
    if (!streaks) return;
    streaks.delete(keys.operation);
    if (keys.caller !== undefined) streaks.delete(keys.caller);
    if (streaks.size === 0) this.#streaks = undefined;
  }

  recordFailure({ caller, operation }: BreakerKeys): void {
    this.#streaks ??= createLruCache(this.#options.entriesMax);
    this.#count(this.#streakOf(operation));
    if (caller === undefined) return;
    const callerStreak = this.#streakOf(caller);
    if (callerStreak.operations.includes(operation)) return;
    if (callerStreak.operations.length < this.#options.failuresMax) callerStreak.operations.push(operation);
    this.#count(callerStreak);
  }

  /** When `openUntil` has passed, all calls go out again, and the next failure reopens the breaker. */
  #count(streak: FailureStreak): void {
    const { failuresMax, openMs, now } = this.#options;
    streak.failures++;
    if (streak.failures >= failuresMax) streak.openUntil = now() + openMs;
  }

  #streakOf(key: string): FailureStreak {
    const streaks = this.#streaks!;
    const existing = streaks.get(key);
    if (existing) return existing;
    const streak: FailureStreak = { failures: 0, operations: [], openUntil: Number.NEGATIVE_INFINITY };
    streaks.set(key, streak);
    return streak;
  }
}
