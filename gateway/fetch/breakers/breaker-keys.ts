/** Caller and request body → the keys under which the breakers count failures of a call. */
import { sha256 } from '../../kit/crypto/digest.ts';

export interface BreakerKeys {
  /** Undefined for anonymous callers. */
  readonly caller: string | undefined;
  /**
   * The caller's operation, whatever its variables; for anonymous callers one request with its variables, so that none
   * affects the others.
   */
  readonly operation: string;
}

export interface BreakerKeysOptions {
  readonly caller: string | undefined;
  /** JSON text of a request: its query and variables. */
  readonly body: string;
}

export function createBreakerKeys(options: BreakerKeysOptions): BreakerKeys {
  return new LazyBreakerKeys(options);
}

/** Every call has one, and few are read, so that digests are computed on demand. */
class LazyBreakerKeys implements BreakerKeys {
  readonly caller: string | undefined;
  readonly #body: string;

  constructor({ caller, body }: BreakerKeysOptions) {
    this.caller = caller;
    this.#body = body;
  }

  get operation(): string {
    return this.caller === undefined ? sha256(this.#body) : `${this.caller} ${sha256(queryPartOf(this.#body))}`;
  }
}

/** Ends the query. No JSON string contains it, since its quotes would be escaped. */
const VARIABLES_START = '","variables":';

function queryPartOf(body: string): string {
  const end = body.indexOf(VARIABLES_START);
  return end < 0 ? body : body.slice(0, end);
}
