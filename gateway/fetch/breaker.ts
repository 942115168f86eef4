/**
 * A circuit breaker: after so many failures in a row an address is left alone for a while; then one call, the probe, finds out
 * whether it is well again.
 */
export interface Breaker {
  /** True where a call would be let through. */
  admits(): boolean;
  /** Lets a call through: says what it is, or nothing where the breaker is open. */
  pass(): Pass | undefined;
  succeeded(): void;
  failed(): void;
  /** A call ended without telling anything about the address. */
  abandoned(pass: Pass): void;
  /** False for an ordinary call that waited while the breaker opened. */
  stillHolds(pass: Pass): boolean;
  readonly isOpen: boolean;
}

export type Pass = 'ordinary' | 'probe';

type State =
  | { readonly kind: 'closed'; readonly failures: number }
  | { readonly kind: 'open'; readonly until: number }
  | { readonly kind: 'probing' };

export interface BreakerOptions {
  readonly failuresMax: number;
  readonly openMs: number;
  readonly now: () => number;
}

/** What a caller is told while it is open. */
export const BREAKER_OPEN = 'breaker open: its last calls failed, and it is left alone for a moment';

const WELL: State = { kind: 'closed', failures: 0 };

export function createBreaker({ failuresMax, openMs, now }: BreakerOptions): Breaker {
  let state: State = WELL;
  const admits = (): boolean => state.kind === 'closed' || (state.kind === 'open' && now() >= state.until);
  return {
    admits,
    pass() {
      if (!admits()) return undefined;
      if (state.kind === 'closed') return 'ordinary';
      state = { kind: 'probing' };
      return 'probe';
    },
    succeeded() {
      state = WELL;
    },
    failed() {
      const failures = state.kind === 'closed' ? state.failures + 1 : failuresMax;
      if (state.kind === 'open') return;
      state = failures >= failuresMax ? { kind: 'open', until: now() + openMs } : { kind: 'closed', failures };
    },
    abandoned(pass) {
      if (pass === 'probe' && state.kind === 'probing') state = { kind: 'open', until: now() };
    },
    stillHolds: (pass) => pass === 'probe' || state.kind === 'closed',
    get isOpen() {
      return state.kind !== 'closed';
    },
  };
}
