/** HTTP as RFC 9110 has it: what is decided by a request's head, before anything runs. */
import { describe, expect, test } from '@jest/globals';
import type { Rights } from '../../model/rights.ts';
import { createTestServers, jsonData, requestRaw, TEST_RIGHTS } from '../testing.ts';

const start = createTestServers();

const JSON_TYPE = { 'content-type': 'application/json' };
const PARTS = 'multipart/mixed; deferSpec=20220824';

test('a persisted query is refused by the code on which clients send the whole query', async () => {
  const server = await start();
  const persistedQuery = { version: 1, sha256Hash: 'a'.repeat(64) };
  const { status, body } = await server.post({ extensions: { persistedQuery } });
  const [error] = body.errors!;
  expect([status, error!.message, error!.extensions.code]).toEqual([
    200,
    'PersistedQueryNotSupported',
    'PERSISTED_QUERY_NOT_SUPPORTED',
  ]);
});

describe('Accept', () => {
  test.each(['text/html', 'application/xml', 'application/json;q=0', 'multipart/mixed', 'application/json;q=abc'])(
    '%s is refused before a mutation runs',
    async (accept) => {
      const server = await start();
      const { status, body } = await server.post({ query: 'mutation { name }' }, { accept });
      expect([status, body.errors![0]!.extensions.code]).toEqual([406, 'NOT_ACCEPTABLE']);
      expect(server.operations).toEqual([]);
      expect(server.recorded).toMatchObject([{ outcome: 'refused', codes: ['NOT_ACCEPTABLE'] }]);
    },
  );

  const wholeOf = (text: string): unknown => {
    const part = /^\r\n---\r\ncontent-type: application\/json; charset=utf-8\r\n\r\n(.*)\r\n-----\r\n$/s.exec(text);
    return JSON.parse(part![1]!);
  };

  test('with multipart alone gets a whole answer as one part', async () => {
    const server = await start();
    for (const headers of [{ accept: PARTS }, { accept: PARTS, 'x-yiwang-completeness': 'complete' }]) {
      const answer = await server.post({ query: '{ name }' }, headers);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([
        200,
        'multipart/mixed; boundary="-"; deferSpec=20220824',
      ]);
      expect(wholeOf(answer.text)).toEqual({ data: { name: 'Yiwang' }, hasNext: false });
    }
  });

  test('with multipart and JSON gets a whole answer as JSON', async () => {
    const server = await start();
    const answer = await server.post({ query: '{ name }' }, { accept: `${PARTS}, application/json` });
    expect([answer.headers.get('content-type'), answer.body]).toEqual([
      'application/json; charset=utf-8',
      { data: { name: 'Yiwang' } },
    ]);
  });

  test('with multipart alone gets a refusal as JSON', async () => {
    const server = await start();
    const answer = await server.post({ query: '{ nam }' }, { accept: PARTS });
    expect([answer.status, answer.body.errors![0]!.extensions.code]).toEqual([200, 'GRAPHQL_VALIDATION_FAILED']);
  });
});

