/** The endpoint for upstream gateways: who may call it, what it answers, and that it records. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { HOPS_HEADER, PASSPORT_HEADER, PASSPORT_ISSUER, type PassportClaims, SUBGRAPH_HEADER } from '@yiwang/schema';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { createAdmit } from '../../admit/index.ts';
import { createPassportVerifier } from '../../identify/index.ts';
import { createKeyedDigest } from '../../kit/crypto/keyed-digest.ts';
import { DEFAULT_LIMITS, type Limits } from '../../model/limits.ts';
import type { UpstreamOperation, UpstreamResult } from '../../model/platform/upstream.ts';
import { readUpstreamViews } from '../../tests/support/read-views.ts';
import { TOY_SUPERGRAPH } from '../../tests/support/toys/toy-engine.ts';
import { startTestServer, type TestServer } from '../testing.ts';

const LIMITS: Limits = {
  ...DEFAULT_LIMITS,
  relayHopsMax: 2,
  relayBodyBytesMax: 20_000,
  tokenBytesMax: 2_000,
  clockSkewSeconds: 5,
  tokensMax: 500,
  rootFieldsMax: 1_000,
  aliasesMax: 1_000,
  relayGrowthMax: 2,
  responseBytesMax: 1_000,
};
const CLAIMS: PassportClaims = {
  sub: 'supervisor-of-hubei',
  aud: 'toy/420000',
  tier: 'PROVINCIAL',
  division: '420000',
  roles: [],
  audience: 'supervisor',
  scope: ['42', '43'],
  classes: ['OPEN', 'SHARED', 'INTERNAL', 'SENSITIVE'],
  unmasked: false,
  purpose: 'inspection',
};
const NOW = 1_800_000_000;

const above = generateKeyPair('EdDSA', { extractable: true });
const stranger = generateKeyPair('EdDSA');
const fetches: UpstreamOperation[] = [];
let data: Readonly<Record<string, unknown>>;
let server: TestServer;

interface Signing {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly issuer?: string;
  readonly issuedAt?: number;
  readonly lifeSeconds?: number;
}

async function sign({ claims, issuer, issuedAt = NOW, lifeSeconds = 60 }: Signing = {}, keys = above): Promise<string> {
  return new SignJWT({ ...CLAIMS, ...claims })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'above' })
    .setIssuer(issuer ?? PASSPORT_ISSUER)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifeSeconds)
    .sign((await keys).privateKey);
}

const DATA = { total: 3 };
const RELAYED: UpstreamResult = {
  errors: [],
  coverage: {
    platforms: [
      {
        platform: 'toy/420100',
        division: '420100',
        tier: 'MUNICIPAL',
        owns: [['4201', '4202']],
        status: 'OK',
        elapsedMs: 3,
        path: ['total'],
      },
    ],
    unserved: ['420200'],
  },
};

beforeAll(async () => {
  const keys = { keys: [{ ...(await exportJWK((await above).publicKey)), alg: 'EdDSA', kid: 'above' }] };
  const digest = createKeyedDigest('secret');
  const admit = createAdmit({ limits: LIMITS, classOf: () => 'OPEN', boundLists: true, digest });
  server = await startTestServer(admit, {
    limits: LIMITS,
    steps: {
      verifyPassport: createPassportVerifier(
        { keys, platforms: new Map([['toy/420000', ['420000']]]) },
        LIMITS,
        () => NOW * 1_000,
      ),
    },
    upstream: {
      viewOf: readUpstreamViews(TOY_SUPERGRAPH),
      admit,
      execute: async (fetch) => {
        fetches.push(fetch);
        return { ...RELAYED, data };
      },
    },
  });
});

beforeEach(() => {
  fetches.length = 0;
  data = DATA;
});

afterAll(() => server.stop());

async function ask(query: unknown, headers: Readonly<Record<string, string>> = {}, variables: object = {}) {
  const response = await fetch(new URL('/platform', server.url), {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      [SUBGRAPH_HEADER]: 'toy',
      [PASSPORT_HEADER]: await sign(),
      ...headers,
    },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as {
    data?: unknown;
    errors?: { message: string; extensions: { code: string } }[];
    extensions?: unknown;
  };
  return { status: response.status, code: body.errors?.[0]?.extensions.code, body };
}

test('a fetch gets merged data and an account of every platform, and is on record under the passport', async () => {
  const { status, body } = await ask('{ total }', { 'x-yiwang-request-id': 'from-above' });
  expect(status).toBe(200);
  expect(body).toEqual({
    data: { total: 3 },
    extensions: {
      coverage: {
        asked: 1,
        answered: 1,
        complete: false,
        platforms: [{ ...RELAYED.coverage.platforms[0], owns: ['4201', '4202'] }],
        unserved: ['420200'],
      },
    },
  });
  expect(fetches[0]?.rights).toMatchObject({
    subject: 'supervisor-of-hubei',
    region: [['42', '43']],
    audience: 'supervisor',
  });
  expect(server.recorded.at(-1)).toMatchObject({
    requestId: 'from-above',
    rights: { subject: 'supervisor-of-hubei', purpose: 'inspection' },
    operation: { text: '{total}', fields: { OPEN: ['Query.total'] } },
    platforms: ['toy/420100'],
    outcome: 'answered',
  });
});

test('responseBytesMax: a larger response is not sent', async () => {
  data = { total: 'x'.repeat(1_000 - '{"total":""}'.length) };
  expect((await ask('{ total }')).body.data).toEqual(data);
  data = { total: `${data.total}x` };
  const { code, body } = await ask('{ total }');
  expect([code, body.data, body.errors?.[0]?.extensions]).toMatchObject([
    'TOO_COSTLY',
    undefined,
    { limit: 'responseBytesMax', max: 1_000 },
  ]);
});

describe('passports', () => {
  test.each<[string, () => Promise<string | undefined>]>([
    ['none', async () => undefined],
    ['a text that is no token', async () => 'not.a.token'],
    ['one that a stranger signed', () => sign({}, stranger)],
    ['one of another issuer', () => sign({ issuer: 'someone-else' })],
    ['one made out to another platform', () => sign({ claims: { aud: 'toy/420500' } })],
    ['one made out to several', () => sign({ claims: { aud: ['toy/420000', 'toy/420500'] } })],
    ['an expired one', () => sign({ issuedAt: NOW - 60 })],
    ['one issued further ahead than clocks differ', () => sign({ issuedAt: NOW + 6 })],
    ['one that lives too long', () => sign({ lifeSeconds: 61 })],
    ['one of no known audience', () => sign({ claims: { audience: 'emperor' } })],
    ['one whose scope is no region', () => sign({ claims: { scope: ['43', '42'] } })],
    ['one of an unknown data class', () => sign({ claims: { classes: ['OPEN', 'SECRET'] } })],
    ['one that is too long', () => sign({ claims: { matter: 'x'.repeat(2_000) } })],
  ])('with %s are refused, which is on record', async (_what, create) => {
    const token = await create();
    const { status, code, body } = await ask('{ total }', { [PASSPORT_HEADER]: token ?? '' });
    expect([status, code]).toEqual([401, 'UNAUTHENTICATED']);
    expect(body).not.toHaveProperty('data');
    expect(fetches).toEqual([]);
    expect(server.recorded.at(-1)).toMatchObject({ outcome: 'refused', codes: ['UNAUTHENTICATED'] });
  });

  test('may be issued ahead by the allowed clock skew', async () => {
    expect((await ask('{ total }', { [PASSPORT_HEADER]: await sign({ issuedAt: NOW + 5 }) })).status).toBe(200);
  });

  test('reach no further than the region of the gateway', async () => {
    await ask('{ total }', { [PASSPORT_HEADER]: await sign({ claims: { scope: ['', '~'] } }) });
    expect(fetches[0]?.rights.region).toEqual([['42', '43']]);
  });
});

/** An operation of so many tokens: aliased fields of three, and single ones. */
function tokens(count: number): string {
  const aliased = Math.floor((count - 2) / 3) - 1;
  const fields = Array.from({ length: aliased }, (_, i) => `a${i}: total`);
  return `{ ${fields.join(' ')} ${'total '.repeat(count - 2 - 3 * aliased)}}`;
}

