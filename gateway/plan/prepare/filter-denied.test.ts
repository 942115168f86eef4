import { describe, expect, test } from '@jest/globals';
import { buildSchema, Kind, type OperationDefinitionNode, parse, print } from 'graphql';
import { filterDenied } from './filter-denied.ts';

const schema = buildSchema(`
  type Query { thing: Thing any: Any user: User a(n: Int): Int }
  interface Thing { id: ID name: String }
  union Any = User | Place
  type User implements Thing { id: ID name: String }
  type Place implements Thing { id: ID name: String }
`);

function filter(text: string, ...denied: string[]) {
  const [operation] = parse(text).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('an operation was expected');
  const {
    operation: filtered,
    hiddenKeys,
    deniedPaths,
  } = filterDenied(operation satisfies OperationDefinitionNode, {
    schema,
    denials: { key: 'test', denies: (coordinate) => denied.includes(coordinate) },
    reservedKeys: new Set(),
  });
  const pathOf = (path: readonly (string | number)[]) =>
    path.map((key) => hiddenKeys.get(String(key)) ?? key).join('.');
  return [print(filtered).replace(/\s+/g, ' '), deniedPaths.map(pathOf)];
}

describe('filterDenied', () => {
  test('an operation stays as it is if nothing is denied', () => {
    expect(filter('{ thing { id } }')).toEqual(['{ thing { id } }', []]);
  });

  test('a field of an interface is denied if it is denied for any type that may come, and fragments narrow the types', () => {
    expect(filter('{ thing { id name } }', 'Place.name')).toEqual(['{ thing { id } }', ['thing.name']]);
    expect(filter('{ thing { ... on User { ... on Thing { name } } } }', 'Place.name')[1]).toEqual([]);
    expect(filter('{ thing { ... on Thing { name } } }', 'Place')).toEqual([
      '{ thing { ... on Thing { __typename } } }',
      ['thing.name'],
    ]);
  });

  test('of a denied union member only the name remains', () => {
    expect(filter('{ any { __typename ... on User { id } ... on Place { id name } } }', 'Place')).toEqual([
      '{ any { __typename ... on User { id } ... on Place { __typename } } }',
      ['any.id', 'any.name'],
    ]);
  });

  test('all fields of a denied type are denied', () => {
    expect(filter('{ user { id } a }', 'User')).toEqual(['{ a }', ['user']]);
    expect(filter('{ a }', 'Query')).toEqual(['', ['a']]);
  });

  test('variables that only denied fields used and empty fragments at the root are dropped', () => {
    expect(filter('query ($n: Int, $m: Int) { a(n: $n) ... on Query { b: a(n: $m) } }', 'Query.a')[0]).toBe('');
  });
});
