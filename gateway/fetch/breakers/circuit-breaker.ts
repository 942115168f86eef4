/**
 * A circuit breaker: after so many failures in a row an address is left alone for a while; then one call, the probe, finds out
 * whether it is well again.
 */
export interface CircuitBreaker {
  /** True where a call would be let through. */
  allowsCall(): boolean;
  /** Lets a call through: says what it is, or nothing where the breaker is open. */
  acquire(): BreakerTicket | undefined;
  recordSuccess(): void;
  recordFailure(): void;
  /** A call ended without telling anything about the address. */
  release(acquire: BreakerTicket): void;
  /** False for an ordinary call that waited while the breaker opened. */
  isStillAllowed(acquire: BreakerTicket): boolean;
  readonly isOpen: boolean;
}

export type BreakerTicket = 'ordinary' | 'probe';

type BreakerState =
  | { readonly kind: 'closed'; readonly failures: number }
  | { readonly kind: 'open'; readonly until: number }
  | { readonly kind: 'probing' };

export interface CircuitBreakerOptions {
  readonly failuresMax: number;
  readonly openMs: number;
  readonly now: () => number;
}

/** What a caller is told while it is open. */
export const ENDPOINT_BREAKER_OPEN = 'breaker open: its last calls failed, and it is left alone for a moment';

const CLOSED_STATE: BreakerState = { kind: 'closed', failures: 0 };

export function createCircuitBreaker(options: CircuitBreakerOptions): CircuitBreaker {
  return new ConsecutiveBreaker(options);
}

class ConsecutiveBreaker implements CircuitBreaker {
  readonly #options: CircuitBreakerOptions;
  #state: BreakerState = CLOSED_STATE;

  constructor(options: CircuitBreakerOptions) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#state.kind !== 'closed';
  }

  allowsCall(): boolean {
    const state = this.#state;
    return state.kind === 'closed' || (state.kind === 'open' && this.#options.now() >= state.until);
  }

  acquire(): BreakerTicket | undefined {
    if (!this.allowsCall()) return undefined;
    if (this.#state.kind === 'closed') return 'ordinary';
    this.#state = { kind: 'probing' };
    return 'probe';
  }

  recordSuccess(): void {
    this.#state = CLOSED_STATE;
  }

  recordFailure(): void {
    const state = this.#state;
    if (state.kind === 'open') return;
    const { failuresMax, openMs, now } = this.#options;
    const failures = state.kind === 'closed' ? state.failures + 1 : failuresMax;
    this.#state = failures >= failuresMax ? { kind: 'open', until: now() + openMs } : { kind: 'closed', failures };
  }

  release(ticket: BreakerTicket): void {
    if (ticket === 'probe' && this.#state.kind === 'probing') {
      this.#state = { kind: 'open', until: this.#options.now() };
    }
  }

  isStillAllowed(ticket: BreakerTicket): boolean {
    return ticket === 'probe' || this.#state.kind === 'closed';
  }
}
