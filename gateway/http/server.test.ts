import { afterEach, describe, expect, test } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { createAdmit } from '../admit/index.ts';
import { sha256 } from '../kit/crypto/digest.ts';
import { createKeyedDigest } from '../kit/crypto/keyed-digest.ts';
import { PublicError } from '../model/errors.ts';
import { DEFAULT_LIMITS, type Limits } from '../model/limits.ts';
import { printed, startTestServer, TEST_RIGHTS, type TestOptions, type TestServer } from './testing.ts';

const digest = createKeyedDigest('secret');
const servers: TestServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function start(options: TestOptions = {}): Promise<TestServer> {
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits };
  const admit = createAdmit({ limits, classOf: () => 'OPEN', boundLists: true, digest });
  const server = await startTestServer(admit, options);
  servers.push(server);
  return server;
}

const COVERAGE = {
  asked: 2,
  answered: 1,
  complete: false,
  platforms: [
    { platform: 'municipal/420100', division: '420100', status: 'OK', elapsedMs: 3, path: ['name'] },
    {
      platform: 'municipal/420500',
      division: '420500',
      status: 'LATE',
      elapsedMs: 800,
      path: ['name'],
      reason: 'no answer within 800 ms',
    },
  ],
} as const;

describe('what the caller wants', () => {
  test.each([
    [{}, 0],
    [{ 'x-yiwang-completeness': 'partial' }, 0],
    [{ 'x-yiwang-completeness': 'complete' }, 1],
    [{ 'x-yiwang-completeness': '0.9' }, 0.9],
    [{ 'x-yiwang-completeness': '1' }, 1],
  ])('%j asks for a share of %d', async (headers, completeness) => {
    const server = await start();
    await server.post({ query: '{ name }' }, headers as Record<string, string>);
    expect(server.operations[0]).toMatchObject({ completeness });
  });

  test.each([
    { 'x-yiwang-completeness': '1.1' },
    { 'x-yiwang-completeness': 'all' },
    { 'x-yiwang-completeness': '-0.5' },
    { 'x-yiwang-completeness': '' },
    { 'x-yiwang-explain': 'plan' },
    { 'x-yiwang-deadline': '0' },
  ])('%j is refused', async (headers) => {
    const server = await start();
    const { body } = await server.post({ query: '{ name }' }, headers as unknown as Record<string, string>);
    expect(body.errors![0]!.extensions.code).toBe('BAD_USER_INPUT');
    expect(body.errors![0]!.message).toContain(Object.keys(headers)[0]);
    expect(server.operations).toHaveLength(0);
  });

  test('a deadline from above shortens the time and never lengthens it', async () => {
    const server = await start();
    await server.post({ query: '{ name }' }, { 'x-yiwang-deadline': '6000' });
    await server.post({ query: '{ name }' }, { 'x-yiwang-deadline': '999999' });
    const [short, long] = server.operations.map(({ deadlineMs }) => deadlineMs);
    // What has passed since the request came is taken off.
    expect(short).toBeLessThan(6_000);
    expect(long).toBeGreaterThan(6_000);
    expect(long).toBeLessThan(DEFAULT_LIMITS.operationDeadlineMs);
  });

  test('coverage lists what is missing, and everything where it is asked for', async () => {
    const server = await start({
      execute: async () => ({ data: printed({ name: null }), errors: [], coverage: COVERAGE }),
    });
    const brief = await server.post({ query: '{ name }' });
    expect(brief.body.extensions).toEqual({ coverage: { ...COVERAGE, platforms: [COVERAGE.platforms[1]] } });
    const full = await server.post({ query: '{ name }' }, { 'x-yiwang-explain': 'coverage' });
    expect(full.body.extensions).toEqual({ coverage: COVERAGE });
  });

  test('groups that are withheld are said', async () => {
    const withheld = [{ path: ['name'], below: 10, roundedTo: 10 }];
    const server = await start({
      execute: async () => ({ data: printed({ name: null }), errors: [], coverage: undefined, withheld }),
    });
    expect((await server.post({ query: '{ name }' })).body.extensions).toEqual({ withheld });
    const whole = await start({
      execute: async () => ({ data: printed({ name: null }), errors: [], coverage: undefined, withheld: [] }),
    });
    expect((await whole.post({ query: '{ name }' })).body.extensions).toBeUndefined();
  });
});

