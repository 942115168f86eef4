/** How the page asks: as the chosen identity, in parts where the operation defers, with a plain line for whatever fails. */
import { createGraphiQLFetcher, type Fetcher, type FetcherParams, isAsyncIterable } from '@graphiql/toolkit';
import type { Coverage, Identity } from './content.ts';

const ACCEPT = 'multipart/mixed; deferSpec=20220824, application/graphql-response+json, application/json;q=0.9';
const INTROSPECTION = 'IntrospectionQuery';
/** What `fetch` takes in the value of a header. */
const PLAIN = /^[\x20-\x7e\t]*$/;

interface Part {
  readonly extensions?: { readonly coverage?: Coverage };
  readonly incremental?: readonly Part[];
}

/** `onCoverage` is told `undefined` when an operation begins, and the coverage when it comes. */
export function createFetcher(
  identity: Identity | undefined,
  onCoverage: (coverage: Coverage | undefined) => void,
): Fetcher {
  const ask = createGraphiQLFetcher({
    url: '/graphql',
    headers: { accept: ACCEPT, ...(identity && { [identity.header]: identity.value }) },
    fetch: (url, init) => fetch(url, { ...init, headers: encodeHeaders(init?.headers) }).then(checkType),
  });
  return async (params, options) => {
    if (params.operationName === INTROSPECTION) return ask(params, options);
    onCoverage(undefined);
    const answer = await ask(withFreshName(params), options);
    return isAsyncIterable(answer) ? watch(answer, onCoverage) : answer;
  };
}

/** Names are compared without case, so that a header of the reader replaces that of the identity. */
function encodeHeaders(headers: HeadersInit | undefined): Headers {
  const encoded = new Headers();
  for (const [name, value] of Object.entries(headers ?? {})) {
    encoded.set(name, PLAIN.test(String(value)) ? String(value) : encodeURIComponent(String(value)));
  }
  return encoded;
}

async function checkType(response: Response): Promise<Response> {
  const type = response.headers.get('content-type') ?? '';
  if (/json|multipart\/mixed/.test(type)) return response;
  throw new Error(
    `the gateway answered ${response.status} ${response.statusText}: ${(await response.text()).slice(0, 300)}`,
  );
}

async function* watch(answer: AsyncIterable<unknown>, onCoverage: (coverage: Coverage) => void) {
  try {
    for await (const chunk of answer) {
      for (const part of [chunk].flat() as readonly Part[]) {
        for (const { extensions } of [part, ...(part.incremental ?? [])]) {
          if (extensions?.coverage) onCoverage(extensions.coverage);
        }
      }
      yield chunk as Part;
    }
  } catch (error) {
    // The editor would show the stack of an error that is thrown.
    yield { errors: [{ message: `No answer: ${error instanceof Error ? error.message : String(error)}` }] };
  }
}

/** Right after a change of tab, the editor may still name the operation of the tab before. */
function withFreshName({ query, operationName, ...params }: FetcherParams): FetcherParams {
  const isThere = operationName && new RegExp(`\\b${operationName}\\b`).test(query);
  return { ...params, query, ...(isThere ? { operationName } : {}) };
}
