/** What is merged into the tree: the most that is known stays. */
import { expect, test } from '@jest/globals';
import { mergeInto, type TreeObject } from './tree.ts';

const isType = (typename: string, condition: string): boolean => typename === 'Book' && condition === 'Media';

function merged(known: TreeObject, given: TreeObject): TreeObject {
  mergeInto(known, given, isType);
  return known;
}

test.each([
  ['a type replaces the interface of it', { __typename: 'Media' }, { __typename: 'Book' }, { __typename: 'Book' }],
  [
    'an interface does not replace a type of it',
    { __typename: 'Book' },
    { __typename: 'Media' },
    { __typename: 'Book' },
  ],
  [
    'nor below',
    { of: [{ __typename: 'Book' }] },
    { of: [{ __typename: 'Media', id: 1 }] },
    { of: [{ __typename: 'Book', id: 1 }] },
  ],
  ['another type replaces a type', { __typename: 'Book' }, { __typename: 'Film' }, { __typename: 'Film' }],
  ['null replaces nothing', { __typename: 'Book', a: 1 }, { __typename: null, a: null }, { __typename: 'Book', a: 1 }],
  [
    'objects and lists are merged',
    { a: [{ b: 1 }], c: { d: 1 } },
    { a: [{ e: 2 }], c: { d: 2 } },
    { a: [{ b: 1, e: 2 }], c: { d: 2 } },
  ],
  ['lists of other lengths are replaced', { a: [1] }, { a: [1, 2] }, { a: [1, 2] }],
])('%s', (_, known, given, expected) => {
  expect(merged(known, given)).toEqual(expected);
});

test('what all objects share is out of reach', () => {
  const known = merged({}, JSON.parse('{ "__proto__": { "polluted": 1 } }') as TreeObject);
  expect([Object.keys(known), (known as { polluted?: number }).polluted]).toEqual([[], undefined]);
});
