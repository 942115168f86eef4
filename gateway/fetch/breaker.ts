/**
 * A circuit breaker: after so many failures in a row an address is left alone for a while; then one call, the probe, finds out
 * whether it is well again. Failures that may be owed to who calls count once for each, and keep nobody else from finding out.
 */
export interface Breaker {
  /** True where a call would be let through, whosever it is. */
  admits(): boolean;
  /** Lets a call through: says what it is, or nothing where the breaker is open. */
  pass(origin?: Suspect): Pass | undefined;
  succeeded(): void;
  /** `suspect`: who it may be owed to; undefined for a failure that is the address's own. */
  failed(suspect?: string): void;
  /** A call ended without telling anything about the address. */
  abandoned(pass: Pass): void;
  /** False for an ordinary call that waited while the breaker opened. */
  stillHolds(pass: Pass): boolean;
  readonly isOpen: boolean;
}

/** Whose a call is. */
export interface Suspect {
  readonly suspect: string;
}

export type Pass = 'ordinary' | 'probe';

type State =
  | { readonly kind: 'closed'; readonly failures: number; readonly suspects: readonly string[] }
  | { readonly kind: 'open'; readonly until: number; readonly suspects: readonly string[] }
  | { readonly kind: 'probing'; readonly suspects: readonly string[] };

export interface BreakerOptions {
  readonly failuresMax: number;
  readonly openMs: number;
  readonly now: () => number;
}

/** What a caller is told while it is open. */
export const BREAKER_OPEN = 'breaker open: its last calls failed, and it is left alone for a moment';

const NOBODY: readonly string[] = [];
const WELL: State = { kind: 'closed', failures: 0, suspects: NOBODY };
/** For so many times its failures others may try before its time is over. */
const EARLY_SHARE = 2;

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

  pass(origin?: Suspect): Pass | undefined {
    const state = this.#state;
    if (state.kind === 'closed') return 'ordinary';
    if (!this.admits() && !this.#mayTryEarly(origin)) return undefined;
    this.#state = { kind: 'probing', suspects: state.suspects };
    return 'probe';
  }

  succeeded(): void {
    this.#state = WELL;
  }

  failed(suspect?: string): void {
    const state = this.#state;
    if (state.kind === 'open') return;
    const isKnown = suspect !== undefined && state.suspects.includes(suspect);
    if (state.kind === 'closed' && isKnown) return;
    const suspects = suspect === undefined || isKnown ? state.suspects : [...state.suspects, suspect];
    const { failuresMax } = this.#options;
    const failures = state.kind === 'closed' ? state.failures + 1 : failuresMax;
    if (failures >= failuresMax) this.#open(this.#options.openMs, suspects);
    else this.#state = { kind: 'closed', failures, suspects };
  }

  abandoned(pass: Pass): void {
    if (pass === 'probe' && this.#state.kind === 'probing') this.#open(0, this.#state.suspects);
  }

  stillHolds(pass: Pass): boolean {
    return pass === 'probe' || this.#state.kind === 'closed';
  }

  #open(forMs: number, suspects: readonly string[]): void {
    this.#state = { kind: 'open', until: this.#options.now() + forMs, suspects };
  }

  /** All its failures may be owed to others: then one that is none of them need not wait. */
  #mayTryEarly(origin: Suspect | undefined): boolean {
    const state = this.#state;
    if (state.kind !== 'open' || state.suspects.length === 0 || !origin) return false;
    return state.suspects.length < EARLY_SHARE * this.#options.failuresMax && !state.suspects.includes(origin.suspect);
  }
}
