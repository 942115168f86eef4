/** `/graphql` as clients use it: requests, and how they say that they want to be answered. */
import { expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { auditServer } from 'graphql-http';
import { DEFAULT_LIMITS } from '../../model/limits.ts';
import { COVERAGE, createTestServers, jsonData } from '../testing.ts';

const start = createTestServers();

test('/graphql passes the audit of graphql-http', async () => {
  const schema = buildSchema('type Query { hello: String } type Mutation { hello: String }');
  const { url } = await start({
    schema,
    execute: async () => ({ data: jsonData({ __typename: 'Query' }), errors: [], coverage: undefined }),
  });
  const results = await auditServer({ url });
  expect(results.length).toBeGreaterThan(50);
  const failures = results
    .filter((result) => result.status !== 'ok')
    .map((result) => `${result.status}: ${result.name}`);
  expect(failures).toEqual([]);
});

test('/graphql answers POST, and GET for queries alone', async () => {
  const server = await start();
  expect((await server.post({ query: '{ name }' })).body).toEqual({ data: { name: 'Yiwang' } });
  const query = encodeURIComponent('query q($n: Int) { cases(first: $n) { id } }');
  await server.get(`/graphql?query=${query}&variables=${encodeURIComponent('{"n":7}')}&operationName=q`);
  expect(server.operations[1]).toMatchObject({ variables: { n: 7 }, operationName: 'q' });
  const mutation = await server.get(`/graphql?query=${encodeURIComponent('mutation { name }')}`);
  expect(mutation.status).toBe(405);
  expect(server.operations).toHaveLength(2);
});

test('/graphql refuses batches, other methods, other content types and bodies that are too large', async () => {
  const server = await start({ limits: { bodyBytesMax: 1_024 } });
  expect((await server.post([{ query: '{ name }' }])).status).toBe(400);
  expect((await fetch(server.url, { method: 'PUT' })).status).toBe(405);
  expect((await server.post('{ name }', { 'content-type': 'text/plain' })).body.errors![0]!.extensions.code).toBe(
    'BAD_USER_INPUT',
  );
  expect((await server.post('{"query": "{ name }')).body.errors![0]!.message).toBe(
    'The body of the request is not JSON.',
  );
  const large = await server.post({ query: `{ name } ${' '.repeat(1_100)}` });
  expect([large.status, large.body.errors![0]!.extensions]).toEqual([
    413,
    { code: 'TOO_COSTLY', limit: 'bodyBytesMax', max: 1_024 },
  ]);
  expect(server.operations).toHaveLength(0);
});

test('a request keeps its id if the id is harmless, and gets one otherwise', async () => {
  const server = await start();
  expect((await server.post({ query: '{ name }' })).headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  expect((await server.post({ query: '{ name }' }, { 'x-request-id': 'abc-1' })).headers.get('x-request-id')).toBe(
    'abc-1',
  );
  expect(
    (await server.post({ query: '{ name }' }, { 'x-request-id': '<script>' })).headers.get('x-request-id'),
  ).not.toContain('<');
  expect(server.operations[1]!.requestId).toBe('abc-1');
});

test('questions about the schema are answered without the engine, and beside it', async () => {
  const server = await start();
  const alone = await server.post({ query: '{ __typename __schema { queryType { name } } }' });
  expect(alone.body).toEqual({ data: { __typename: 'Query', __schema: { queryType: { name: 'Query' } } } });
  expect(server.operations).toHaveLength(0);
  const beside = await server.post({ query: '{ name __type(name: "Case") { name } }' });
  expect(beside.text).toBe('{"data":{"name":"Yiwang","__type":{"name":"Case"}}}\n');
});

test.each([
  [{}, 0],
  [{ 'x-yiwang-completeness': 'partial' }, 0],
  [{ 'x-yiwang-completeness': 'complete' }, 1],
  [{ 'x-yiwang-completeness': '0.9' }, 0.9],
  [{ 'x-yiwang-completeness': '1' }, 1],
])('%j asks for a share of %d of platforms', async (headers, completeness) => {
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
])('%j is refused as bad input', async (headers) => {
  const server = await start();
  const { body } = await server.post({ query: '{ name }' }, headers as unknown as Record<string, string>);
  expect(body.errors![0]!.extensions.code).toBe('BAD_USER_INPUT');
  expect(body.errors![0]!.message).toContain(Object.keys(headers)[0]);
  expect(server.operations).toHaveLength(0);
});

test('a deadline in the request shortens the time of an operation and never lengthens it', async () => {
  const server = await start();
  await server.post({ query: '{ name }' }, { 'x-yiwang-deadline': '6000' });
  await server.post({ query: '{ name }' }, { 'x-yiwang-deadline': '999999' });
  const [short, long] = server.operations.map(({ deadlineMs }) => deadlineMs);
  // What has passed since the request came is taken off.
  expect(short).toBeLessThan(6_000);
  expect(long).toBeGreaterThan(6_000);
  expect(long).toBeLessThan(DEFAULT_LIMITS.operationDeadlineMs);
});

test('coverage lists the platforms that are missing, and all of them if the client wants them explained', async () => {
  const server = await start({
    execute: async () => ({ data: jsonData({ name: null }), errors: [], coverage: COVERAGE }),
  });
  const brief = await server.post({ query: '{ name }' });
  expect(brief.body.extensions).toEqual({ coverage: { ...COVERAGE, platforms: [COVERAGE.platforms[1]] } });
  const full = await server.post({ query: '{ name }' }, { 'x-yiwang-explain': 'coverage' });
  expect(full.body.extensions).toEqual({ coverage: COVERAGE });
});

test('a response says which groups are withheld', async () => {
  const withheld = [{ path: ['name'], below: 10, roundedTo: 10 }];
  const server = await start({
    execute: async () => ({ data: jsonData({ name: null }), errors: [], coverage: undefined, withheld }),
  });
  expect((await server.post({ query: '{ name }' })).body.extensions).toEqual({ withheld });
  const whole = await start({
    execute: async () => ({ data: jsonData({ name: null }), errors: [], coverage: undefined, withheld: [] }),
  });
  expect((await whole.post({ query: '{ name }' })).body.extensions).toBeUndefined();
});
