/** `@authenticated`, `@requiresScopes` and `@policy` at an open gateway: a denied field is fetched from no subgraph. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { type OpenGateway, type OpenSubgraph, startOpenGateway } from '../support/open-gateway.ts';
import { TOY_SUPERGRAPH } from '../support/toys/toy-engine.ts';
import { startToyGateway } from '../support/toys/toy-gateway.ts';

const ISSUER = 'https://issuer.example';
const AUDIENCE = 'https://graph.example';
const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9",
  import: ["@key", "@shareable", "@authenticated", "@requiresScopes", "@policy"])`;

const runs: string[] = [];
const PERSON = {
  __typename: 'Person',
  id: '1',
  name: 'Li',
  email: 'li@x',
  salary: 7,
  tags: ['a'],
  level: 'HIGH',
  code: 'c',
};
const PLACE = { __typename: 'Place', id: '2', name: 'Park', email: null };

const PEOPLE: OpenSubgraph = {
  sdl: `${LINK}
    type Query { person: Person people: [Person!]! public: Person things: [Thing] found: [Found] secret: Int @authenticated strict: Strict }
    type Mutation { rename(to: String): Person raise: Int @requiresScopes(scopes: [["pay:write"]]) }
    interface Thing { id: ID! name: String }
    union Found = Place | Vault
    type Person implements Thing @key(fields: "id") @key(fields: "email") {
      id: ID!
      name: String
      email: String @authenticated
      salary: Int @requiresScopes(scopes: [["pay:read", "hr"], ["admin"]])
      tags: [String!] @policy(policies: [["tagger"]])
      level: Level
      code: Code
      friend: Person
    }
    type Place implements Thing { id: ID! name: String @requiresScopes(scopes: [["map"]]) }
    type Vault @authenticated { id: ID! content: String }
    type Strict { id: ID! must: Int! @authenticated }
    enum Level @requiresScopes(scopes: [["levels"]]) { LOW HIGH }
    scalar Code @authenticated`,
  resolvers: {
    Query: {
      person: () => PERSON,
      people: () => [PERSON, PERSON],
      public: () => PERSON,
      things: () => [PERSON, PLACE],
      found: () => [PLACE, { __typename: 'Vault', id: '3', content: 'gold' }],
      secret: () => 42,
      strict: () => ({ id: 's', must: 1 }),
    },
    Mutation: {
      rename: () => {
        runs.push('rename');
        return PERSON;
      },
      raise: () => {
        runs.push('raise');
        return 1;
      },
    },
    Person: { friend: () => PERSON },
  },
};
const NOTES: OpenSubgraph = {
  sdl: `${LINK} type Person @key(fields: "id") { id: ID! notes: [String] @requiresScopes(scopes: [["notes"]]) nick: String }`,
  resolvers: { Person: { notes: () => ['n'], nick: () => 'nick' } },
};
/** Joined by a field that demands something: gateways read it whoever asks. */
const MAIL: OpenSubgraph = {
  sdl: `${LINK} type Person @key(fields: "email") { email: String @authenticated unread: Int }`,
  resolvers: { Person: { unread: () => 3 } },
};

let issuer: Server;
let sign: (claims: Record<string, unknown>) => Promise<Record<string, string>>;
let env: Record<string, string>;
let gateway: OpenGateway;

beforeAll(async () => {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  const keys = { keys: [{ ...(await exportJWK(publicKey)), kid: 'k', alg: 'ES256' }] };
  issuer = createServer((_, response) => response.end(JSON.stringify(keys)));
  await new Promise<void>((resolve) => issuer.listen(0, '127.0.0.1', resolve));
  const jwks = `http://127.0.0.1:${(issuer.address() as AddressInfo).port}/jwks`;
  env = { IDENTITY_JWKS_URL: jwks, IDENTITY_ISSUER: ISSUER, IDENTITY_AUDIENCE: AUDIENCE };
  sign = async (claims) => {
    const token = new SignJWT(claims).setProtectedHeader({ alg: 'ES256', kid: 'k' }).setSubject('li');
    const signed = await token.setIssuer(ISSUER).setAudience(AUDIENCE).setExpirationTime('10m').sign(privateKey);
    return { authorization: `Bearer ${signed}` };
  };
  gateway = await startOpenGateway({
    subgraphs: { people: PEOPLE, notes: NOTES, mail: MAIL },
    env: { ...env, IDENTITY_POLICIES_CLAIM: 'policies' },
  });
});

