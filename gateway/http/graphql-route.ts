/** `/graphql`: receive, then identify, admit, execute and record, in this order. */
import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { takesParts } from './multipart.ts';
import { inPartsOf } from './parts.ts';
import type { Steps } from './ports.ts';
import { readPreferences } from './preferences.ts';
import { createRecordedRoute, type Route, type RouteOptions } from './recorded-route.ts';
import type { Visit } from './visit.ts';

export interface GraphQLRouteOptions extends RouteOptions {
  readonly steps: Steps;
}

export function createGraphQLRoute(options: GraphQLRouteOptions): Route {
  const { steps, limits } = options;
  return createRecordedRoute(options, {
    requestIdOf: (request) => requestIdOf(request),
    async visit(request, arrival) {
      const asked = readPreferences(request.headers, limits);
      const preferences = { ...asked, deadlineMs: arrival.leftOf(asked.deadlineMs) };
      const signal = arrival.within(preferences.deadlineMs);
      const rights = await steps.identify({
        headers: request.headers,
        rawHeaders: request.raw.rawHeaders,
        address: request.ip,
      });
      arrival.rights = rights;
      const { graph, leave } = steps.enter();
      arrival.onEnd(leave);
      const view = graph.viewOf(rights);
      const { requestId, findings } = arrival;
      // How much of an answer there is shows at its end, when parts of it are out.
      const inParts = preferences.completeness === 0 && takesParts(request.headers.accept);
      const caller: Visit = { requestId, rights, view, preferences, inParts, signal, findings };
      const search = request.url.indexOf('?');
      const answer = await graph.serverOf(view).answer(
        {
          method: request.method,
          headers: request.headers,
          search: search === -1 ? '' : request.url.slice(search),
          body: request.body,
        },
        caller,
      );
      return findings.later ? inPartsOf(answer, findings.later, caller, options) : answer;
    },
  });
}

/** The caller's id is kept where it is harmless in logs and headers. */
export function requestIdOf(request: FastifyRequest, header = 'x-request-id'): string {
  const given = request.headers[header];
  return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID();
}
