/** At one address: the operations and the callers whose calls fail in a row are left alone for a while, and nobody else is. */
import { createLruCache, type LruCache } from '../../kit/collections/lru-cache.ts';
import type { BreakerKeys } from './breaker-keys.ts';

export interface KeyedBreakers {
  /** Why the call is not to go out; undefined where it may. */
  refusalReason(keys: BreakerKeys): string | undefined;
  recordSuccess(keys: BreakerKeys): void;
  recordFailure(keys: BreakerKeys): void;
}

export interface KeyedBreakersOptions {
  /** Failures in a row of an operation; operations in a row of a caller. */
  readonly failuresMax: number;
  readonly openMs: number;
  /** Operations and callers whose failures are remembered; who failed longest ago is forgotten first. */
  readonly entriesMax: number;
  readonly now: () => number;
}

/** What a caller is told. */
export const OPERATION_BREAKER_OPEN =
  'breaker open for this operation: it failed here several times in a row, and is left alone for a moment';
export const CALLER_BREAKER_OPEN =
  'breaker open for this caller: several operations failed here in a row, and are left alone for a moment';

/** Failures in a row of one operation, or of one caller. */
interface FailureStreak {
  failures: number;
  /** Operations that are counted already: one that fails again and again says nothing more of its caller. */
  readonly operations: string[];
  openUntil: number;
}

export function createKeyedBreakers(options: KeyedBreakersOptions): KeyedBreakers {
  return new BoundedKeyedBreakers(options);
}

class BoundedKeyedBreakers implements KeyedBreakers {
  readonly #options: KeyedBreakersOptions;
  /** There is none as long as all is well, which costs a call no look at its origin. */
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

  /** After its time is over all go out again, and the next failure opens it anew. */
  #count(run: FailureStreak): void {
    const { failuresMax, openMs, now } = this.#options;
    run.failures++;
    if (run.failures >= failuresMax) run.openUntil = now() + openMs;
  }

  #streakOf(key: string): FailureStreak {
    const streaks = this.#streaks!;
    const existing = streaks.get(key);
    if (existing) return existing;
    const run: FailureStreak = { failures: 0, operations: [], openUntil: Number.NEGATIVE_INFINITY };
    streaks.set(key, run);
    return run;
  }
}
