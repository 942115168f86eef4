/** The engine as the `gateway` of somebody's own Apollo Server, over real HTTP subgraphs. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { afterEach, describe, expect, test } from '@jest/globals';
import { ConfigError } from '../../config/config.ts';
import { createYiwangGateway, type YiwangGatewayOptions } from '../../start/yiwang-gateway.ts';
import { type OpenSubgraphs, startOpenSubgraphs } from '../support/open-gateway.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key"])';
const header = (name: string) => (_: unknown, __: unknown, headers: unknown) =>
  new Map(Object.entries(headers ?? {})).get(name) ?? null;

const PEOPLE = {
  sdl: `${LINK} type Query { me: Person fails: Int people(first: Int): [Person!]! } type Mutation { rename(to: String!): Person }
    type Person @key(fields: "id") { id: ID! name: String caller: String }`,
  resolvers: {
    Query: {
      me: () => ({ id: '1', name: '王小明' }),
      fails: () => {
        throw new Error('password of the database: 1234');
      },
      people: (_: unknown, { first }: { first?: number }) => [{ id: '1' }, { id: '2' }].slice(0, first),
    },
    Mutation: { rename: (_: unknown, { to }: { to: string }) => ({ id: '1', name: to }) },
    Person: { caller: header('authorization') },
  },
};
const TENANTS = {
  sdl: `${LINK} type Person @key(fields: "id") { id: ID! tenant: String }`,
  resolvers: { Person: { tenant: header('x-tenant') } },
};

const closers: (() => Promise<unknown>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

async function startSubgraphs(): Promise<OpenSubgraphs> {
  const subgraphs = await startOpenSubgraphs({ people: PEOPLE, tenants: TENANTS });
  closers.push(subgraphs.stop);
  return subgraphs;
}

async function startServer(options: YiwangGatewayOptions): Promise<string> {
  const server = new ApolloServer({ gateway: createYiwangGateway(options), includeStacktraceInErrorResponses: false });
  const { url } = await startStandaloneServer(server, { listen: { port: 0, host: '127.0.0.1' } });
  closers.push(() => server.stop());
  return url;
}

async function ask(url: string, body: object, headers: Readonly<Record<string, string>> = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  return (await response.json()) as { data?: unknown; errors?: { message: string; extensions: { code: string } }[] };
}

describe("createYiwangGateway in somebody's own Apollo Server", () => {
  test('answers a join over two subgraphs, with variables and introspection', async () => {
    const { supergraph, seen } = await startSubgraphs();
    const url = await startServer({ supergraph });
    const query =
      'query ($first: Int) { people(first: $first) { id tenant } me { name } __type(name: "Person") { name } }';
    const answer = await ask(url, { query, variables: { first: 1 } });
    expect(answer).toEqual({
      data: { people: [{ id: '1', tenant: null }], me: { name: '王小明' }, __type: { name: 'Person' } },
    });
    expect(new Set(seen.map(({ subgraph }) => subgraph))).toEqual(new Set(['people', 'tenants']));
  });

  test('runs mutations, and sends on the headers that it is told to', async () => {
    const { supergraph } = await startSubgraphs();
    const url = await startServer({ supergraph, forwardHeaders: ['X-Tenant'] });
    const headers = { authorization: 'Bearer a', 'x-tenant': 't', 'x-other': 'o' };
    const query = 'mutation { rename(to: "b") { name caller tenant } }';
    expect(await ask(url, { query }, headers)).toEqual({
      data: { rename: { name: 'b', caller: 'Bearer a', tenant: 't' } },
    });
  });

  test('masks messages of subgraphs unless it is told to show them', async () => {
    const { supergraph } = await startSubgraphs();
    const masked = await ask(await startServer({ supergraph }), { query: '{ fails me { name } }' });
    expect(masked).toMatchObject({ data: { fails: null, me: { name: '王小明' } } });
    expect(JSON.stringify(masked)).not.toContain('password');
    const shown = await ask(await startServer({ supergraph, showSubgraphErrors: true }), { query: '{ fails }' });
    expect(JSON.stringify(shown)).toContain('password');
  });

  test('refuses an operation beyond its limits with the limit', async () => {
    const { supergraph } = await startSubgraphs();
    const url = await startServer({ supergraph, limits: { rootFieldsMax: 1 } });
    const { errors } = await ask(url, { query: '{ me { id } fails }' });
    expect(errors).toMatchObject([{ extensions: { code: 'TOO_COSTLY', limit: 'rootFieldsMax' } }]);
  });

  test('runs no operation but the one that the client names', async () => {
    const { supergraph, seen } = await startSubgraphs();
    const url = await startServer({ supergraph });
    const { data, errors } = await ask(url, {
      query: 'mutation A { rename(to: "b") { id } }',
      operationName: 'B',
    });
    expect([data, errors?.[0]?.extensions.code]).toEqual([undefined, 'OPERATION_RESOLUTION_FAILURE']);
    expect(seen).toEqual([]);
  });

  test("sends a client's request id on only if it is one", async () => {
    const { supergraph, seen } = await startSubgraphs();
    const url = await startServer({ supergraph });
    for (const id of ['r-1', 'x'.repeat(5_000)]) await ask(url, { query: '{ me { id } }' }, { 'x-request-id': id });
    const ids = seen.map(({ headers }) => headers['x-yiwang-request-id']);
    expect(ids).toEqual(['r-1', expect.stringMatching(/^[\da-f-]{36}$/)]);
  });

  test('lists all that is wrong with its options', () => {
    const limits = { depthMax: 0, deepness: 3, operationDeadlineMs: undefined } as object;
    expect(() => createYiwangGateway({ limits, forwardHeaders: ['Content-Length', 'a b'] })).toThrow(
      new ConfigError([
        'createYiwangGateway takes "supergraph" (SDL) or "supergraphFile", one of them.',
        'limits.depthMax is 0; expected a whole number from 1 to 40 (levels).',
        'limits.deepness is not a limit of the gateway.',
        'forwardHeaders holds "content-length", which the gateway sets itself.',
        'forwardHeaders holds "a b"; expected exact names of headers, separated by commas.',
      ]),
    );
  });

  test('serves one Apollo Server: the stop of another would end it', async () => {
    const { supergraph } = await startSubgraphs();
    const gateway = createYiwangGateway({ supergraph });
    closers.push(() => gateway.stop());
    await gateway.load();
    await expect(gateway.load()).rejects.toThrow(/serves one Apollo Server/);
  });

  test('serves a new supergraph as soon as its file holds one', async () => {
    const { supergraph } = await startSubgraphs();
    const folder = await mkdtemp(join(tmpdir(), 'yiwang-drop-in-'));
    closers.push(() => rm(folder, { recursive: true, force: true }));
    const supergraphFile = join(folder, 'supergraph.graphql');
    const replace = async (text: string) => {
      await writeFile(`${supergraphFile}.new`, text);
      await rename(`${supergraphFile}.new`, supergraphFile);
    };
    await replace(supergraph.replace(/^ +fails: .*\n/m, ''));
    const url = await startServer({ supergraphFile, limits: { reloadPollMs: 20 } });
    const query = '{ __type(name: "Query") { fields { name } } fails }';
    expect((await ask(url, { query })).errors).toMatchObject([{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }]);
    await replace(supergraph);
    while ((await ask(url, { query: '{ fails }' })).data === undefined) await new Promise((go) => setTimeout(go, 20));
    expect(await ask(url, { query: '{ me { id } }' })).toEqual({ data: { me: { id: '1' } } });
  });

  test('does not start with a supergraph that it cannot use, and says why', async () => {
    const gateway = createYiwangGateway({ supergraph: 'type Query {' });
    closers.push(() => gateway.stop());
    await expect(gateway.load()).rejects.toThrow(/cannot be used/);
    expect(() => createYiwangGateway({})).toThrow(/one of them/);
  });

  test('runs as examples/apollo-server has it', async () => {
    const { supergraph } = await startSubgraphs();
    const folder = await mkdtemp(join(tmpdir(), 'yiwang-drop-in-'));
    closers.push(() => rm(folder, { recursive: true, force: true }));
    const file = join(folder, 'supergraph.graphql');
    await writeFile(file, supergraph);
    const child = spawn(process.execPath, ['--import', 'tsx', 'examples/apollo-server/server.ts', file], {
      cwd: ROOT,
      env: { ...process.env, PORT: '0' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    closers.push(async () => {
      const ended = once(child, 'exit');
      child.kill();
      await ended;
    });
    const [line] = (await once(child.stdout!, 'data')) as [Buffer];
    const url = line.toString().trim().replace('localhost', '127.0.0.1');
    expect(await ask(url, { query: '{ me { name } }' })).toEqual({ data: { me: { name: '王小明' } } });
  });
});
