import { describe, expect, test } from '@jest/globals';
import { buildSchema, Kind, parse } from 'graphql';
import { findUsedCoordinates, forEachUsedInVariables } from './used-coordinates.ts';

const schema = buildSchema(`
  directive @tagged(as: Kind) on FIELD
  enum Kind { PLAN REMARK }
  input Filter { kinds: [Kind!] text: String nested: Filter }
  type Query { notes(filter: Filter, first: Int = 50, kind: Kind): [Note!]!  any: Any }
  interface Any { id: ID! }
  type Note implements Any { id: ID! kind: Kind! }
`);

function usedIn(source: string) {
  const document = parse(source);
  const operation = document.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION)!;
  return findUsedCoordinates(schema, document, operation);
}

describe('the coordinates that an operation uses', () => {
  test('are its fields, arguments, input fields and values of enums, each once and in order', () => {
    const { coordinates, variables } = usedIn(`query {
      a: notes(filter: { kinds: [PLAN, REMARK], nested: { text: "张三 13800138000" } }, first: 3) { id ...f __typename }
      any { id ... on Note { kind @tagged(as: PLAN) } }
    } fragment f on Note { id kind }`);
    expect(coordinates).toEqual([
      'Any.id',
      'Filter.kinds',
      'Filter.nested',
      'Filter.text',
      'Kind.PLAN',
      'Kind.REMARK',
      'Note.id',
      'Note.kind',
      'Query.any',
      'Query.notes',
      'Query.notes(filter:)',
      'Query.notes(first:)',
    ]);
    expect(variables).toEqual([]);
  });

  test('include what stands in variables, and no value of a person', () => {
    const used = usedIn('query ($f: Filter, $k: Kind!, $n: Int) { notes(filter: $f, kind: $k, first: $n) { id } }');
    expect(used.variables.map(({ name }) => name)).toEqual(['f', 'k']);
    const coordinates: string[] = [];
    const variables = {
      f: { kinds: ['PLAN'], text: '张三', nested: { kinds: 'REMARK', unknown: 1 } },
      k: 'PLAN',
      n: 3,
    };
    forEachUsedInVariables(used, variables, (coordinate) => coordinates.push(coordinate));
    expect(coordinates).toEqual([
      'Filter.kinds',
      'Kind.PLAN',
      'Filter.text',
      'Filter.nested',
      'Filter.kinds',
      'Kind.REMARK',
      'Kind.PLAN',
    ]);
  });
});
