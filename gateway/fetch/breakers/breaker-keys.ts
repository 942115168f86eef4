/** Whose a call is and what it asks: what a failure may be owed to before its address is. */
import { sha256 } from '../../kit/crypto/digest.ts';

export interface BreakerKeys {
  /** Undefined for callers who are not told apart. */
  readonly caller: string | undefined;
  /** The caller's operation at this address; of callers who are not told apart, one request with its values, so that no one spoils it for others. */
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

/** Every call has one, and few are ever asked: texts are looked at when they are. */
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

/** The first variable begins behind this; no text in JSON holds it, since its quotes would have backslashes. */
const VARIABLES_START = '","variables":';

function queryPartOf(body: string): string {
  const end = body.indexOf(VARIABLES_START);
  return end < 0 ? body : body.slice(0, end);
}
