/** An open gateway over subgraphs that log the headers of their requests. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { composeServices } from '@theguild/federation-composition';
import { execute, parse } from 'graphql';
import { type Logger, pino } from 'pino';
import { readConfig } from '../../config/config.ts';
import { type Gateway, startGateway } from '../../start/start-gateway.ts';
import { PATIENT_LIMITS } from './patient-limits.ts';

type Resolvers = NonNullable<
  Extract<Parameters<typeof buildSubgraphSchema>[0], { readonly resolvers?: unknown }>['resolvers']
>;

export interface OpenSubgraph {
  /** With its link to the federation specification. */
  readonly sdl: string;
  /** Their context is the headers of the request. */
  readonly resolvers: Resolvers;
}

export interface SeenRequest {
  readonly subgraph: string;
  readonly headers: IncomingHttpHeaders;
  readonly query: string;
}

export interface OpenReply {
  readonly status: number;
  // biome-ignore lint/suspicious/noExplicitAny: what a test reads out of an answer is the test's to say
  readonly data?: any;
  readonly errors?: readonly {
    readonly message: string;
    readonly path?: readonly (string | number)[];
    readonly extensions?: Readonly<Record<string, unknown>>;
  }[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

export interface OpenGateway extends Gateway {
  /** What subgraphs were asked, oldest first. */
  readonly seen: SeenRequest[];
  ask(query: string, headers?: Readonly<Record<string, string>>): Promise<OpenReply>;
}

export interface OpenGatewayOptions {
  readonly subgraphs: Readonly<Record<string, OpenSubgraph>>;
  readonly env?: Readonly<Record<string, string>>;
  /** Default: silent. */
  readonly log?: Logger;
}

export async function startOpenGateway(options: OpenGatewayOptions): Promise<OpenGateway> {
  const { env = {}, log = pino({ level: 'silent' }) } = options;
  const closers: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of closers.splice(0).reverse()) await close();
  };
  try {
    const subgraphs = await startOpenSubgraphs(options.subgraphs);
    closers.push(subgraphs.stop);
    const { supergraph, seen } = subgraphs;
    const folder = await mkdtemp(join(tmpdir(), 'yiwang-open-'));
    closers.push(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'supergraph.graphql');
    await writeFile(file, supergraph);
    const config = readConfig(['--open', '--port', '0', '--data', folder, '--supergraph', file], env);
    const gateway = await startGateway({ config: { ...config, limits: { ...config.limits, ...PATIENT_LIMITS } }, log });
    closers.push(() => gateway.stop());
    return { ...gateway, seen, stop, ask: (query, headers = {}) => ask(gateway.url, query, headers) };
  } catch (error) {
    await stop();
    throw error;
  }
}

export interface OpenSubgraphs {
  /** SDL. */
  readonly supergraph: string;
  /** What subgraphs were asked, oldest first. */
  readonly seen: SeenRequest[];
  stop(): Promise<void>;
}

/** Each as a server of its own. */
export async function startOpenSubgraphs(subgraphs: OpenGatewayOptions['subgraphs']): Promise<OpenSubgraphs> {
  const seen: SeenRequest[] = [];
  const services = await Promise.all(
    Object.entries(subgraphs).map(async ([name, subgraph]) => {
      const { url, close } = await serve(name, subgraph, seen);
      return { name, url, typeDefs: parse(subgraph.sdl), close };
    }),
  );
  const stop = async () => void (await Promise.all(services.map(({ close }) => close())));
  const { supergraphSdl: supergraph, errors } = composeServices(services);
  if (supergraph !== undefined) return { supergraph, seen, stop };
  await stop();
  throw new Error(errors?.map(({ message }) => message).join('\n'));
}

async function ask(url: string, query: string, headers: Readonly<Record<string, string>>): Promise<OpenReply> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query }),
  });
  return { status: response.status, ...((await response.json()) as Omit<OpenReply, 'status'>) };
}

async function serve(name: string, { sdl, resolvers }: OpenSubgraph, seen: SeenRequest[]) {
  const schema = buildSubgraphSchema({ typeDefs: parse(sdl), resolvers });
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { query, variables } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
      query: string;
      variables?: Record<string, unknown>;
    };
    seen.push({ subgraph: name, headers: request.headers, query });
    const result = await execute({
      schema,
      document: parse(query),
      contextValue: request.headers,
      variableValues: variables ?? {},
    });
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(result));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
