/** `/graphql`: receive, then identify, admit, execute and record, in this order. */
import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { PublicError } from '../model/errors.ts';
import type { Rights } from '../model/rights.ts';
import { exactVariablesOf } from './exact-variables.ts';
import { createForwardedReader } from './forwarded.ts';
import { mediaTypeFor } from './media-type.ts';
import { takesParts } from './multipart.ts';
import { inOnePart, inPartsOf } from './parts.ts';
import type { Steps } from './ports.ts';
import { readPreferences } from './preferences.ts';
import { createRecordedRoute, type Route, type RouteOptions } from './recorded-route.ts';
import type { Visit } from './visit.ts';

export interface GraphQLRouteOptions extends RouteOptions {
  readonly steps: Steps;
  /** Names of the request headers that go on to subgraphs, in lower case. */
  readonly forwardedHeaders?: readonly string[];
}

export function createGraphQLRoute(options: GraphQLRouteOptions): Route {
  const { steps, limits, forwardedHeaders = [] } = options;
  const readForwarded = createForwardedReader(forwardedHeaders);
  return createRecordedRoute(options, {
    requestIdOf: (request) => requestIdOf(request),
    async visit(request, arrival) {
      const { accept } = request.headers;
      // Decided before anything runs: what cannot be told is not to be done.
      const form = formFor(accept);
      if (form === undefined) throw notAcceptable();
      const asked = readPreferences(request.headers, limits);
      const preferences = { ...asked, deadlineMs: arrival.leftOf(asked.deadlineMs) };
      const signal = arrival.within(preferences.deadlineMs);
      const rights = await steps.identify({
        headers: request.headers,
        rawHeaders: request.raw.rawHeaders,
        address: request.ip,
      });
      arrival.rights = rights;
      if (preferences.explainCoverage) assertMayExplain(rights);
      const forwarded = readForwarded(request.raw);
      const { graph, leave } = steps.enter();
      arrival.onEnd(leave);
      const view = graph.viewOf(rights);
      const { requestId, findings } = arrival;
      // How much of an answer there is shows at its end, when parts of it are out.
      const inParts = preferences.completeness === 0 && takesParts(accept);
      const search = searchOf(request.url);
      const exactVariables = exactVariablesOf(request, search);
      const visit: Visit = {
        requestId,
        caller: arrival.caller,
        rights,
        view,
        preferences,
        inParts,
        signal,
        forwarded,
        exactVariables,
        findings,
      };
      const answer = await graph.serverOf(view).answer(
        {
          method: request.method === 'HEAD' ? 'GET' : request.method,
          headers: request.headers,
          search,
          body: request.body,
        },
        visit,
      );
      if (findings.later) return inPartsOf(answer, findings.later, visit, options);
      return form === 'parts' && findings.data ? inOnePart(answer) : answer;
    },
  });
}

/** JSON if the client takes it; parts for a client that takes nothing else; undefined for one that takes neither. */
function formFor(accept: string | undefined): 'json' | 'parts' | undefined {
  if (mediaTypeFor(accept) !== undefined) return 'json';
  return takesParts(accept) ? 'parts' : undefined;
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
export function requestIdOf(request: FastifyRequest, header = 'x-request-id'): string {
  const given = request.headers[header];
  return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID();
}
