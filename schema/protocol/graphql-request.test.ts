import { expect, test } from '@jest/globals';
import { parseGraphQLRequest } from './graphql-request.ts';

test('a body with a query, variables and a name is a request', () => {
  const body = { query: '{ a }', variables: { a: 1 }, operationName: 'A' };
  expect(parseGraphQLRequest(body)).toEqual(body);
});

test('a body without variables has none, and a name that is no text is none', () => {
  for (const variables of [undefined, null]) {
    expect(parseGraphQLRequest({ query: '{ a }', variables, operationName: 1 })).toEqual({
      query: '{ a }',
      variables: {},
      operationName: undefined,
    });
  }
});

test.each([
  [undefined],
  [null],
  ['{ a }'],
  [[{ query: '{ a }' }]],
  [{}],
  [{ query: 1 }],
  [{ query: '{ a }', variables: [] }],
  [{ query: '{ a }', variables: 'a' }],
])('the body %j is no request', (body) => {
  expect(parseGraphQLRequest(body)).toBeUndefined();
});
