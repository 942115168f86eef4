/** Merging into the tree: the most precise value stays. */
import { expect, test } from '@jest/globals';
import { mergeInto } from './merge.ts';
import type { TreeObject } from './tree.ts';

const isType = (typename: string, condition: string): boolean => typename === 'Book' && condition === 'Media';

function merged(target: TreeObject, source: TreeObject): TreeObject {
  mergeInto(target, source, isType);
  return target;
}

test.each([
  ['a type replaces its interface', { __typename: 'Media' }, { __typename: 'Book' }, { __typename: 'Book' }],
  ['an interface does not replace its type', { __typename: 'Book' }, { __typename: 'Media' }, { __typename: 'Book' }],
  [
    'an interface does not replace a type below an object, either',
    { of: [{ __typename: 'Book' }] },
    { of: [{ __typename: 'Media', id: 1 }] },
    { of: [{ __typename: 'Book', id: 1 }] },
  ],
  ['another type replaces a type', { __typename: 'Book' }, { __typename: 'Film' }, { __typename: 'Film' }],
  ['null replaces nothing', { __typename: 'Book', a: 1 }, { __typename: null, a: null }, { __typename: 'Book', a: 1 }],
  [
    'objects and lists of equal length are merged',
    { a: [{ b: 1 }], c: { d: 1 } },
    { a: [{ e: 2 }], c: { d: 2 } },
    { a: [{ b: 1, e: 2 }], c: { d: 2 } },
  ],
  ['lists of other lengths are replaced', { a: [1] }, { a: [1, 2] }, { a: [1, 2] }],
])('%s', (_, target, source, expected) => {
  expect(merged(target, source)).toEqual(expected);
});

test('the prototype of all objects is not changed', () => {
  const target = merged({}, JSON.parse('{ "__proto__": { "polluted": 1 } }') as TreeObject);
  expect([Object.keys(target), (target as { polluted?: number }).polluted]).toEqual([[], undefined]);
});