afterAll(async () => {
  await gateway.stop();
  await new Promise((resolve) => issuer.close(resolve));
});

afterEach(() => {
  gateway.seen.length = 0;
  runs.length = 0;
});

const askedOf = () => gateway.seen.map(({ query }) => query).join('\n');
const deniedOf = ({ errors = [] }: Awaited<ReturnType<OpenGateway['ask']>>) =>
  errors.map(({ path, extensions }) => {
    expect(extensions?.code).toBe('UNAUTHORIZED_FIELD_OR_TYPE');
    return path?.join('.');
  });

describe('a field with access rules', () => {
  const ALL = '{ person { id name email salary tags level code notes } }';

  test('is null with an error for a caller without access, and no subgraph is asked for it', async () => {
    const answer = await gateway.ask(ALL);
    expect([answer.status, answer.data]).toEqual([
      200,
      { person: { id: '1', name: 'Li', email: null, salary: null, tags: null, level: null, code: null, notes: null } },
    ]);
    expect(deniedOf(answer)).toEqual(
      ['email', 'salary', 'tags', 'level', 'code', 'notes'].map((name) => `person.${name}`),
    );
    expect(gateway.seen.map(({ subgraph }) => subgraph)).toEqual(['people']);
    expect(askedOf()).not.toMatch(/email|salary|tags|level|code|notes/);
  });

  test.each([
    ['nothing but a token', {}, ['salary', 'tags', 'level', 'notes']],
    ['one scope of two', { scope: 'pay:read' }, ['salary', 'tags', 'level', 'notes']],
    ['both', { scope: 'hr pay:read' }, ['tags', 'level', 'notes']],
    ['the other alternative, as a list', { scope: ['admin', 'levels', 'notes'] }, ['tags']],
    ['a policy', { policies: ['tagger'], scope: 'admin levels notes' }, []],
    ['a scope of the name of a policy', { scope: 'tagger admin levels notes' }, ['tags']],
  ])('is fetched with %s if that suffices', async (_, claims, denied) => {
    const answer = await gateway.ask(ALL, await sign(claims));
    expect(deniedOf(answer)).toEqual(denied.map((name) => `person.${name}`));
    const values = {
      id: '1',
      name: 'Li',
      email: 'li@x',
      salary: 7,
      tags: ['a'],
      level: 'HIGH',
      code: 'c',
      notes: ['n'],
    };
    expect(answer.data.person).toEqual({ ...values, ...Object.fromEntries(denied.map((name) => [name, null])) });
  });

  test('is denied to one caller and given to another at the same time', async () => {
    const may = await sign({ scope: 'admin' });
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => gateway.ask('{ people { email salary } secret }', i % 2 === 0 ? may : {})),
    );
    for (const [i, { data }] of answers.entries()) {
      const [person] = data.people;
      const expected = i % 2 === 0 ? [{ email: 'li@x', salary: 7 }, 42] : [{ email: null, salary: null }, null];
      expect([person, data.secret]).toEqual(expected);
    }
  });

  test('is denied under an alias, in a named fragment and below a list, with one error for each position', async () => {
    const answer = await gateway.ask(`
      query { people { mail: email friend { ...F } } again: person { ...F } }
      fragment F on Person { nick email mail: email }`);
    const friend = { nick: 'nick', email: null, mail: null };
    expect(answer.data).toEqual({ people: [1, 2].map(() => ({ mail: null, friend })), again: friend });
    expect(deniedOf(answer).sort()).toEqual([
      'again.email',
      'again.mail',
      'people.friend.email',
      'people.friend.mail',
      'people.mail',
    ]);
    expect(askedOf()).not.toContain('email');
  });

  test('makes its parent null if it may not be null itself', async () => {
    const answer = await gateway.ask('{ strict { id must } public { id } }');
    expect([answer.data, deniedOf(answer)]).toEqual([{ strict: null, public: { id: '1' } }, ['strict.must']]);
    expect((await gateway.ask('{ strict { must } }', await sign({}))).data).toEqual({ strict: { must: 1 } });
  });

  test('leaves an object whose other fields are gone, and a root without fields', async () => {
    expect((await gateway.ask('{ public { email } }')).data).toEqual({ public: { email: null } });
    gateway.seen.length = 0;
    expect((await gateway.ask('{ secret }')).data).toEqual({ secret: null });
    expect(gateway.seen).toEqual([]);
  });
});

