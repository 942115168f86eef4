/** Subgraphs for tests: schemas with resolvers, each served over HTTP on a loopback port. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, type GraphQLSchema, parse, validate } from 'graphql';

type SubgraphModule = Extract<Parameters<typeof buildSubgraphSchema>[0], { readonly resolvers?: unknown }>;
type Resolvers = NonNullable<SubgraphModule['resolvers']>;

export interface Subgraph {
  /** Without the link to the specification of Federation, which is added. */
  readonly sdl: string;
  /** The version of Federation. Default: 2. */
  readonly federation?: 1;
  /** By type and field. `__resolveReference` and `__resolveType` are those of `@apollo/subgraph`. */
  readonly resolvers?: Resolvers;
  /** The root value. */
  readonly root?: object;
  /** A response in place of the schema's, if it returns one. Composition always gets the schema's. */
  readonly respond?: (request: SubgraphRequest) => RawAnswer | undefined;
}

export type Subgraphs = Readonly<Record<string, Subgraph>>;

export interface SubgraphRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

export interface RawAnswer {
  readonly status: number;
  readonly body: string;
}

export interface SubgraphServer {
  readonly url: string;
  /** With the link to the specification of Federation. */
  readonly sdl: string;
  /** Requests so far, oldest first. */
  readonly requests: SubgraphRequest[];
  close(): Promise<void>;
}

const IMPORTS = [
  '@key',
  '@requires',
  '@provides',
  '@external',
  '@shareable',
  '@override',
  '@inaccessible',
  '@interfaceObject',
  '@tag',
  '@extends',
  '@composeDirective',
];

export async function startSubgraph(subgraph: Subgraph): Promise<SubgraphServer> {
  const imports = IMPORTS.map((name) => `"${name}"`).join(', ');
  const link = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: [${imports}])\n`;
  const sdl = subgraph.federation === 1 ? subgraph.sdl : link + subgraph.sdl;
  const schema = buildSubgraphSchema({ typeDefs: parse(sdl), resolvers: subgraph.resolvers ?? {} });
  const requests: SubgraphRequest[] = [];
  const server = createServer((request, response) => {
    readJson(request)
      .then(async (received) => {
        requests.push(received);
        const { status, body } =
          (received.query.includes('_service') ? undefined : subgraph.respond?.(received)) ??
          (await answer(schema, subgraph.root ?? {}, received));
        send(response, status, body);
      })
      .catch((error: Error) => response.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    sdl,
    requests,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

async function answer(
  schema: GraphQLSchema,
  rootValue: object,
  { query, variables }: SubgraphRequest,
): Promise<RawAnswer> {
  const document = parse(query);
  const faults = validate(schema, document);
  if (faults.length > 0) return { status: 400, body: JSON.stringify({ errors: faults }) };
  const result = await execute({ schema, document, rootValue, variableValues: variables ?? {} });
  return { status: 200, body: JSON.stringify(result) };
}

async function readJson(request: IncomingMessage): Promise<SubgraphRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8')) as SubgraphRequest;
}

function send(response: ServerResponse, status: number, body: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body);
}
