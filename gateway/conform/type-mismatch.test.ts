import { describe, expect, test } from '@jest/globals';
import { buildSchema, type FieldNode, Kind, parse } from 'graphql';
import { createTypeMismatchFinder } from './type-mismatch.ts';

const SCHEMA = buildSchema(`
  type Query { rows: [Row!]! any: Any }
  type Row { id: ID! size: Int kind: Kind inner: [[Row]!] }
  enum Kind { A }
  interface Any { id: ID! }
  type One implements Any { id: ID! name: String! }
`);
const find = createTypeMismatchFinder(SCHEMA);

function mismatch(field: string, value: unknown) {
  const [definition] = parse(`{ ${field} }`).definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error('no operation');
  const node = definition.selectionSet.selections[0] as FieldNode;
  return find(value, SCHEMA.getQueryType()!.getFields()[node.name.value]!.type, node);
}

const ROWS = 'rows { key: id size kind inner { id } }';

describe('the first type mismatch of a value', () => {
  test.each<[string, unknown, unknown, string]>([
    [ROWS, null, [], '[Row!]!'],
    [ROWS, {}, [], '[Row!]'],
    [ROWS, [null], [0], 'Row!'],
    [ROWS, [7], [0], 'Row'],
    [ROWS, [{ key: '1' }, { id: '2' }], [1, 'key'], 'ID!'],
    [ROWS, [{ key: '1', size: 'large' }], [0, 'size'], 'Int'],
    [ROWS, [{ key: '1', kind: 'B' }], [0, 'kind'], 'Kind'],
    [ROWS, [{ key: '1', inner: [[], [null, { id: null }]] }], [0, 'inner', 1, 1, 'id'], 'ID!'],
    ['any { id ... on One { name } }', { __typename: 'One', id: '1' }, ['name'], 'String!'],
  ])('for %s the value %j has its mismatch at %j, and %s is expected there', (field, value, path, expected) => {
    expect(mismatch(field, value)).toEqual({ path, expected });
  });

  test.each([
    [ROWS, []],
    [ROWS, [{ key: '1', size: 3, kind: 'A', inner: null, more: 'x' }]],
    ['any { id ... on One { name } }', { __typename: 'Two', id: 1 }],
    ['any { id }', null],
  ])('for %s the value %j has no mismatch', (field, value) => {
    expect(mismatch(field, value)).toBeUndefined();
  });
});
