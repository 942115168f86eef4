/** What a server gave for an entity → the objects of the tree that are this entity. */
import type { FieldNode } from 'graphql';
import type { EntityLookup } from '../../model/plan.ts';
import type { ExecutionEngine } from '../context.ts';
import { compileMerge } from '../tree/compile-merge.ts';
import { mergeInto } from '../tree/merge.ts';
import { compilePrune, compilePruneBelow, type SharedPaths } from '../tree/prune.ts';
import { applyRewrite } from '../tree/rewrite.ts';
import type { TreeObject } from '../tree/tree.ts';
import type { Entity } from './collect-entities.ts';

export type WriteEntity = (entity: Entity, value: TreeObject) => void;

/** For a fetch whose answers are those of its text: fields that nobody selected are left out. */
export function compileWriteEntity(
  plan: EntityLookup,
  { selectionSet }: FieldNode,
  shared: SharedPaths,
  engine: ExecutionEngine,
): WriteEntity {
  const { isType } = engine;
  // Renamed fields are not those that were selected.
  if (!selectionSet || plan.outputRewrites.length > 0) {
    const prune = selectionSet && compilePrune(selectionSet, plan.paths, shared);
    const rewrite = compileWriteWhole(plan, engine);
    return (entity, value) => {
      prune?.(value);
      rewrite(entity, value);
    };
  }
  const pruneBelow = compilePruneBelow(selectionSet, plan.paths, shared);
  const merge = compileMerge(selectionSet, isType);
  return (entity, value) => {
    pruneBelow?.(value);
    mergeIntoObjects(entity, value, merge);
  };
}

/** For values that the gateway put together, which have more than the plan's text selects. */
export function compileWriteWhole({ outputRewrites }: EntityLookup, { isType }: ExecutionEngine): WriteEntity {
  const merge = (target: TreeObject, source: TreeObject): void => mergeInto(target, source, isType);
  return (entity, value) => {
    for (const rewrite of outputRewrites) applyRewrite(value, rewrite, isType);
    mergeIntoObjects(entity, value, merge);
  };
}

/**
 * Objects at one path share what is written, since later fetches treat them alike; those at different paths may not.
 */
function mergeIntoObjects(
  { objects, pathIndexes }: Entity,
  value: TreeObject,
  merge: (target: TreeObject, source: TreeObject) => void,
): void {
  if (pathIndexes === undefined) {
    for (let i = 0; i < objects.length; i++) merge(objects[i]!, value);
    return;
  }
  const first = pathIndexes[0]!;
  let copies: Map<number, TreeObject> | undefined;
  for (let i = 0; i < objects.length; i++) {
    const pathIndex = pathIndexes[i]!;
    let copy = value;
    if (pathIndex !== first) {
      copies ??= new Map();
      copy = copies.get(pathIndex) ?? structuredClone(value);
      copies.set(pathIndex, copy);
    }
    merge(objects[i]!, copy);
  }
}
