import { afterEach, describe, expect, test } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { createAdmit } from '../../admit/index.ts';
import { PublicError, SubgraphError } from '../../model/errors.ts';
import { DEFAULT_LIMITS } from '../../model/limits.ts';
import type { IncrementalResult } from '../../model/validated-operation.ts';
import { printed, startTestServer, type TestOptions, type TestServer } from '../testing.ts';

const servers: TestServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function start(options: TestOptions = {}): Promise<TestServer> {
  const server = await startTestServer(
    createAdmit({ limits: DEFAULT_LIMITS, classOf: () => 'OPEN', boundLists: true }),
    options,
  );
  servers.push(server);
  return server;
}

describe('what the view and the engine answer together', () => {
  test.each([
    ['{ __schema @skip(if: true) { queryType { name } } name }', '{"name":"Yiwang"}'],
    ['{ name @skip(if: true) __schema @skip(if: true) { queryType { name } } name }', '{"name":"Yiwang"}'],
    [
      '{ ...R name t: __type(name: "Case") { name } } fragment R on Query { __type(name: "Query") { name } }',
      '{"__type":{"name":"Query"},"name":"Yiwang","t":{"name":"Case"}}',
    ],
    [
      '{ ... @include(if: true) { name } ... @skip(if: true) { __schema { queryType { name } } } __type(name: "X") { name } }',
      '{"name":"Yiwang","__type":null}',
    ],
  ])('%s is answered in the order of the question', async (query, data) => {
    const server = await start();
    expect((await server.post({ query })).text).toBe(`{"data":${data}}\n`);
  });
});

describe('codes of subgraphs', () => {
  test.each(['INTERNAL', 'UNAUTHENTICATED', 'OVERLOADED', 'TOO_COSTLY'])(
    '%s goes to the client as it came, and means nothing to the gateway',
    async (code) => {
      const foreign = new SubgraphError('of the subgraph', { path: ['name'], extensions: { code, own: 1 } });
      const server = await start({
        showsSubgraphErrors: true,
        execute: async () => ({ data: null, errors: [foreign], coverage: undefined }),
      });
      const { status, headers, body } = await server.post({ query: '{ name }' });
      expect([status, headers.get('www-authenticate'), headers.get('retry-after')]).toEqual([200, null, null]);
      expect(body.errors).toEqual([{ message: 'of the subgraph', path: ['name'], extensions: { code, own: 1 } }]);
      expect(server.logged.filter((line) => line.includes('an operation failed'))).toEqual([]);
      expect(server.recorded[0]?.codes).toEqual(['PLATFORM_FAILED']);
    },
  );

  test('an error of the gateway itself is logged and signed, beside one of a subgraph', async () => {
    const foreign = new SubgraphError('of the subgraph', { path: ['name'], extensions: { code: 'INTERNAL' } });
    const own = new GraphQLError('inside');
    const server = await start({ execute: async () => ({ data: null, errors: [foreign, own], coverage: undefined }) });
    const { body, headers } = await server.post({ query: '{ name }' });
    const requestId = headers.get('x-request-id');
    expect(body.errors?.map(({ extensions }) => extensions)).toEqual([
      { code: 'INTERNAL' },
      { code: 'INTERNAL', requestId },
    ]);
    expect(server.logged.filter((line) => line.includes('an operation failed'))).toHaveLength(1);
  });
});

describe('messages of subgraphs', () => {
  const SECRET = 'the password of the database is hunter2';
  const foreign = (extensions: Record<string, unknown>) =>
    new SubgraphError(SECRET, { path: ['name'], extensions: { ...extensions, stacktrace: [SECRET] } });
  const own = new PublicError('PLATFORM_LATE', 'no answer within 3000 ms', { path: ['name'] });

  test('are told as the place and the kind of an error, and are in the log once, with the id of the request', async () => {
    const errors = [foreign({ code: 'NOT_FOUND' }), foreign({ code: `is ${SECRET}` }), foreign({}), own];
    const server = await start({ execute: async () => ({ data: null, errors, coverage: undefined }) });
    const { text, body, headers } = await server.post({ query: '{ name }' });
    expect(text).not.toContain('hunter2');
    const message = 'A subgraph reported an error; the log has its message under the id of this request.';
    expect(body.errors).toEqual([
      { message, path: ['name'], extensions: { code: 'NOT_FOUND' } },
      { message, path: ['name'], extensions: {} },
      { message, path: ['name'], extensions: {} },
      { message: 'no answer within 3000 ms', path: ['name'], extensions: { code: 'PLATFORM_LATE' } },
    ]);
    const lines = server.logged.filter((line) => line.includes('hunter2'));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain(headers.get('x-request-id'));
  });

  test('are shown where that is said', async () => {
    const execute = async () => ({ data: null, errors: [foreign({})], coverage: undefined });
    const { text } = await (await start({ showsSubgraphErrors: true, execute })).post({ query: '{ name }' });
    expect(text).toContain('hunter2');
  });

  test('are masked in every part of an answer', async () => {
    const later = async function* (): AsyncGenerator<IncrementalResult> {
      const entry = { label: undefined, path: [], data: null, errors: [foreign({ code: 'NOT_FOUND' })] };
      yield { payloads: [entry], hasNext: false, coverage: undefined };
    };
    const server = await start({
      execute: async () => ({
        data: printed({ name: 'x' }),
        errors: [foreign({})],
        coverage: undefined,
        subsequentResults: later(),
      }),
    });
    const { text } = await server.post({ query: '{ name }' }, { accept: 'multipart/mixed; deferSpec=20220824' });
    expect(text).toContain('NOT_FOUND');
    expect(text).not.toContain('hunter2');
  });
});
