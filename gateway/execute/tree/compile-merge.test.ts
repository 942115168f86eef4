/** What is written of an answer: the selected fields alone, merged with what is there. */
import { expect, test } from '@jest/globals';
import { Kind, parse } from 'graphql';
import { compileMerge } from './compile-merge.ts';
import type { TreeObject } from './tree.ts';

const isType = (typename: string, condition: string): boolean => typename === 'Book' && condition === 'Media';

function merged(query: string, target: TreeObject, source: TreeObject): TreeObject {
  const [operation] = parse(query).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('expected an operation');
  compileMerge(operation.selectionSet, isType)(target, source);
  return target;
}

test('a field that is not selected is not written, whatever its name', () => {
  const source = JSON.parse('{ "a": 1, "c": 2, "constructor": 3, "__proto__": { "polluted": 4 } }') as TreeObject;
  const target = merged('{ ... on Book { b: a a } }', {}, source);
  expect(target).toEqual({ a: 1 });
  expect((target as { polluted?: number }).polluted).toBeUndefined();
});

test('fields of all fragments are written by their response keys', () => {
  const source = { title: 't', b: [1], c: null };
  expect(merged('{ ... on Book { title b: pages } ... on Film { c } }', { id: 1 }, source)).toEqual({
    id: 1,
    ...source,
  });
});

test('objects and lists are merged with those in the tree', () => {
  expect(merged('{ a { b } c { d } }', { a: [{ x: 1 }], c: { x: 1 } }, { a: [{ b: 2 }], c: { d: 3 } })).toEqual({
    a: [{ x: 1, b: 2 }],
    c: { x: 1, d: 3 },
  });
});

test('null replaces no value, and a value replaces null', () => {
  expect(merged('{ a b }', { a: 1, b: null }, { a: null, b: 2 })).toEqual({ a: 1, b: 2 });
});

test.each([
  ['a type replaces its interface', 'Media', 'Book', 'Book'],
  ['an interface does not replace its type', 'Book', 'Media', 'Book'],
])('%s, selected or not', (_, current, incoming, expected) => {
  expect(merged('{ a }', { __typename: current }, { __typename: incoming })).toEqual({ __typename: expected });
});

test('a field with an inherited name is read from the answer alone', () => {
  const names = ['constructor', 'toString', 'valueOf'];
  const query = `{ ${names.join(' ')} }`;
  expect(Object.keys(merged(query, {}, {}))).toEqual([]);
  expect({ ...merged(query, {}, { constructor: 'a', valueOf: 1 }) }).toEqual({ constructor: 'a', valueOf: 1 });
});