describe('a fetch from above', () => {
  const refusals: readonly [string, string, Readonly<Record<string, string>>, string][] = [
    ['a field that the subgraph does not have', '{ totals }', {}, 'GRAPHQL_VALIDATION_FAILED'],
    ['a field of another subgraph', '{ total }', { [SUBGRAPH_HEADER]: 'toy_division' }, 'GRAPHQL_VALIDATION_FAILED'],
    ['an unknown subgraph', '{ total }', { [SUBGRAPH_HEADER]: 'toys' }, 'BAD_USER_INPUT'],
    ['no subgraph', '{ total }', { [SUBGRAPH_HEADER]: '' }, 'BAD_USER_INPUT'],
    ['the schema', '{ __schema { queryType { name } } }', {}, 'BAD_USER_INPUT'],
    ['what is no GraphQL', '{ total', {}, 'GRAPHQL_PARSE_FAILED'],
    ['more tokens than an operation grows to', tokens(1_001), {}, 'TOO_COSTLY'],
    ['too large a page', '{ rows(first: 501) { totalCount } }', {}, 'BAD_USER_INPUT'],
    ['too many gateways on the way', '{ total }', { [HOPS_HEADER]: '3' }, 'TOO_COSTLY'],
  ];
  test.each(refusals)('refuses %s', async (_what, query, headers, code) => {
    expect((await ask(query, headers)).code).toBe(code);
    expect(fetches).toEqual([]);
  });

  test('may have as many tokens as an operation can grow to', async () => {
    expect((await ask(tokens(1_000))).body.errors).toBeUndefined();
  });

  test('may come through relayHopsMax gateways, which are counted', async () => {
    expect((await ask('{ total }', { [HOPS_HEADER]: '2' })).status).toBe(200);
    expect(fetches[0]?.hops).toBe(2);
  });

  test('is limited by relayBodyBytesMax', async () => {
    const bodyOf = (bytes: number) => {
      const empty = JSON.stringify({ query: '{ total }', variables: { x: '' } });
      return JSON.stringify({ query: '{ total }', variables: { x: 'x'.repeat(bytes - empty.length) } });
    };
    const send = async (body: string) =>
      fetch(new URL('/platform', server.url), {
        method: 'POST',
        headers: { 'content-type': 'application/json', [SUBGRAPH_HEADER]: 'toy', [PASSPORT_HEADER]: await sign() },
        body,
      });
    expect((await send(bodyOf(20_000))).status).toBe(200);
    const large = await send(bodyOf(20_001));
    expect([large.status, await large.json()]).toMatchObject([
      413,
      { errors: [{ extensions: { code: 'TOO_COSTLY', limit: 'relayBodyBytesMax', max: 20_000 } }] },
    ]);
  });

  test('has the deadline of its caller, and operationDeadlineMs at most', async () => {
    for (const [header, least, most] of [
      ['1000', 0, 1_000],
      ['999999', 1_000, DEFAULT_LIMITS.operationDeadlineMs],
    ] as const) {
      await ask('{ total }', { 'x-yiwang-deadline': header });
      // What has passed since the request came is taken off.
      expect(fetches.at(-1)?.deadlineMs).toBeGreaterThan(least);
      expect(fetches.at(-1)?.deadlineMs).toBeLessThan(most);
    }
    expect((await ask('{ total }', { 'x-yiwang-deadline': 'soon' })).code).toBe('BAD_USER_INPUT');
  });
});
