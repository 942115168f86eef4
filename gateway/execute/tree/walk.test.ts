/** An object may be in many places: finding it, and its places, takes no longer for that. */
import { expect, test } from '@jest/globals';
import type { PlanPath } from '../../model/plan.ts';
import { locateObjects } from './locate-objects.ts';
import { mergeInto } from './merge.ts';
import type { TreeObject } from './tree.ts';
import { compileWalk } from './walk.ts';

const isType = (typename: string, condition: string): boolean => typename === condition;

/** Each level is two objects, both of which the level above has many times. */
function sharedTree(levels: number, times: number): TreeObject {
  let below: TreeObject[] = [{ id: 'a' }, { id: 'b' }];
  for (let i = 0; i < levels; i++) {
    const list = Array.from({ length: times }, (_, at) => below[at % 2]);
    below = [{ list }, { list: [...list].reverse() }];
  }
  return { list: below };
}

const pathDown = (levels: number): PlanPath =>
  Array.from({ length: levels }, () => [{ kind: 'field', name: 'list' } as const, { kind: 'items' } as const]).flat();

function find(tree: TreeObject, path: PlanPath): TreeObject[] {
  const objects: TreeObject[] = [];
  compileWalk(path, isType)(tree, objects);
  return objects;
}

test('objects in many places are found in the order of their first visit', () => {
  expect(find(sharedTree(2, 3), pathDown(3)).length).toBe(18);
  expect(find(sharedTree(30, 10), pathDown(31)).map(({ id }) => id)).toEqual(['a', 'b']);
});

test('all objects of a long list are found', () => {
  const list = Array.from({ length: 30_000 }, (_, id) => ({ id, of: [{ id }] }));
  const path: PlanPath = [...pathDown(1), { kind: 'field', name: 'of' }, { kind: 'items' }];
  expect(find({ list }, path).map(({ id }) => id)).toEqual(list.map(({ id }) => id));
});

test('each object is located, at no more than the limit of places', () => {
  const places = locateObjects(sharedTree(30, 10), pathDown(31), isType, 5);
  expect(new Set(places.map(({ object }) => object.id))).toEqual(new Set(['a', 'b']));
  expect(places.length).toBeLessThanOrEqual(10);
  expect(locateObjects(sharedTree(1, 3), pathDown(2), isType, 5)).toHaveLength(6);
});

test('merging objects into themselves takes no time', () => {
  const tree = sharedTree(30, 10);
  mergeInto(tree, { ...tree }, isType);
  expect(tree).toHaveProperty('list');
});
