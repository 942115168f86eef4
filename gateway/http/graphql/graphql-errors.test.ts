/** Errors of `/graphql`: their status, their codes, and what is told of them. */
import { expect, test } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { PublicError } from '../../model/errors.ts';
import { createTestServers, jsonData } from '../testing.ts';

const start = createTestServers();

test('a refusal of the gateway has one status in every media type, an error of the operation follows the media type', async () => {
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
  expect((await server.post({ query: '{ nam }' })).body.errors![0]!.extensions.code).toBe('GRAPHQL_VALIDATION_FAILED');
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

test('an error beside data changes neither the data nor the status', async () => {
  const errors = [new PublicError('PLATFORM_LATE', 'municipal/420500 gave no answer.', { path: ['name'] })];
  const server = await start({
    execute: async () => ({ data: jsonData({ name: null }), errors, coverage: undefined }),
  });
  const { status, body } = await server.post({ query: '{ name }' }, { accept: 'application/graphql-response+json' });
  expect(status).toBe(200);
  expect(body).toEqual({
    data: { name: null },
    errors: [{ message: 'municipal/420500 gave no answer.', path: ['name'], extensions: { code: 'PLATFORM_LATE' } }],
  });
});

test('an error from inside is masked, and logged once with its stack under the id of the request', async () => {
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

test('an error of a value that breaks the standard is bad input, wherever it comes from', async () => {
  const breach = () => new GraphQLError('420199 is not a division', { extensions: { breach: 'DIVISION' } });
  const server = await start({ execute: async () => Promise.reject(breach()) });
  expect((await server.post({ query: '{ name }' })).body.errors![0]!.extensions).toEqual({
    code: 'BAD_USER_INPUT',
    breach: 'DIVISION',
  });
});

test('errors are listed up to a limit', async () => {
  const errors = Array.from({ length: 9 }, () => new PublicError('CONFLICT', 'Two answers.'));
  const server = await start({
    limits: { errorsMax: 4 },
    execute: async () => ({ data: jsonData({ name: null }), errors, coverage: undefined }),
  });
  expect((await server.post({ query: '{ name }' })).body.errors).toHaveLength(4);
});

test('an operation of too many tokens is refused before it is read to its end', async () => {
  const server = await start({ limits: { tokensMax: 10 } });
  const query = (names: number) => `{ ${'name '.repeat(names)} }`;
  expect((await server.post({ query: query(8) })).body.data).toBeDefined();
  expect((await server.post({ query: query(9) })).body.errors![0]!.extensions.code).toBe('TOO_COSTLY');
});
