/** A client of the graph in one function: typed by the operations of `generated/operations.ts`, honest about what is missing. */

/** An operation with the type of its data. */
export interface Operation<Data> {
  readonly name: string;
  readonly text: string;
  /** Never there: it carries the type. */
  readonly data?: Data;
}

export interface Answer<Data> {
  readonly data?: Data | null;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string };
  }[];
  readonly extensions?: { readonly coverage?: Coverage };
}

/** How much of what was asked for is there. */
export interface Coverage {
  /** Calls of platforms. */
  readonly asked: number;
  readonly answered: number;
  readonly complete: boolean;
  /** Those that did not answer. */
  readonly platforms: readonly { readonly platform: string; readonly status: string; readonly reason?: string }[];
  /** Divisions that no platform answers for. */
  readonly unserved?: readonly string[];
}

export interface ClientOptions {
  /** Such as `http://127.0.0.1:4000/graphql`. */
  readonly url: string;
  /** The credential: `authorization` or `x-api-key`. */
  readonly headers: Readonly<Record<string, string>>;
}

export type Ask = <Data>(
  operation: Operation<Data>,
  variables?: Readonly<Record<string, unknown>>,
) => Promise<Answer<Data>>;

/** The returned function throws an `Error` if there is no answer in GraphQL's form; everything else is in the answer. */
export function createClient({ url, headers }: ClientOptions): Ask {
  return async ({ name, text }, variables) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query: text, operationName: name, variables }),
    });
    const type = response.headers.get('content-type') ?? '';
    if (!type.includes('json')) throw new Error(`${url} answered ${response.status} ${type}, which is not JSON`);
    return (await response.json()) as Answer<never>;
  };
}
