/**
 * `@defer` over HTTP with subgraphs that are held back: parts come when they are ready, and together are the whole
 * answer.
 */
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import type { Coverage } from '../../model/validated-operation.ts';
import { type SubgraphServer, startSubgraph } from '../reference/subgraph-server.ts';
import { type Json, MULTIPART_ACCEPT, mergeParts, type ReadPart, readParts } from '../support/multipart.ts';
import { startToyGateway, type ToyGateway, toyEntry } from '../support/toys/toy-gateway.ts';
import { type Behaviour, startToyPlatform, type ToyPlatform } from '../support/toys/toy-platform.ts';

const PEOPLE = [
  { id: '1', name: 'Li', friend: { id: '2', name: 'Wu' } },
  { id: '2', name: 'Wu', friend: { id: '1', name: 'Li' } },
  { id: '3', name: 'Xu', friend: null },
];

interface Hold {
  readonly opened: Promise<void>;
  open(): void;
  /** Fulfilled when somebody waits. */
  readonly reached: Promise<void>;
  reach(): void;
}

function hold(): Hold {
  let open = (): void => {};
  let reach = (): void => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  return { opened, open, reached, reach };
}

describe('@defer', () => {
  const holds: { ages?: Hold; homes?: Hold } = {};
  let servers: SubgraphServer[];
  let gateway: ToyGateway;

  const heldBack = (name: 'ages' | 'homes') => async () => {
    holds[name]?.reach();
    await holds[name]?.opened;
  };

  beforeAll(async () => {
    const held = { ages: heldBack('ages'), homes: heldBack('homes') };
    servers = [
      await startSubgraph({
        sdl: `type Query { people: [Person!]! person(id: ID!): Being about: About }
          type Mutation { rename(id: ID!): Person }
          interface Being { id: ID! name: String }
          type About { lines: [String!] }
          type Person implements Being @key(fields: "id") { id: ID! name: String friend: Person }
          type Robot implements Being @key(fields: "id") { id: ID! name: String }`,
        resolvers: {
          Query: {
            people: () => PEOPLE,
            person: (_: unknown, { id }: { id: string }) =>
              id === '9' ? { __typename: 'Robot', id, name: 'R' } : { __typename: 'Person', ...PEOPLE[Number(id) - 1] },
            about: () => ({ lines: ['a', 'b'] }),
          },
          Mutation: { rename: () => PEOPLE[0] },
          Person: { __resolveReference: ({ id }: { id: string }) => PEOPLE[Number(id) - 1] },
        },
      }),
      await startSubgraph({
        sdl: 'type Person @key(fields: "id") { id: ID! age: Int sure: Int! } type Robot @key(fields: "id") { id: ID! age: Int }',
        resolvers: {
          Person: {
            __resolveReference: async ({ id }: { id: string }) => held.ages().then(() => ({ id })),
            age: ({ id }: { id: string }) => 10 * Number(id),
            sure: ({ id }: { id: string }) => (id === '2' ? null : 1),
          },
          Robot: { __resolveReference: ({ id }: { id: string }) => ({ id, age: 1 }) },
        },
      }),
      await startSubgraph({
        sdl: 'type Person @key(fields: "id") { id: ID! home: Home } type Home { street: String! broken: String }',
        resolvers: {
          Person: {
            __resolveReference: async ({ id }: { id: string }) => held.homes().then(() => ({ id })),
            home: ({ id }: { id: string }) => ({ street: `street ${id}` }),
          },
          Home: {
            broken: () => {
              throw new Error('no such thing');
            },
          },
        },
      }),
    ];
    const names = ['people', 'ages', 'homes'];
    const services = servers.map(({ url, sdl }, i) => ({ name: names[i]!, url, typeDefs: parse(sdl) }));
    const { supergraphSdl } = composeServices(services);
    gateway = await startToyGateway({ platforms: [], open: true, supergraph: supergraphSdl! });
  });

  afterEach(() => {
    for (const name of ['ages', 'homes'] as const) {
      holds[name]?.open();
      delete holds[name];
    }
  });

  afterAll(async () => {
    await gateway.stop();
    await Promise.all(servers.map((server) => server.close()));
  });

  const post = (query: string, { accept = MULTIPART_ACCEPT, ...init }: RequestInit & { accept?: string } = {}) =>
    fetch(gateway.url, {
      ...init,
      method: 'POST',
      headers: { 'content-type': 'application/json', accept },
      body: JSON.stringify({ query, variables: { yes: true, no: false } }),
    });
  const partsOf = async (query: string): Promise<ReadPart[]> => {
    const parts: ReadPart[] = [];
    for await (const part of readParts(await post(query))) parts.push(part);
    return parts;
  };

  test('sends the first part while a slow subgraph is still called, and the rest as it comes', async () => {
    holds.ages = hold();
    const response = await post(
      '{ people { name ... @defer(label: "ages") { age } ... @defer(label: "homes") { home { street } } } }',
    );
    expect([response.status, response.headers.get('content-type')]).toEqual([
      200,
      'multipart/mixed; boundary="-"; deferSpec=20220824',
    ]);
    const parts = readParts(response);
    const next = async () => (await parts.next()).value as ReadPart;
    expect(await next()).toEqual({ data: { people: PEOPLE.map(({ name }) => ({ name })) }, hasNext: true });
    expect(await next()).toEqual({
      incremental: ['1', '2', '3'].map((id, i) => ({
        label: 'homes',
        path: ['people', i],
        data: { home: { street: `street ${id}` } },
      })),
      hasNext: true,
    });
    holds.ages.open();
    expect(await next()).toEqual({
      incremental: [10, 20, 30].map((age, i) => ({ label: 'ages', path: ['people', i], data: { age } })),
      hasNext: false,
    });
    expect((await parts.next()).done).toBe(true);
  });

  test.each([
    ['a fragment by its name', '{ people { name ...F @defer } } fragment F on Person { age home { street } }'],
    ['parts in parts', '{ people { ... @defer { age friend { name ... @defer { age home { street } } } } } }'],
    ['parts of parts that have nothing else', '{ people { name ... @defer { friend { ... @defer { age } } } } }'],
    ['what the same subgraph has', '{ about { ... @defer { lines } } people { id ... @defer { name } } }'],
    ['the root', '{ people { name } ... @defer { person(id: "1") { id name } about { lines } } }'],
    [
      'aliases, of keys that planners need, too',
      '{ p: people { id: name name: id ... @defer { age: name id: name a: age } } }',
    ],
    ['under the name of another field', '{ name: people { id ... @defer { age } } }'],
    [
      'types',
      '{ a: person(id: "9") { name ... on Person @defer { age } } b: person(id: "1") { ... on Person { ... @defer { age } } } }',
    ],
    ['a fragment on what is an interface', '{ a: person(id: "9") { id ... @defer { name ... on Robot { age } } } }'],
    [
      'an object in two parts',
      '{ people { friend { name } ... @defer { friend { age } } ... @defer { friend { home { street } } } } }',
    ],
    [
      'conditions',
      'query($yes: Boolean!, $no: Boolean!) { people { id ... @defer(if: $yes) { age } ... @defer(if: $no) { name } } }',
    ],
    ['objects that are not there', '{ person(id: "3") { ... on Person { friend { id ... @defer { age } } } } }'],
    [
      'beside questions about the schema',
      '{ __typename __schema { queryType { name } } people { id ... @defer { age } } }',
    ],
    ['after a mutation', 'mutation { rename(id: "1") { id ... @defer { age } } }'],
  ])('%s: the merged parts equal the whole answer', async (_, query) => {
    const whole = await post(query, { accept: 'application/json' });
    expect(whole.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const parts = await partsOf(query);
    const { data, errors } = (await whole.json()) as { data: Json; errors?: unknown };
    expect(errors).toBeUndefined();
    expect(mergeParts(parts)).toEqual(data);
    expect(parts.map(({ hasNext }) => hasNext)).toEqual(parts.map((_, i) => i < parts.length - 1));
    expect(parts.length).toBeGreaterThan(1);
  });

  test('a nested fragment comes after its parent, and only if its parent is there', async () => {
    const parts = await partsOf(
      '{ people { id ... @defer(label: "out") { friend { name ... @defer(label: "in") { age } } } } }',
    );
    const entries = parts.flatMap(({ incremental = [] }) => incremental);
    expect(entries.map(({ label, path }) => [label, path])).toEqual([
      ...[0, 1, 2].map((i) => ['out', ['people', i]]),
      ...[0, 1].map((i) => ['in', ['people', i, 'friend']]),
    ]);
  });

  test('a null bubbles up to its fragment at most, and errors go with their fragment', async () => {
    const [first, ...rest] = await partsOf(
      '{ people { name ... @defer(label: "sure") { sure } ... @defer(label: "home") { home { street broken } } } }',
    );
    expect(first).toEqual({ data: { people: PEOPLE.map(({ name }) => ({ name })) }, hasNext: true });
    const entries = rest.flatMap(({ incremental = [] }) => incremental);
    const sure = entries.filter(({ label }) => label === 'sure');
    expect(sure.map(({ data }) => data)).toEqual([{ sure: 1 }, null, { sure: 1 }]);
    expect(sure.map(({ errors = [] }) => errors.map(({ path }) => path))).toEqual([[], [['people', 1, 'sure']], []]);
    const home = entries.filter(({ label }) => label === 'home');
    expect(home.map(({ errors = [] }) => errors.map(({ path }) => path))).toEqual(
      [0, 1, 2].map((i) => [['people', i, 'home', 'broken']]),
    );
    expect(home.map(({ data }) => data)).toEqual(
      ['1', '2', '3'].map((id) => ({ home: { street: `street ${id}`, broken: null } })),
    );
  });

  test('a first part that is null is the last', async () => {
    const [first, ...rest] = await partsOf('{ people { id sure ... @defer { name } } }');
    expect(first).toMatchObject({ data: null, errors: [{ path: ['people', 1, 'sure'] }], hasNext: true });
    expect(rest).toEqual([{ hasNext: false }]);
  });

  test('no payload is sent for an object that is null in the first part', async () => {
    const [first, ...rest] = await partsOf(
      '{ person(id: "2") { ... on Person { sure ... @defer { home { street } } } } about { lines } }',
    );
    expect(first).toMatchObject({ data: { person: null, about: { lines: ['a', 'b'] } }, hasNext: true });
    expect(rest).toEqual([{ hasNext: false }]);
  });

  test.each([
    ['application/json'],
    ['multipart/mixed, application/json'],
    ['multipart/mixed;deferSpec=20220824;q=0, application/json'],
  ])('a client with `accept: %s` gets a whole answer', async (accept) => {
    const response = await post('{ person(id: "1") { name ... on Person @defer { age } } }', { accept });
    expect(await response.json()).toEqual({ data: { person: { name: 'Li', age: 10 } } });
  });

  test('introspection lists the directive', async () => {
    const response = await post('{ __schema { directives { name locations args { name defaultValue } } } }');
    const { data } = (await response.json()) as { data: { __schema: { directives: { name: string }[] } } };
    expect(data.__schema.directives).toContainEqual({
      name: 'defer',
      locations: ['FRAGMENT_SPREAD', 'INLINE_FRAGMENT'],
      args: [
        { name: 'if', defaultValue: 'true' },
        { name: 'label', defaultValue: null },
      ],
    });
  });

  test.each([
    ['mutation { ... @defer { rename(id: "1") { id } } }', 'cannot be used at the root of a mutation, "Mutation"'],
    ['query ($l: String) { people { ... @defer(label: $l) { id } } }', 'must be a text in the document'],
    [
      '{ people { ... @defer(label: "a") { id } ... @defer(label: "a") { name } } }',
      'The label "a" of "@defer" must be',
    ],
    ['{ people @stream { id } }', 'Unknown directive "@stream"'],
  ])('the operation %s is refused', async (query, message) => {
    const response = await post(query);
    const { errors } = (await response.json()) as { errors: { message: string; extensions: Json }[] };
    expect(errors).toEqual([
      expect.objectContaining({
        message: expect.stringContaining(message),
        extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
      }),
    ]);
  });
});

describe('@defer over platforms', () => {
  let platform: ToyPlatform;
  let gateway: ToyGateway;

  beforeAll(async () => {
    platform = await startToyPlatform();
    platform.rows = [{ id: '420100001-R-1', division: '420100', kind: 'A', size: 1, at: '2024-01-01' }];
    gateway = await startToyGateway({ platforms: [toyEntry('420100', platform.url)] });
  });

  afterAll(async () => {
    await gateway.stop();
    await platform.close();
  });

  test.each([
    ['answers', { kind: 'well' }, 'OK'],
    ['fails', { kind: 'status', status: 500, body: '{}' }, 'FAILED'],
  ] as const)('coverage is of the whole, with the last part, where a part %s', async (_, behaviour, status) => {
    Object.defineProperty(platform, 'behaviour', {
      configurable: true,
      get: (): Behaviour => (platform.calls.at(-1)?.query.includes('_entities') ? behaviour : { kind: 'well' }),
    });
    const query = '{ list { id division { ... @defer { statistics { counts { rows } } } } } }';
    const headers = { 'content-type': 'application/json', accept: MULTIPART_ACCEPT, 'x-yiwang-explain': 'coverage' };
    const init = { method: 'POST', headers: { ...headers, ...gateway.credential }, body: JSON.stringify({ query }) };
    const parts: ReadPart[] = [];
    for await (const part of readParts(await fetch(gateway.url, init))) parts.push(part);
    expect(parts[0]).toEqual({ data: { list: [{ id: '420100001-R-1', division: {} }] }, hasNext: true });
    expect(parts).toHaveLength(2);
    const [entry] = parts[1]!.incremental!;
    expect(entry?.path).toEqual(['list', 0, 'division']);
    expect((entry?.errors ?? []).map(({ extensions }) => extensions?.code)).toEqual(
      status === 'OK' ? [] : ['PLATFORM_FAILED'],
    );
    const coverage = parts[1]!.extensions?.coverage as Coverage;
    expect(coverage.platforms.map((one) => one.status)).toEqual(['OK', status]);
  });

  test('a gateway with incremental delivery off sends whole answers', async () => {
    const whole = await startToyGateway({
      platforms: [toyEntry('420100', platform.url)],
      open: true,
      env: { ANSWERS_IN_PARTS: 'false' },
    });
    const query = '{ list { id ... @defer { size } } }';
    const headers = { 'content-type': 'application/json', accept: MULTIPART_ACCEPT };
    const response = await fetch(whole.url, { method: 'POST', headers, body: JSON.stringify({ query }) });
    const text = await response.text();
    await whole.stop();
    expect(JSON.parse(text)).toMatchObject({ data: { list: [{ id: '420100001-R-1', size: 1 }] } });
  });

  test('a fragment that is refused is null, with the reason', async () => {
    const strict = await startToyGateway({
      platforms: [toyEntry('420100', platform.url)],
      limits: { callsMax: 1 },
      open: true,
    });
    const query = '{ list { id division { ... @defer(label: "more") { statistics { counts { rows } } } } } }';
    const headers = { 'content-type': 'application/json', accept: MULTIPART_ACCEPT };
    const response = await fetch(strict.url, { method: 'POST', headers, body: JSON.stringify({ query }) });
    const parts: ReadPart[] = [];
    for await (const part of readParts(response)) parts.push(part);
    await strict.stop();
    expect(parts[0]).toMatchObject({ data: { list: [{ division: {} }] } });
    expect(parts[1]).toMatchObject({
      incremental: [
        { label: 'more', path: ['list', 0, 'division'], data: null, errors: [{ extensions: { code: 'TOO_COSTLY' } }] },
      ],
    });
  });
});