describe('incremental delivery', () => {
  const DEFERRED = '{ person { id ... @defer { email nick } } }';
  const askIncrementally = async (headers: Record<string, string>) => {
    const response = await fetch(gateway.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'multipart/mixed; deferSpec=20220824', ...headers },
      body: JSON.stringify({ query: DEFERRED }),
    });
    return (await response.text()).split('\r\n---').filter((part) => part.includes('{')).length;
  };

  test('is for callers with full access; otherwise the answer is whole', async () => {
    expect(await askIncrementally(await sign({}))).toBeGreaterThan(1);
    expect(await askIncrementally({})).toBe(1);
    const answer = await gateway.ask(DEFERRED);
    expect([answer.data, deniedOf(answer)]).toEqual([
      { person: { id: '1', email: null, nick: 'nick' } },
      ['person.email'],
    ]);
  });
});

describe('interfaces and unions', () => {
  test('a field of an interface is denied if it is denied for a possible type', async () => {
    const answer = await gateway.ask('{ things { id name } }');
    expect([answer.data, deniedOf(answer)]).toEqual([
      {
        things: [
          { id: '1', name: null },
          { id: '2', name: null },
        ],
      },
      ['things.name'],
    ]);
    expect(askedOf()).not.toContain('name');
    expect((await gateway.ask('{ things { name } }', await sign({ scope: 'map' }))).data).toEqual({
      things: [{ name: 'Li' }, { name: 'Park' }],
    });
  });

  test('a fragment on a type has the rules of that type', async () => {
    const answer = await gateway.ask('{ things { ... on Person { name email } ... on Place { id name } } }');
    expect(answer.data).toEqual({
      things: [
        { name: 'Li', email: null },
        { id: '2', name: null },
      ],
    });
    expect(deniedOf(answer).sort()).toEqual(['things.email', 'things.name']);
  });

  test.each([
    ['{ person { email unread } }', { person: { email: null, unread: 3 } }],
    ['{ person { unread } person { email } }', { person: { unread: 3, email: null } }],
    ['{ person { email email_denied: name unread } }', { person: { email: null, email_denied: 'Li', unread: 3 } }],
    ['{ person { name: email unread } }', { person: { name: null, unread: 3 } }],
  ])('%s shows no field that is fetched to join others', async (text, data) => {
    const answer = await gateway.ask(text);
    expect([answer.data, deniedOf(answer)]).toEqual([data, [expect.stringMatching(/^person\./)]]);
    expect(askedOf()).toContain('unread');
  });

  test('a field that is denied in one fragment is given in another', async () => {
    const answer = await gateway.ask('{ things { name ... on Person { name } } }');
    expect([answer.data, deniedOf(answer)]).toEqual([{ things: [{ name: 'Li' }, { name: null }] }, ['things.name']]);
  });

  test('a denied member of a union is not fetched, and the others are', async () => {
    const answer = await gateway.ask('{ found { ... on Place { id } ... on Vault { content } } }');
    expect(JSON.stringify(answer)).not.toContain('gold');
    expect(askedOf()).not.toContain('content');
  });
});

