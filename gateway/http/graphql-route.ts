/** `/graphql`: receive, then identify, admit, execute and record, in this order. */
import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
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
      const preferences = readPreferences(request.headers, limits);
      const signal = arrival.within(preferences.deadlineMs);
      const rights = await steps.identify(request.headers);
      arrival.rights = rights;
      const { graph, leave } = steps.enter();
      try {
        const view = graph.viewOf(rights);
        const { requestId, findings } = arrival;
        const caller: Visit = { requestId, rights, view, preferences, signal, findings };
        const search = request.url.indexOf('?');
        return await graph.serverOf(view).answer(
          {
            method: request.method,
            headers: request.headers,
            search: search === -1 ? '' : request.url.slice(search),
            body: request.body,
          },
          caller,
        );
      } finally {
        leave();
      }
    },
  });
}

/** The caller's id is kept where it is harmless in logs and headers. */
export function requestIdOf(request: FastifyRequest, header = 'x-request-id'): string {
  const given = request.headers[header];
  return typeof given === 'string' && /^[\w.:-]{1,128}$/.test(given) ? given : randomUUID();
}
