/** What a server gave for an entity, in the objects of the tree that are this entity. */
import { expect, test } from '@jest/globals';
import { type FieldNode, Kind, parse } from 'graphql';
import type { EntityLookup, PlanPath } from '../../model/plan.ts';
import type { ExecutionEngine } from '../context.ts';
import type { TreeObject } from '../tree/tree.ts';
import type { Entity } from './collect-entities.ts';
import { compileWriteEntity } from './write-entity.ts';

const ENGINE = { isType: () => false } as unknown as ExecutionEngine;
const SHARED = new Set(['list', 'list/owner']);
const PATHS: readonly PlanPath[] = [
  [{ kind: 'field', name: 'list' }],
  [
    { kind: 'field', name: 'list' },
    { kind: 'field', name: 'other' },
  ],
];

/** Writes the value to new objects, one for each index of a path. */
function written(
  pathIndexes: readonly number[],
  value: TreeObject,
  outputRewrites: EntityLookup['outputRewrites'] = [],
): TreeObject[] {
  const [operation] = parse('{ _entities { ... on User { name owner { id } } } }').definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION) throw new Error('expected an operation');
  const lookup = { paths: PATHS, outputRewrites } as unknown as EntityLookup;
  const write = compileWriteEntity(lookup, operation.selectionSet.selections[0] as FieldNode, SHARED, ENGINE);
  const objects = pathIndexes.map(() => ({}));
  const entity = { objects, pathIndexes: [...pathIndexes] } as unknown as Entity;
  write(entity, value);
  return objects;
}

test('an object gets the selected fields, and at shared paths below them the selected fields, too', () => {
  const value = { name: 'n', extra: 1, owner: { id: 'o', extra: 2 } };
  expect(written([0], value)).toEqual([{ name: 'n', owner: { id: 'o' } }]);
});

test('objects at one path share what is written, and objects at different paths do not', () => {
  const [first, second, other] = written([0, 0, 1], { owner: { id: 'o' } });
  expect(other).toEqual(first);
  expect([first!.owner === second!.owner, first!.owner === other!.owner]).toEqual([true, false]);
});

test('a renamed field is written under its new name, and a field that is not selected is not', () => {
  const rename = { kind: 'rename', path: [{ kind: 'field', name: 'name' }], to: 'title' } as const;
  expect(written([0, 1], { name: 'n', extra: 1 }, [rename])).toEqual([{ title: 'n' }, { title: 'n' }]);
});
