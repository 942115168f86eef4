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

function allowed(text: string, ...denied: string[]) {
  const [operation] = parse(text).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('an operation was expected');
  const {
    operation: kept,
    hidden,
    denied: places,
  } = filterDenied(operation satisfies OperationDefinitionNode, {
    schema,
    denials: { key: 'test', denies: (coordinate) => denied.includes(coordinate) },
    reservedKeys: new Set(),
  });
  const pathOf = (path: readonly (string | number)[]) => path.map((key) => hidden.get(String(key)) ?? key).join('.');
  return [print(kept).replace(/\s+/g, ' '), places.map(pathOf)];
}

describe('what a caller may ask for', () => {
  test('is all of it where nothing is denied', () => {
    expect(allowed('{ thing { id } }')).toEqual(['{ thing { id } }', []]);
  });

  test('of an interface is what is denied for no type that may come, and fragments say which may', () => {
    expect(allowed('{ thing { id name } }', 'Place.name')).toEqual(['{ thing { id } }', ['thing.name']]);
    expect(allowed('{ thing { ... on User { ... on Thing { name } } } }', 'Place.name')[1]).toEqual([]);
    expect(allowed('{ thing { ... on Thing { name } } }', 'Place')).toEqual([
      '{ thing { ... on Thing { __typename } } }',
      ['thing.name'],
    ]);
  });

  test('of a union says of members that are denied no more than their name', () => {
    expect(allowed('{ any { __typename ... on User { id } ... on Place { id name } } }', 'Place')).toEqual([
      '{ any { __typename ... on User { id } ... on Place { __typename } } }',
      ['any.id', 'any.name'],
    ]);
  });

  test('has no field of a type that is denied, whatever the field says', () => {
    expect(allowed('{ user { id } a }', 'User')).toEqual(['{ a }', ['user']]);
    expect(allowed('{ a }', 'Query')).toEqual(['', ['a']]);
  });

  test('has no variable that only the rest used, and no fragment at the root that is empty', () => {
    expect(allowed('query ($n: Int, $m: Int) { a(n: $n) ... on Query { b: a(n: $m) } }', 'Query.a')[0]).toBe('');
  });
});
