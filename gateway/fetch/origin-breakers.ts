/** At one address: the operations and the callers whose calls fail in a row are left alone for a while, and nobody else is. */
import { type BoundedMap, createBoundedMap } from '../kit/bounded-map.ts';
import type { CallOrigin } from './call-origin.ts';

export interface OriginBreakers {
  /** Why the call is not to go out; undefined where it may. */
  refusal(origin: CallOrigin): string | undefined;
  succeeded(origin: CallOrigin): void;
  failed(origin: CallOrigin): void;
}

export interface OriginBreakerOptions {
  /** Failures in a row of an operation; operations in a row of a caller. */
  readonly failuresMax: number;
  readonly openMs: number;
  /** Operations and callers whose failures are remembered; who failed longest ago is forgotten first. */
  readonly entriesMax: number;
  readonly now: () => number;
}

/** What a caller is told. */
export const OPERATION_APART =
  'breaker open for this operation: it failed here several times in a row, and is left alone for a moment';
export const CALLER_APART =
  'breaker open for this caller: several operations failed here in a row, and are left alone for a moment';

/** Failures in a row of one operation, or of one caller. */
interface Run {
  failures: number;
  /** Operations that are counted already: one that fails again and again says nothing more of its caller. */
  readonly operations: string[];
  openUntil: number;
}

export function createOriginBreakers(options: OriginBreakerOptions): OriginBreakers {
  return new RememberedFailures(options);
}

class RememberedFailures implements OriginBreakers {
  readonly #options: OriginBreakerOptions;
  /** There is none as long as all is well, which costs a call no look at its origin. */
  #runs: BoundedMap<string, Run> | undefined;

  constructor(options: OriginBreakerOptions) {
    this.#options = options;
  }

  refusal(origin: CallOrigin): string | undefined {
    const runs = this.#runs;
    if (!runs) return undefined;
    const now = this.#options.now();
    const isOpen = (key: string): boolean => (runs.get(key)?.openUntil ?? now) > now;
    if (origin.caller !== undefined && isOpen(origin.caller)) return CALLER_APART;
    return isOpen(origin.operation) ? OPERATION_APART : undefined;
  }

  succeeded(origin: CallOrigin): void {
    const runs = this.#runs;
    if (!runs) return;
    runs.delete(origin.operation);
    if (origin.caller !== undefined) runs.delete(origin.caller);
    if (runs.size === 0) this.#runs = undefined;
  }

  failed({ caller, operation }: CallOrigin): void {
    this.#runs ??= createBoundedMap(this.#options.entriesMax);
    this.#count(this.#runOf(operation));
    if (caller === undefined) return;
    const ofCaller = this.#runOf(caller);
    if (ofCaller.operations.includes(operation)) return;
    if (ofCaller.operations.length < this.#options.failuresMax) ofCaller.operations.push(operation);
    this.#count(ofCaller);
  }

  /** After its time is over all go out again, and the next failure opens it anew. */
  #count(run: Run): void {
    const { failuresMax, openMs, now } = this.#options;
    run.failures++;
    if (run.failures >= failuresMax) run.openUntil = now() + openMs;
  }

  #runOf(key: string): Run {
    const runs = this.#runs!;
    const known = runs.get(key);
    if (known) return known;
    const run: Run = { failures: 0, operations: [], openUntil: Number.NEGATIVE_INFINITY };
    runs.set(key, run);
    return run;
  }
}
