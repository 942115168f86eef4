import { describe, expect, test } from '@jest/globals';
import { buildSchema, parse } from 'graphql';
import { DEFAULT_LIMITS } from '../../model/limits.ts';
import { createAdmit } from '../admit.ts';

const schema = buildSchema(`
  type Query { cases(first: Int, after: String): Cases case(id: ID!): Case }
  type Cases { totalCount: Int! }
  type Case { id: ID! parent: Case }
`);
const view = { name: 'supervisor', schema };

interface AdmitOptions {
  readonly variables?: Record<string, unknown>;
  readonly operationName?: string;
  readonly boundLists?: boolean;
}

function admit(source: string, { variables = {}, operationName, boundLists = true }: AdmitOptions = {}) {
  const admission = createAdmit({ limits: DEFAULT_LIMITS, classOf: () => 'OPEN', boundLists });
  return admission({ view, document: parse(source), hash: source, operationName, variables });
}

function refusalOf(source: string, options: AdmitOptions = {}) {
  const admission = admit(source, options);
  if (admission.kind === 'admitted') return 'admitted';
  return admission.errors.map(({ extensions, path }) => ({ code: extensions.code, path }));
}

describe('an argument that takes no null', () => {
  test.each([
    ['query ($id: ID = "1") { c: case(id: $id) { id } }', ['c']],
    ['query ($id: ID = "1") { ...f } fragment f on Query { case(id: $id) { id } }', undefined],
  ])('a null variable for an argument that takes none is refused: %s', (query, path) => {
    expect(refusalOf(query, { variables: { id: null } })).toMatchObject([{ code: 'BAD_USER_INPUT', path }]);
    expect(refusalOf(query)).toBe('admitted');
    expect(refusalOf(query, { variables: { id: '2' } })).toBe('admitted');
    expect(refusalOf(query, { variables: { id: null }, boundLists: false })).toBe('admitted');
  });

  test('an argument that may be null is not refused', () => {
    const query = 'query ($after: String = "1") { cases(first: 1, after: $after) { totalCount } }';
    expect(refusalOf(query, { variables: { after: null } })).toBe('admitted');
  });
});

describe('a condition', () => {
  test.each([
    ['field', '{ case(id: 1) { p: parent @include(if: $c) { id } } }', ['case', 'p']],
    ['spread', '{ case(id: 1) { ...f @skip(if: $c) } } fragment f on Case { id }', ['case']],
    ['fragment', '{ ... @include(if: $c) { case(id: 1) { id } } }', []],
    ['named fragment', '{ c: case(id: 1) { ...f } } fragment f on Case { id @skip(if: $c) }', ['c', 'id']],
    ['question about the schema', '{ __schema @skip(if: $c) { queryType { name } } }', ['__schema']],
  ])('a condition of a %s with a null variable is refused with its path', (_, selections, path) => {
    const query = `query ($c: Boolean = true) ${selections}`;
    expect(refusalOf(query, { variables: { c: null } })).toMatchObject([{ code: 'BAD_USER_INPUT', path }]);
    expect(refusalOf(query)).toBe('admitted');
    expect(refusalOf(query, { variables: { c: false } })).toBe('admitted');
  });

  test('the error names the directive and the argument that are null', () => {
    const refused = admit('query ($c: Boolean = true) { case(id: 1) { id @skip(if: $c) } }', {
      variables: { c: null },
    });
    expect(refused.kind === 'refused' && refused.errors.map(({ message }) => message)).toEqual([
      'Argument "if" of "@skip" must not be null, and the variable "$c" is null.',
    ]);
  });

  test('conditions of another operation in the document are not checked', () => {
    const both = 'query A { case(id: 1) { id } } query B($c: Boolean = true) { case(id: 1) { id @skip(if: $c) } }';
    expect(refusalOf(both, { operationName: 'A', variables: { c: null } })).toBe('admitted');
    expect(refusalOf(both, { operationName: 'B', variables: { c: null } })).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
  });
});
