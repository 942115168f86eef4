/** What the gateway offers the page, and how the page asks. */
import type { Fetcher, FetcherParams } from '@graphiql/toolkit';

export interface Identity {
  readonly name: string;
  readonly about: string;
  readonly header: string;
  readonly value: string;
}

export interface Question {
  readonly title: string;
  readonly identity: string;
  readonly operationName: string;
  readonly query: string;
  /** JSON. */
  readonly variables?: string;
}

export interface Content {
  readonly identities: readonly Identity[];
  readonly questions: readonly Question[];
}

export interface Coverage {
  readonly asked: number;
  readonly answered: number;
  readonly complete: boolean;
  readonly platforms: readonly { readonly platform: string; readonly status: string }[];
}

export async function readContent(): Promise<Content> {
  const response = await fetch('/playground/content');
  if (!response.ok) throw new Error(`the gateway answered ${response.status}`);
  return (await response.json()) as Content;
}

/** Headers that the reader sets in the editor go before those of the identity. */
export function createFetcher(
  identity: Identity | undefined,
  onCoverage: (coverage: Coverage | undefined) => void,
): Fetcher {
  return async (params, options) => {
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(identity === undefined ? {} : { [identity.header]: identity.value }),
        ...options?.headers,
      },
      body: JSON.stringify(withFreshName(params)),
    });
    const answer = await response.json();
    if (params.operationName !== 'IntrospectionQuery') onCoverage(answer.extensions?.coverage);
    return answer;
  };
}

/** Right after a change of tab, the editor may still name the operation of the tab before. */
function withFreshName({ query, operationName, ...params }: FetcherParams): FetcherParams {
  const isThere = operationName && new RegExp(`\\b${operationName}\\b`).test(query);
  return { ...params, query, ...(isThere ? { operationName } : {}) };
}