describe('errors', () => {
  test('of the house have one status in every media type; those of an operation follow the media type', async () => {
    const json = { accept: 'application/json' };
    const graphql = { accept: 'application/graphql-response+json' };
    const refuse = (error: unknown) => start({ steps: { identify: async () => Promise.reject(error) } });
    const unknown = await refuse(new PublicError('UNAUTHENTICATED', 'The token is not accepted.'));
    expect((await unknown.post({ query: '{ name }' }, json)).status).toBe(401);
    expect((await unknown.post({ query: '{ name }' }, graphql)).status).toBe(401);
    const server = await start();
    expect((await server.post({ query: '{ nam }' }, json)).status).toBe(200);
    expect((await server.post({ query: '{ nam }' }, graphql)).status).toBe(400);
    expect((await server.post({ query: '{ name ' }, graphql)).body.errors![0]!.extensions.code).toBe(
      'GRAPHQL_PARSE_FAILED',
    );
    expect((await server.post({ query: '{ nam }' })).body.errors![0]!.extensions.code).toBe(
      'GRAPHQL_VALIDATION_FAILED',
    );
    expect(
      (await server.post({ query: 'query ($n: Int) { cases(first: $n) { id } }', variables: { n: 'x' } })).body
        .errors![0]!.extensions.code,
    ).toBe('BAD_USER_INPUT');
    expect((await server.post({ query: 'query a { name } query b { name }' })).body.errors![0]!.extensions.code).toBe(
      'BAD_USER_INPUT',
    );
    const costly = await start({
      execute: async () => Promise.reject(new PublicError('TOO_COSTLY', 'Too many calls.')),
    });
    expect((await costly.post({ query: '{ name }' }, graphql)).status).toBe(400);
    expect((await costly.post({ query: '{ name }' })).body).toEqual({
      errors: [{ message: 'Too many calls.', extensions: { code: 'TOO_COSTLY' } }],
    });
  });

  test('beside data leave the data and the status alone', async () => {
    const errors = [new PublicError('PLATFORM_LATE', 'municipal/420500 gave no answer.', { path: ['name'] })];
    const server = await start({
      execute: async () => ({ data: printed({ name: null }), errors, coverage: undefined }),
    });
    const { status, body } = await server.post({ query: '{ name }' }, { accept: 'application/graphql-response+json' });
    expect(status).toBe(200);
    expect(body).toEqual({
      data: { name: null },
      errors: [{ message: 'municipal/420500 gave no answer.', path: ['name'], extensions: { code: 'PLATFORM_LATE' } }],
    });
  });

  test('from inside are masked, logged once with their stack, and found again by the request id', async () => {
    const secret = 'password=hunter2';
    for (const options of [
      { execute: async () => Promise.reject(new TypeError(secret)) },
      { steps: { identify: async () => Promise.reject(new TypeError(secret)) } },
      {
        execute: async () => ({
          data: null,
          errors: [new GraphQLError(secret, { originalError: new TypeError(secret) })],
          coverage: undefined,
        }),
      },
    ]) {
      const server = await start(options);
      const { body, text, headers } = await server.post({ query: '{ name }' });
      expect(text).not.toContain(secret);
      expect(body.errors![0]!.extensions.code).toBe('INTERNAL');
      expect(text).not.toContain('at ');
      expect(server.logged.filter((line) => line.includes(secret))).toHaveLength(1);
      expect(server.logged.join('')).toContain(headers.get('x-request-id'));
      expect(server.logged.join('')).toContain('TypeError');
    }
  });

  test('that break the standard are bad input, wherever they come from', async () => {
    const breach = () => new GraphQLError('420199 is not a division', { extensions: { breach: 'DIVISION' } });
    const server = await start({ execute: async () => Promise.reject(breach()) });
    expect((await server.post({ query: '{ name }' })).body.errors![0]!.extensions).toEqual({
      code: 'BAD_USER_INPUT',
      breach: 'DIVISION',
    });
  });

  test('are listed up to a limit', async () => {
    const errors = Array.from({ length: 9 }, () => new PublicError('CONFLICT', 'Two answers.'));
    const server = await start({
      limits: { errorsMax: 4 },
      execute: async () => ({ data: printed({ name: null }), errors, coverage: undefined }),
    });
    expect((await server.post({ query: '{ name }' })).body.errors).toHaveLength(4);
  });

  test('an operation of too many tokens is refused before it is read to its end', async () => {
    const server = await start({ limits: { tokensMax: 10 } });
    const query = (names: number) => `{ ${'name '.repeat(names)} }`;
    expect((await server.post({ query: query(8) })).body.data).toBeDefined();
    expect((await server.post({ query: query(9) })).body.errors![0]!.extensions.code).toBe('TOO_COSTLY');
  });
});

