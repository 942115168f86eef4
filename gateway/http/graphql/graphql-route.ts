/** `/graphql`: receive, then identify, admit, execute and record, in this order. */
import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { PublicError } from '../../model/errors.ts';
import type { Rights } from '../../model/rights.ts';
import type { OperationContext } from '../lifecycle/operation-context.ts';
import { createRecordedRoute, type Route, type RouteOptions } from '../lifecycle/recorded-route.ts';
import type { RequestSteps } from '../lifecycle/steps.ts';
import { exactVariablesOf } from '../request/exact-variables.ts';
import { createForwardedHeadersReader } from '../request/forwarded-headers.ts';
import { readPreferences } from '../request/preferences.ts';
import { mediaTypeFor } from '../response/media-type.ts';
import { acceptsMultipart } from '../response/multipart.ts';
import { toIncrementalResponse, toSinglePartResponse } from './incremental-response.ts';

export interface GraphQLRouteOptions extends RouteOptions {
  readonly steps: RequestSteps;
  /** Names of the request headers that go on to subgraphs, in lower case. */
  readonly forwardedHeaders?: readonly string[];
}

export function createGraphQLRoute(options: GraphQLRouteOptions): Route {
  const { steps, limits, forwardedHeaders = [] } = options;
  const readForwarded = createForwardedHeadersReader(forwardedHeaders);
  return createRecordedRoute(options, {
    requestIdOf: (request) => readRequestId(request),
    async handle(request, arrival) {
      const { accept } = request.headers;
      // Decided before anything runs: what cannot be told is not to be done.
      const form = negotiateForm(accept);
      if (form === undefined) throw notAcceptable();
      const requested = readPreferences(request.headers, limits);
      const preferences = { ...requested, deadlineMs: arrival.leftOf(requested.deadlineMs) };
      const signal = arrival.within(preferences.deadlineMs);
      const rights = await steps.identify({
        headers: request.headers,
        rawHeaders: request.raw.rawHeaders,
        address: request.ip,
      });
      arrival.rights = rights;
      if (preferences.explainCoverage) assertMayExplain(rights);
      const forwarded = readForwarded(request.raw);
      const { server, release } = steps.enter();
      arrival.onEnd(release);
      const view = server.viewOf(rights);
      const { requestId, result } = arrival;
      // How much of an answer there is shows at its end, when parts of it are out.
      const inParts = preferences.completeness === 0 && acceptsMultipart(accept);
      const search = searchOf(request.url);
      const exactVariables = exactVariablesOf(request, search);
      const visit: OperationContext = {
        requestId,
        caller: arrival.caller,
        rights,
        view,
        preferences,
        inParts,
        signal,
        forwarded,
        exactVariables,
        result,
      };
      const answer = await server.serverOf(view).answer(
        {
          method: request.method === 'HEAD' ? 'GET' : request.method,
          headers: request.headers,
          search,
          body: request.body,
        },
        visit,
      );
      if (result.later) return toIncrementalResponse(answer, result.later, visit, options);
      return form === 'parts' && result.data ? toSinglePartResponse(answer) : answer;
    },
  });
}

/** JSON if the client takes it; parts for a client that takes nothing else; undefined for one that takes neither. */
function negotiateForm(accept: string | undefined): 'json' | 'parts' | undefined {
  if (mediaTypeFor(accept) !== undefined) return 'json';
  return acceptsMultipart(accept) ? 'parts' : undefined;
}

function notAcceptable(): PublicError {
  const offered = 'application/json, application/graphql-response+json or multipart/mixed; deferSpec=20220824';
  return new PublicError('NOT_ACCEPTABLE', `The header "accept" must allow ${offered}; nothing was run.`);
}

/** Who answered is told of the network's inside, which is not for everybody. */
function assertMayExplain({ audience }: Rights): void {
  if (audience === 'supervisor' || audience === 'auditor') return;
  throw new PublicError('OUT_OF_SCOPE', 'The header "x-yiwang-explain" is for supervisors and auditors; leave it out.');
}

/** The part of a URL from its question mark on; a parameter without a value says as much as none. */
function searchOf(url: string): string {
  const start = url.indexOf('?');
  if (start === -1) return '';
  return url.slice(start).replace(EMPTY_PARAMETERS, '$1');
}

const EMPTY_PARAMETERS = /([?&])(?:variables|extensions|operationName)=(?=&|$)/g;

/** The caller's id is kept where it is harmless in logs and headers. */
export function readRequestId(request: FastifyRequest, header = 'x-request-id'): string {
  const headerValue = request.headers[header];
  return typeof headerValue === 'string' && /^[\w.:-]{1,128}$/.test(headerValue) ? headerValue : randomUUID();
}