describe('a mutation', () => {
  test.each([
    'mutation { raise }',
    'mutation { rename(to: "x") { name } raise }',
    'mutation { rename(to: "x") { name email } }',
    'mutation { rename(to: "x") { friend { ... on Thing { ... on Person { salary } } } } }',
  ])('%s does not run if a part of it is denied', async (text) => {
    const answer = await gateway.ask(text, { accept: 'application/graphql-response+json' });
    expect([answer.status, answer.data, deniedOf(answer)]).toEqual([403, undefined, [expect.any(String)]]);
    expect([runs, gateway.seen]).toEqual([[], []]);
  });

  test('runs for a caller with full access', async () => {
    const answer = await gateway.ask('mutation { raise rename { email } }', await sign({ scope: 'pay:write' }));
    expect([answer.data, runs]).toEqual([{ raise: 1, rename: { email: 'li@x' } }, ['raise', 'rename']]);
  });
});

describe('a token', () => {
  test.each([
    ['of nobody known', async () => ({ authorization: 'Bearer eyJhbGciOiJub25lIn0.e30.' })],
    ['in another scheme', async () => ({ authorization: 'Basic eDp5' })],
    ['with a claim that cannot be read', async () => sign({ scope: 7 })],
  ])('%s is refused before any subgraph is called', async (_, headersOf) => {
    const answer = await gateway.ask('{ person { name } }', await headersOf());
    expect([answer.status, answer.errors![0]!.extensions!.code, gateway.seen]).toEqual([401, 'UNAUTHENTICATED', []]);
  });
});

describe('a supergraph with rules that the gateway cannot enforce stops the start', () => {
  const start = (sdl: string, given: Record<string, string>) =>
    startOpenGateway({ subgraphs: { people: { sdl, resolvers: {} } }, env: given }).then(async (started) => {
      await started.stop();
      return started;
    });
  const secret = (directive: string) => `${LINK} type Query { secret: Int ${directive} }`;

  test.each(['@authenticated', '@requiresScopes(scopes: [["a"]])', '@policy(policies: [["a"]])'])(
    '%s without an issuer',
    async (directive) => {
      await expect(start(secret(directive), {})).rejects.toThrow(
        /uses @\w+, but no issuer of tokens is known: set IDENTITY_JWKS_URL/,
      );
    },
  );

  test('@policy without the claim that lists policies', async () => {
    await expect(start(secret('@policy(policies: [["a"]])'), env)).rejects.toThrow('set IDENTITY_POLICIES_CLAIM');
  });

  const linked = (link: string) => TOY_SUPERGRAPH.replace(/^schema\b/m, `schema ${link}`);

  test('an unknown specification for SECURITY or EXECUTION', async () => {
    const supergraph = linked('@link(url: "https://example.cn/vault/v1.0", for: SECURITY)');
    expect(supergraph).not.toBe(TOY_SUPERGRAPH);
    for (const open of [true, false]) {
      await expect(startToyGateway({ platforms: [], open, supergraph })).rejects.toThrow(
        /cannot be used: it is written with https:\/\/example\.cn\/vault\/v1\.0 for SECURITY, which this gateway does not follow/,
      );
    }
  });

  test('access directives in a gateway with a policy of its own', async () => {
    const supergraph = linked('@link(url: "https://specs.apollo.dev/authenticated/v0.1", for: SECURITY)').replace(
      /^type Query\b/m,
      'directive @authenticated on OBJECT\n\ntype Query @authenticated',
    );
    await expect(startToyGateway({ platforms: [], supergraph })).rejects.toThrow(
      'it uses @authenticated, which only an open gateway (--open) enforces',
    );
  });
});