describe('the record', () => {
  test('holds who, what, from where, what became of it, and the digest of the answer as sent', async () => {
    const data = { cases: [{ id: '1' }, { id: '2' }] };
    const server = await start({ execute: async () => ({ data: printed(data), errors: [], coverage: COVERAGE }) });
    const { text } = await server.post(
      { query: 'query q($n: Int) { cases(first: $n) { id } }', variables: { n: 2 } },
      { 'x-request-id': 'r1' },
    );
    expect(server.recorded).toEqual([
      {
        receivedAt: expect.any(Date),
        requestId: 'r1',
        rights: TEST_RIGHTS,
        operation: {
          name: 'q',
          hash: sha256('query q($n:Int){cases(first:$n){id}}'),
          text: 'query q($n:Int){cases(first:$n){id}}',
          variables: '{"n":2}',
          sentDigest: digest(`${sha256('query q($n: Int) { cases(first: $n) { id } }')} {"n":2}`),
          fields: { OPEN: ['Case.id', 'Query.cases'] },
        },
        refusedText: undefined,
        address: undefined,
        platforms: ['municipal/420100', 'municipal/420500'],
        rows: 2,
        outcome: 'answered',
        codes: [],
        durationMs: expect.any(Number),
        answerDigest: sha256(text),
      },
    ]);
  });

  test('holds refusals and failures, too', async () => {
    const server = await start();
    await server.post({ query: '{ nam }' });
    await server.post({ query: '{ name }' }, { 'x-yiwang-completeness': 'all' });
    await server.post([{}]);
    expect(server.recorded.map(({ outcome, codes, refusedText }) => [outcome, codes, refusedText])).toEqual([
      ['refused', ['GRAPHQL_VALIDATION_FAILED'], '{ nam }'],
      ['refused', ['BAD_USER_INPUT'], '{ name }'],
      ['refused', [], undefined],
    ]);
    const failing = await start({ execute: async () => Promise.reject(new TypeError('x')) });
    await failing.post({ query: '{ name }' });
    expect(failing.recorded[0]).toMatchObject({ outcome: 'failed', codes: ['INTERNAL'] });
  });

  test('recordRefusedTextMax: holds so much of the text of a refused operation, and the address of who is not identified', async () => {
    const server = await start({ limits: { recordRefusedTextMax: 5 } });
    await server.post({ query: '{ a }' });
    await server.post({ query: '{ ab }' });
    await server.get('/graphql?query=%7B%20c%20%7D');
    expect(server.recorded.map(({ refusedText, rights, address }) => [refusedText, rights?.subject, address])).toEqual([
      ['{ a }', TEST_RIGHTS.subject, undefined],
      ['{ ab ', TEST_RIGHTS.subject, undefined],
      ['{ c }', TEST_RIGHTS.subject, undefined],
    ]);
    const strange = await start({
      steps: { identify: async () => Promise.reject(new PublicError('UNAUTHENTICATED', 'no')) },
    });
    await strange.post({ query: '{ name }' });
    expect(strange.recorded[0]).toMatchObject({ rights: undefined, refusedText: '{ name }', address: '127.0.0.1' });
  });

  test('that is full stops operations: nothing is answered that cannot be recorded', async () => {
    const server = await start({ steps: { reserve: () => undefined } });
    const { status, body, headers } = await server.post({ query: '{ name }' });
    expect([status, body.errors![0]!.extensions.code, headers.get('retry-after')]).toEqual([503, 'OVERLOADED', '1']);
    expect(server.operations).toHaveLength(0);
  });
});

