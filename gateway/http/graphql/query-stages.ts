/** `/graphql` over HTTP: head of the request → preferences, credential → rights, and Apollo Server as the protocol. */
import type { Logger } from 'pino';
import { PublicError } from '../../model/errors.ts';
import type { Limits } from '../../model/limits.ts';
import type { Rights } from '../../model/rights.ts';
import type { RequestStages } from '../../pipeline/index.ts';
import { exactVariablesOf } from '../request/exact-variables.ts';
import { createForwardedHeadersReader } from '../request/forwarded-headers.ts';
import { type Preferences, readPreferences } from '../request/preferences.ts';
import { mediaTypeFor } from '../response/media-type.ts';
import { acceptsMultipart } from '../response/multipart.ts';
import { toIncrementalResponse, toSinglePartResponse } from './incremental-response.ts';
import type { OperationServer } from './operation-server.ts';
import { createQueryContext } from './query-context.ts';

/** What identifies the caller of a request. */
export interface ClientRequest {
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  /** Names and values alternate, as received. */
  readonly rawHeaders: readonly string[];
  /** Network address of the client. */
  readonly address: string;
}

export interface QueryStagesOptions {
  /** Throws a `PublicError`. */
  readonly identify: (request: ClientRequest) => Promise<Rights>;
  readonly limits: Limits;
  readonly log: Logger;
  /** Names of the request headers that are forwarded to subgraphs, in lower case. */
  readonly forwardedHeaders: readonly string[];
}

export interface QueryPreferences extends Preferences {
  /** `multipart`: the client accepts nothing else. */
  readonly form: 'json' | 'multipart';
}

export function createQueryStages(options: QueryStagesOptions): RequestStages<QueryPreferences, OperationServer> {
  const { identify, limits, forwardedHeaders } = options;
  const readForwarded = createForwardedHeadersReader(forwardedHeaders);
  return {
    receive({ headers }, context) {
      // Decided before anything runs: an operation is not executed if its result cannot be sent.
      const form = negotiateForm(headers.accept);
      const preferences = readPreferences(headers, limits);
      context.startDeadline(preferences.deadlineMs, limits.deadlineGraceMs);
      return { ...preferences, form };
    },
    identify: ({ headers, raw, ip }) => identify({ headers, rawHeaders: raw.rawHeaders, address: ip }),
    async protocol(request, context, { preferences, rights, version }) {
      const { completeness, explainCoverage, form } = preferences;
      if (explainCoverage) assertMayExplain(rights);
      const forwarded = readForwarded(request.raw);
      const view = version.viewOf(rights);
      const search = searchOf(request.url);
      const { requestId, caller, deadlineMs, signal } = context;
      const query = createQueryContext(context, {
        exactVariables: exactVariablesOf(request, search),
        view,
        rights,
        caller,
        completeness,
        explainCoverage,
        deadlineMs,
        requestId,
        // Completeness is known at the end only, when parts of the answer are out.
        isIncremental: completeness === 0 && acceptsMultipart(request.headers.accept),
        forwarded,
        signal,
      });
      const method = request.method === 'HEAD' ? 'GET' : request.method;
      const { headers, body } = request;
      const response = await version.serverOf(view).answer({ method, headers, search, body }, query);
      const { subsequentResults } = query.outcome;
      if (subsequentResults) return toIncrementalResponse(response, subsequentResults, query, options);
      return form === 'multipart' && context.data ? toSinglePartResponse(response) : response;
    },
  };
}

/** Throws `NOT_ACCEPTABLE` if the client takes neither. */
function negotiateForm(accept: string | undefined): QueryPreferences['form'] {
  if (mediaTypeFor(accept) !== undefined) return 'json';
  if (acceptsMultipart(accept)) return 'multipart';
  const offered = 'application/json, application/graphql-response+json or multipart/mixed; deferSpec=20220824';
  throw new PublicError('NOT_ACCEPTABLE', `The header "accept" must allow ${offered}; nothing was run.`);
}

/** Full coverage shows the inside of the network, which is not for everybody. */
function assertMayExplain({ audience }: Rights): void {
  if (audience === 'supervisor' || audience === 'auditor') return;
  throw new PublicError('OUT_OF_SCOPE', 'The header "x-yiwang-explain" is for supervisors and auditors; leave it out.');
}

/** The URL from its question mark on, without parameters that have no value. */
function searchOf(url: string): string {
  const start = url.indexOf('?');
  if (start === -1) return '';
  return url.slice(start).replace(EMPTY_PARAMETERS, '$1');
}

const EMPTY_PARAMETERS = /([?&])(?:variables|extensions|operationName)=(?=&|$)/g;
