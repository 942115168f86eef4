/** How many documents are known to be valid at one time. */
import { expect, test } from '@jest/globals';
import { buildSchema, parse } from 'graphql';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import { createAdmit } from './admit.ts';

const view = { name: 'all', schema: buildSchema('type Query { a: Int b: Int c: Int }') };

test('documentCacheMax operations are validated once, and one more evicts the least recently used', () => {
  const checked: string[] = [];
  const classOf = (_: string, field: string): string => {
    checked.push(field);
    return 'OPEN';
  };
  const admit = createAdmit({ limits: { ...DEFAULT_LIMITS, documentCacheMax: 2 }, classOf, boundLists: true });
  const ask = (field: string): void => {
    const text = `{ ${field} }`;
    admit({ view, document: parse(text), hash: text, operationName: undefined, variables: {} });
  };
  for (const field of ['a', 'b', 'a', 'b']) ask(field);
  expect(checked).toEqual(['a', 'b']);
  for (const field of ['c', 'b', 'a']) ask(field);
  expect(checked).toEqual(['a', 'b', 'c', 'a']);
});
