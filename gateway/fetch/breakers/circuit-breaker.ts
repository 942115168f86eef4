/**
 * Circuit breaker: opens after consecutive failures, and lets one probe through after a while, which closes it if it
 * succeeds.
 */
export interface CircuitBreaker {
  /** Returns true if `acquire` would return a ticket. */
  allowsCall(): boolean;
  /** Returns undefined if the breaker is open. */
  acquire(): BreakerTicket | undefined;
  recordSuccess(): void;
  recordFailure(): void;
  /** Records a call whose end says nothing of the endpoint. */
  release(ticket: BreakerTicket): void;
  /** Returns false for an ordinary call if the breaker has opened since. */
  isStillAllowed(ticket: BreakerTicket): boolean;
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

/** The reason that callers see. */
export const ENDPOINT_BREAKER_OPEN = 'breaker open: the last calls failed, and no call is sent for a moment';

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
