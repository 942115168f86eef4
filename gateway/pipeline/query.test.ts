/** What clients get of an operation that the view and the engine answer together, and of errors of subgraphs. */
import { describe, expect, test } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { createTestServers, jsonData } from '../http/testing.ts';
import { PublicError, SubgraphError } from '../model/errors.ts';
import type { IncrementalResult } from '../model/validated-operation.ts';

const start = createTestServers();

describe('introspection', () => {
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
  ])('%s is answered in the order of the operation', async (query, data) => {
    const server = await start();
    expect((await server.post({ query })).text).toBe(`{"data":${data}}\n`);
  });
});

describe('errors of subgraphs', () => {
  test.each(['INTERNAL', 'UNAUTHENTICATED', 'OVERLOADED', 'TOO_COSTLY'])(
    'the code %s of a subgraph goes to the client unchanged and means nothing to the gateway',
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

  test('an error of the gateway itself is logged and carries the request id, beside an error of a subgraph', async () => {
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

  test('a message of a subgraph is masked, and logged once with the request id', async () => {
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

  test('a message of a subgraph is shown if the gateway is set up for it', async () => {
    const execute = async () => ({ data: null, errors: [foreign({})], coverage: undefined });
    const { text } = await (await start({ showsSubgraphErrors: true, execute })).post({ query: '{ name }' });
    expect(text).toContain('hunter2');
  });

  test('a message of a subgraph is masked in every part of an answer', async () => {
    const later = async function* (): AsyncGenerator<IncrementalResult> {
      const entry = { label: undefined, path: [], data: null, errors: [foreign({ code: 'NOT_FOUND' })] };
      yield { payloads: [entry], hasNext: false, coverage: undefined };
    };
    const server = await start({
      execute: async () => ({
        data: jsonData({ name: 'x' }),
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
