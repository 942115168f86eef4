/** What planners are given: conditions decided, keys of their own left free, equal fields written alike. */
import { describe, expect, test } from '@jest/globals';
import { parse, print } from 'graphql';
import { readPlanningOf } from '../../tests/support/read-planning.ts';
import { readConditions } from '../cache/condition-key.ts';
import { createPrepareOperation } from './prepare-operation.ts';

const SUPERGRAPH = `
  type Query { city(id: ID, near: Near): City }
  interface Place { id: ID! name: String }
  type City implements Place {
    id: ID!
    name: String
    twin: City
    size(unit: String): Int
    label: String @join__field(graph: A, requires: "size(unit: \\"ha\\")")
  }
  input Near { x: Int y: Int }
`;

type Case = [name: string, query: string, expected: string, variables?: Record<string, unknown>];

const prepare = createPrepareOperation(readPlanningOf(SUPERGRAPH));

function textOf(query: string, variables: Readonly<Record<string, unknown>> = {}, operationName?: string): string {
  const { text = '' } = prepare({ document: parse(query), operationName, coerced: variables, isIncremental: true });
  return text.replace(/\s+/g, ' ');
}

describe('prepareOperation', () => {
  test.each([
    ['a fragment is put in place', 'query { city { ...F } } fragment F on City { name }', '{ city { name } }'],
    ['a condition is decided', '{ city { name @skip(if: true) id @include(if: true) } }', '{ city { id } }'],
    [
      'a fragment of which nothing is left goes',
      '{ city { id ... on City { name @skip(if: true) } } }',
      '{ city { id } }',
    ],
    ['an object of which nothing is left stays', '{ city { name @skip(if: true) } }', '{ city { __typename } }'],
    ['a fragment without a type says nothing', '{ city { ... { name } } }', '{ city { name } }'],
    [
      'nor does one on a type that is known',
      '{ city { ... on City { ... on Place { ... on City { name } id } } } }',
      '{ city { name id } }',
    ],
    ['nor below a field', '{ city { ... on City { twin { ... on City { name } } } } }', '{ city { twin { name } } }'],
    [
      'a variable that conditions alone read goes',
      'query ($yes: Boolean!, $id: ID) { city(id: $id) @include(if: $yes) { id } }',
      'query ($id: ID) { city(id: $id) { id } }',
      { yes: true },
    ],
    [
      'what is deferred stays deferred, without its condition and under a label of its own',
      'query ($yes: Boolean!) { city { id ... @defer(if: $yes, label: "a") { name } } }',
      '{ city { id ... @defer(label: "0") { name } } }',
      { yes: true },
    ],
    [
      'a fragment that is deferred keeps it in place',
      '{ city { id ...F @defer } } fragment F on City { name }',
      '{ city { id ... on City @defer(label: "0") { name } } }',
    ],
    [
      'a fragment is not deferred where its condition says so',
      '{ city { ... @defer(if: false) { name } } }',
      '{ city { name } }',
    ],
    [
      'nor where its variable does',
      'query ($no: Boolean = false) { city { ... @defer(if: $no) { name } } }',
      '{ city { name } }',
      { no: false },
    ],
    ['an alias that is a field gets out of the way', '{ city { id: name } }', '{ city { id_as: name } }'],
    ['an alias that is no field stays', '{ city { title: name } }', '{ city { title: name } }'],
    ['and so does one of the name of a type', '{ city { __typename: name } }', '{ city { _typename_as: name } }'],
    [
      'a name that is taken is not taken again',
      '{ city { id: name id_as: name } }',
      '{ city { id_as_: name id_as: name } }',
    ],
    ['a field that others require keeps its key without arguments', '{ city { size } }', '{ city { size } }'],
    [
      'a field that others require gets an alias with arguments',
      '{ city { size(unit: "m") } }',
      '{ city { size_as: size(unit: "m") } }',
    ],
    ['an alias that says nothing goes', '{ city { name: name name } }', '{ city { name } }'],
    [
      'arguments are in the order of their names',
      '{ city(near: { y: 1, x: 2 }, id: """a""") { id } }',
      '{ city(id: "a", near: {x: 2, y: 1}) { id } }',
    ],
  ] as Case[])('%s', (...[, query, expected, variables]) => {
    expect(textOf(query, variables)).toBe(expected);
  });

  test('only the operation with the requested name is prepared', () => {
    expect(textOf('query A { city { id } } query B { city { name } }', {}, 'B')).toBe('query B { city { name } }');
  });

  test('nothing is deferred if the answer is whole; otherwise labels lead back to the client', () => {
    const document = parse('{ city { id ... @defer(label: "a") { name } ... @defer { size } } }');
    const whole = prepare({ document, operationName: undefined, coerced: {} });
    expect(print(whole.operation)).not.toContain('@defer');
    expect([...whole.labels]).toEqual([]);
    const { labels } = prepare({ document, operationName: undefined, coerced: {}, isIncremental: true });
    expect([...labels]).toEqual([
      ['0', 'a'],
      ['1', undefined],
    ]);
  });

  test('an operation of which conditions leave nothing has no planner text', () => {
    const prepared = prepare({
      document: parse('{ city @skip(if: true) { id } }'),
      operationName: undefined,
      coerced: {},
    });
    expect(prepared.text).toBeUndefined();
    expect(prepared.operation.selectionSet.selections).toEqual([]);
  });

  test('fields added for planners are not in the response, and response keys lead back to the client', () => {
    const document = parse('{ city { name: id size @skip(if: true) other: city { id @skip(if: true) } } }');
    const { operation, keys } = prepare({ document, operationName: undefined, coerced: {} });
    expect(print(operation)).not.toContain('__typename');
    expect([...(keys ?? [])]).toEqual([['name_as', 'name']]);
  });

  test('the condition key depends on the variables of conditions and on no others', () => {
    const document = parse(
      'query ($a: Boolean!, $id: ID) { city(id: $id) { id @skip(if: $a) ...F @include(if: $a) } } fragment F on City { name }',
    );
    const { variableNames, keyOf } = readConditions(document);
    expect(variableNames).toEqual(['a']);
    expect(keyOf({ a: true, id: '1' })).toBe(keyOf({ a: true, id: '2' }));
    expect(keyOf({ a: true })).not.toBe(keyOf({ a: false }));
    expect(
      readConditions(parse('query ($b: Boolean!) { city { ... @defer(if: $b, label: "l") { id } } }')).variableNames,
    ).toEqual(['b']);
    expect(readConditions(parse('{ city { id } }')).keyOf({ a: true })).toBe('');
  });
});