describe('methods', () => {
  test('HEAD is answered as GET, without the body', async () => {
    const server = await start();
    for (const [path, base] of [
      ['/graphql?query={name}', server.url],
      ['/health', server.url],
      ['/.well-known/jwks.json', server.url],
      ['/health', server.operatorUrl!],
      ['/metrics', server.operatorUrl!],
    ] as const) {
      const url = new URL(path, base).href;
      const [head, get] = [await requestRaw(url, { method: 'HEAD' }), await requestRaw(url, { method: 'GET' })];
      expect([path, head.status, head.bytes.length]).toEqual([path, 200, 0]);
      expect(head.headers['content-type']).toBe(get.headers['content-type']);
    }
    expect((await requestRaw(new URL('/nowhere', server.url).href, { method: 'HEAD' })).status).toBe(404);
  });

  test('OPTIONS is answered with the allowed methods', async () => {
    const server = await start();
    const allowOf = async (path: string) => {
      const { status, headers } = await requestRaw(new URL(path, server.url).href, { method: 'OPTIONS' });
      return [status, headers.allow];
    };
    expect(await allowOf('/graphql')).toEqual([204, 'GET, HEAD, POST, OPTIONS']);
    expect(await allowOf('/health')).toEqual([204, 'GET, HEAD, OPTIONS']);
    expect((await allowOf('/nowhere'))[0]).toBe(404);
  });

  test('a parameter of GET without a value is ignored', async () => {
    const server = await start();
    const query = encodeURIComponent('query q { name }');
    for (const search of [
      `query=${query}&variables=`,
      `variables=&query=${query}&extensions=&operationName=`,
      `operationName=&variables=&query=${query}`,
    ]) {
      const { status, body } = await server.get(`/graphql?${search}`);
      expect([status, body]).toEqual([200, { data: { name: 'Yiwang' } }]);
    }
  });
});

describe('Expect: 100-continue', () => {
  const bodyOf = (bytes: number) => JSON.stringify({ query: '{ name }', pad: '' }).padEnd(bytes, ' ');
  const ask = (url: string, body: string) =>
    requestRaw(url, { headers: { ...JSON_TYPE, expect: '100-continue', 'content-length': body.length }, body });

  test('a body at the limit is asked for, and a larger one is refused unread', async () => {
    const { url } = await start({ limits: { bodyBytesMax: 1_024 } });
    const fits = await ask(url, bodyOf(1_024));
    expect([fits.status, fits.isContinued]).toEqual([200, true]);
    const large = await ask(url, bodyOf(1_025));
    expect([large.status, large.isContinued, large.headers.connection]).toEqual([413, false, 'close']);
  });
});

describe('paths for own hosts', () => {
  const COVERAGE = {
    asked: 1,
    answered: 1,
    complete: true,
    platforms: [{ platform: 'municipal/420100', division: '420100', status: 'OK', elapsedMs: 3, path: ['name'] }],
  } as const;

  test.each([
    ['open', 403],
    ['department', 403],
    ['supervisor', 200],
    ['auditor', 200],
  ] as const)('x-yiwang-explain of the audience %s: %d', async (audience, expected) => {
    const rights: Rights = { ...TEST_RIGHTS, audience };
    const server = await start({
      steps: { identify: async () => rights },
      execute: async () => ({ data: jsonData({ name: 'x' }), errors: [], coverage: COVERAGE }),
    });
    const headers = { 'x-yiwang-explain': 'coverage', accept: 'application/graphql-response+json' };
    const { status, text } = await server.post({ query: '{ name }' }, headers);
    expect(status).toBe(expected);
    expect(text.includes('municipal/420100')).toBe(expected === 200);
  });

  const playground = { folder: '/nowhere', ready: Promise.resolve(true), content: async () => ({ token: 'secret' }) };

  test.each([
    ['localhost:4000', true],
    ['127.0.0.1:4000', true],
    ['[::1]:4000', true],
    ['10.1.2.3', true],
    ['gateway:4000', true],
    ['yiwang.example.cn', true],
    ['YIWANG.example.cn:443', true],
    ['evil.example', false],
    ['localhost.evil.example', false],
    ['127.0.0.1.evil.example:4000', false],
    ['evil.example@localhost', false],
  ])('a request with host %s to tokens and health is answered: %s', async (host, answered) => {
    const server = await start({ server: { playground, ownHosts: ['yiwang.example.cn'] } });
    const content = new URL('/playground/content', server.url).href;
    for (const url of [content, `${server.operatorUrl}/health`, `${server.operatorUrl}/metrics`]) {
      const { status, bytes } = await requestRaw(url, { method: 'GET', headers: { host } });
      expect([url, status]).toEqual([url, answered ? 200 : 421]);
      if (url === content) expect(bytes.toString().includes('secret')).toBe(answered);
    }
  });
});
