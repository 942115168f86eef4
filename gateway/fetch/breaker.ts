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

export function createBreaker(options: BreakerOptions): Breaker {
  return new CountingBreaker(options);
}

class CountingBreaker implements Breaker {
  readonly #options: BreakerOptions;
  #state: State = WELL;

  constructor(options: BreakerOptions) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#state.kind !== 'closed';
  }

  admits(): boolean {
    const state = this.#state;
    return state.kind === 'closed' || (state.kind === 'open' && this.#options.now() >= state.until);
  }

  pass(): Pass | undefined {
    if (!this.admits()) return undefined;
    if (this.#state.kind === 'closed') return 'ordinary';
    this.#state = { kind: 'probing' };
    return 'probe';
  }

  succeeded(): void {
    this.#state = WELL;
  }

  failed(): void {
    const state = this.#state;
    if (state.kind === 'open') return;
    const { failuresMax, openMs, now } = this.#options;
    const failures = state.kind === 'closed' ? state.failures + 1 : failuresMax;
    this.#state = failures >= failuresMax ? { kind: 'open', until: now() + openMs } : { kind: 'closed', failures };
  }

  abandoned(pass: Pass): void {
    if (pass === 'probe' && this.#state.kind === 'probing') {
      this.#state = { kind: 'open', until: this.#options.now() };
    }
  }

  stillHolds(pass: Pass): boolean {
    return pass === 'probe' || this.#state.kind === 'closed';
  }
}