describe('beside /graphql', () => {
  test('/health says whether it can answer and which generation does, and of platforms nothing', async () => {
    let probes = 0;
    const probePlatforms = async () => {
      probes++;
      return [];
    };
    const server = await start({ server: { probePlatforms } });
    const { status, text } = await server.get('/health');
    expect([status, JSON.parse(text)]).toEqual([200, { status: 'ok', generation: { number: 1 } }]);
    expect(probes).toBe(0);
    for (const path of ['/metrics', '/graphql/metrics']) expect((await server.get(path)).status).toBe(404);
  });

  test("at the operator's listener /health is 200 while it can answer, and says what is not well", async () => {
    const platforms = [
      { id: 'municipal/420500', name: '宜昌', division: '420500', state: 'UNREACHABLE' as const, elapsedMs: 1 },
    ];
    const well = await start();
    expect(JSON.parse((await well.operatorGet('/health')).text)).toMatchObject({
      status: 'ok',
      record: { state: 'WRITING' },
    });
    const ill = await start({ server: { probePlatforms: async () => platforms } });
    const { status, text } = await ill.operatorGet('/health');
    expect([status, JSON.parse(text)]).toEqual([
      200,
      {
        status: 'degraded',
        generation: {
          number: 1,
          supergraph: 'digest',
          loadedAt: '1970-01-01T00:00:00.000Z',
          plansWarmed: 0,
          draining: 0,
        },
        record: { state: 'WRITING', waiting: 0 },
        platforms,
      },
    ]);
  });

  test("at the operator's listener /metrics counts requests, errors and platforms", async () => {
    const server = await start({
      execute: async () => ({ data: printed({ name: 'x' }), errors: [], coverage: COVERAGE }),
    });
    await server.post({ query: '{ name }' });
    await server.post({ query: '{ nam }' });
    const { text } = await server.operatorGet('/metrics');
    expect(text).toContain('yiwang_requests_total{audience="supervisor",outcome="answered"} 1');
    expect(text).toContain('yiwang_requests_total{audience="supervisor",outcome="refused"} 1');
    expect(text).toContain('yiwang_platform_calls_total{platform="municipal/420500",status="LATE"} 1');
    expect(text).toContain('yiwang_errors_total{code="GRAPHQL_VALIDATION_FAILED"} 1');
    expect(text).toContain('yiwang_operations_in_flight 0');
  });

  test('/.well-known/jwks.json publishes the passport keys', async () => {
    const key = { kty: 'OKP', crv: 'Ed25519', x: 'x', kid: 'k' };
    const server = await start({ server: { passportKeys: { keys: [key] } } });
    expect(JSON.parse((await server.get('/.well-known/jwks.json')).text)).toEqual({ keys: [key] });
  });

  test('there is nothing, and it says so', async () => {
    const server = await start();
    expect((await server.get('/elsewhere')).status).toBe(404);
    expect((await server.get('/')).status).toBe(404);
  });
});
