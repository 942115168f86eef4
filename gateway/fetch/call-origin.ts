/** Whose a call is and what it asks: what a failure may be owed to before its address is. */
import { sha256 } from '../kit/digest.ts';

export interface CallOrigin {
  /** Undefined for callers who are not told apart. */
  readonly caller: string | undefined;
  /** The caller's operation at this address; of callers who are not told apart, one request with its values, so that no one spoils it for others. */
  readonly operation: string;
}

export interface OriginOptions {
  readonly caller: string | undefined;
  /** JSON text of a request: its query and variables. */
  readonly body: string;
}

export function createCallOrigin(options: OriginOptions): CallOrigin {
  return new LazyOrigin(options);
}

/** Every call has one, and few are ever asked: texts are looked at when they are. */
class LazyOrigin implements CallOrigin {
  readonly caller: string | undefined;
  readonly #body: string;

  constructor({ caller, body }: OriginOptions) {
    this.caller = caller;
    this.#body = body;
  }

  get operation(): string {
    return this.caller === undefined ? sha256(this.#body) : `${this.caller} ${sha256(queryOf(this.#body))}`;
  }
}

/** The first variable begins behind this; no text in JSON holds it, since its quotes would have backslashes. */
const VARIABLES = '","variables":';

function queryOf(body: string): string {
  const end = body.indexOf(VARIABLES);
  return end < 0 ? body : body.slice(0, end);
}
