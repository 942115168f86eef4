/**
 * What planners are given of fragments: one level, on types that objects of the place may have, and each field once.
 */
import { describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { readPlanningOf } from '../../tests/support/read-planning.ts';
import { createPrepareOperation, type PreparedOperation } from './prepare-operation.ts';

const SUPERGRAPH = `
  type Query { labeled: Labeled node: Node nodes: [Node!]! user: User any: Any named: Named }
  union Any = User | Photo
  interface Node { id: ID! owner: User }
  interface Labeled { label: String }
  interface Thing { id: ID! }
  interface Named { name(lang: String): String }
  interface Pet implements Node & Named { id: ID! owner: User name(lang: String): String legs: Int }
  type User implements Node & Named { id: ID! owner: User name(lang: String): String }
  type Photo implements Node & Labeled & Thing { id: ID! owner: User size: Int label: String }
  type Cat implements Pet & Node & Named { id: ID! owner: User name(lang: String): String legs: Int }
  type Dog implements Pet & Node & Named { id: ID! owner: User name(lang: String): String legs: Int }
`;

const prepare = createPrepareOperation(readPlanningOf(SUPERGRAPH));

function prepared(query: string): PreparedOperation {
  return prepare({ document: parse(query), operationName: undefined, coerced: {}, isIncremental: true });
}

describe('flattening fragments', () => {
  test.each([
    [
      'on the type itself, or one that it implements, are put in place',
      '{ user { ... on Node { ... on User { name } id } } }',
      '{ user { name id } }',
    ],
    ['on the root type are put in place', '{ ... on Query { __typename user { id } } }', '{ __typename user { id } }'],
    [
      'on a type that no object here has go',
      '{ user { id ... on Node { ... on Photo { size } } } }',
      '{ user { id } }',
    ],
    ['of which nothing is left leave the type', '{ user { ... on Photo { size } } }', '{ user { __typename } }'],
    [
      'within others are fragments of their own',
      '{ node { ... on Node { ... on Photo { size } ... on User { name } } } }',
      '{ node { ... on Photo { size } ... on User { name } } }',
    ],
    [
      'on one type are one, and each field in them is asked once',
      '{ node { id ... on Photo { size id } ... on Photo { owner { id } } ... on Node { ... on Photo { size owner { name } } } } }',
      '{ node { id ... on Photo { size owner { id name } } } }',
    ],
    ['on an interface stay', '{ node { ... on Pet { legs } } }', '{ node { ... on Pet { legs } } }'],
    [
      'on what two interfaces share are on that interface, or on the object types',
      '{ node { ... on Named { ... on Pet { legs } ... on Node { id } } } }',
      '{ node { ... on Pet { legs } ... on User { id } ... on Cat { id } ... on Dog { id } } }',
    ],
    [
      'on an interface that one member has are on that member',
      '{ any { ... on Named { name } } }',
      '{ any { ... on User { name } } }',
    ],
    [
      'on the interface of what else has its fields stay, if the type does not declare them',
      '{ named { ... on Node { id } } }',
      '{ named { ... on Node { id } } }',
    ],
    [
      'that apply to all here, though the type does not say so, leave the name of the type, by which they are shown',
      '{ labeled { ... on Thing { ... on Labeled { label } } } }',
      '{ labeled { label __typename } }',
    ],
    [
      'that are deferred keep their label, once',
      '{ node { ... on Named { ... on Node @defer { id } } ... on Photo { ... @defer { size } } } }',
      '{ node { ... on Named { ... on Node @defer(label: "0") { id } } ... on Photo @defer(label: "1") { size } } }',
    ],
  ])('fragments %s', (_, query, expected) => {
    expect(prepared(query).text?.replace(/\s+/g, ' ')).toBe(expected);
  });

  const LEAST = { fieldsMax: 1, fragmentsMax: 0 };
  test('plannedSelectionsMax bounds the fields and fragments that are laid out', () => {
    const query = '{ nodes { id ... on Named { ... on Node { owner { id } } } } }';
    const operation = { document: parse(query), operationName: undefined, coerced: {} };
    expect(
      createPrepareOperation(readPlanningOf(SUPERGRAPH), { ...LEAST, plannedSelectionsMax: 10 })(operation).text,
    ).toContain('Dog');
    expect(() =>
      createPrepareOperation(readPlanningOf(SUPERGRAPH), { ...LEAST, plannedSelectionsMax: 9 })(operation),
    ).toThrow(
      expect.objectContaining({
        code: 'TOO_COSTLY',
        extensions: expect.objectContaining({ limit: 'plannedSelectionsMax', max: 9 }),
      }),
    );
  });
});

describe('different fields under one response key at one place', () => {
  test.each([
    [
      'get response keys of their own',
      '{ node { ... on User { owner { name(lang: "EN") } } ... on Photo { owner { name(lang: "FR") } } } }',
      '{ node { ... on User { owner { name(lang: "EN") } } ... on Photo { owner { name_2: name(lang: "FR") } } } }',
    ],
    [
      'get response keys that are free',
      '{ node { ... on User { owner { x: name x_2: id } } ... on Photo { owner { x: id } } } }',
      '{ node { ... on User { owner { x: name x_2: id } } ... on Photo { owner { x_2_: id } } } }',
    ],
    [
      'take their selections along',
      '{ node { ... on User { u: owner { id } } ... on Photo { u: node: owner { id } } } }'.replace('node: ', ''),
      '{ node { ... on User { u: owner { id } } ... on Photo { u: owner { id } } } }',
    ],
  ])('different fields under one key %s', (_, query, expected) => {
    expect(prepared(query).text?.replace(/\s+/g, ' ')).toBe(expected);
  });

  test("the response keys of renamed fields lead back to the client's", () => {
    const { keys } = prepared('{ node { ... on User { id: name x: owner { id } } ... on Photo { id: size x: id } } }');
    expect([...(keys ?? [])].sort()).toEqual([
      ['id_as', 'id'],
      ['id_as_2', 'id'],
      ['x_2', 'x'],
    ]);
  });
});
