/** A scripted gateway that serves the real page. */
import type { IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { servePlayground } from '@yiwang/gateway/http/listener/playground.ts';
import Fastify, { type FastifyReply } from 'fastify';
import { buildSchema, graphqlSync } from 'graphql';

export interface PlaygroundServer {
  readonly url: string;
  /** Headers of the received operations, without introspection. */
  readonly requests: readonly IncomingHttpHeaders[];
  /** Answers of the next operations. */
  respond: (reply: FastifyReply) => unknown;
  /** Questions and identities of the page. */
  content: object;
  close(): Promise<void>;
}

const SCHEMA = buildSchema(`
  directive @defer(if: Boolean = true, label: String) on FRAGMENT_SPREAD | INLINE_FRAGMENT
  type Query { city(code: String): City }
  type City { name: String population: Int }
`);

export const EMPTY_CONTENT = { identities: [], questions: [] };

/** `folder` holds the bundle. */
export async function startPlaygroundServer(folder: string): Promise<PlaygroundServer> {
  const requests: IncomingHttpHeaders[] = [];
  const server = {
    requests,
    respond: (reply: FastifyReply): unknown => reply.send({ data: { city: { name: '武汉市' } } }),
    content: EMPTY_CONTENT as object,
  };
  const app = Fastify({ forceCloseConnections: true });
  const content = async () => server.content;
  servePlayground(app, { folder, ready: Promise.resolve(true), content }, () => true);
  app.post<{ Body: { query: string } }>('/graphql', async (request, reply) => {
    if (request.body.query.includes('__schema')) return graphqlSync({ schema: SCHEMA, source: request.body.query });
    requests.push(request.headers);
    return server.respond(reply);
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return Object.assign(server, { url: `http://127.0.0.1:${port}/`, close: () => app.close() });
}
