/** A path of a plan → a compiled walk that finds the objects at the path, and records no places. */

import { isObject } from '@yiwang/schema';
import type { PlanPath } from '../../model/plan.ts';
import { matchesType, type TreeObject, type TypeTest } from './tree.ts';

/**
 * Adds the objects below `value` to `objects`, some more than once. Nulls, and fields that were never fetched, are
 * skipped.
 */
export type Walk = (value: unknown, objects: TreeObject[]) => void;

/** A tree with more items, counted at each place, is walked level by level: each object once. */
const ITEMS_MAX = 20_000;

/** Of the current walk. Walks are synchronous, so that there is one at a time. */
let items = 0;

const END: Walk = (value, objects) => {
  if (Array.isArray(value)) {
    for (const item of value) {
      if (++items > ITEMS_MAX) return;
      END(item, objects);
    }
  } else if (isObject(value)) objects.push(value);
};

export function compileWalk(path: PlanPath, isType: TypeTest): Walk {
  const walkAll = path.reduceRight<Walk>((next, segment) => {
    const walk: Walk = (value, objects) => {
      if (Array.isArray(value)) {
        const inner = segment.kind === 'items' ? next : walk;
        for (const item of value) {
          if (++items > ITEMS_MAX) return;
          inner(item, objects);
        }
      } else if (isObject(value)) {
        if (segment.kind === 'field') next(value[segment.name], objects);
        else if (segment.kind === 'types' && matchesType(value, segment.names, isType)) next(value, objects);
      }
    };
    return walk;
  }, END);
  return (value, objects) => {
    const before = objects.length;
    items = 0;
    walkAll(value, objects);
    if (items <= ITEMS_MAX) return;
    objects.length = before;
    for (const object of findDistinctObjects(value, path, isType)) objects.push(object);
  };
}

/**
 * The same, but each object once, in the order of the first visit: an object in many places leads to the same objects
 * below.
 */
function findDistinctObjects(root: unknown, path: PlanPath, isType: TypeTest): Iterable<TreeObject> {
  let values = new Set<unknown>([root]);
  for (const segment of path) {
    const next = new Set<unknown>();
    if (segment.kind === 'items') {
      for (const value of values) if (Array.isArray(value)) for (const item of value) next.add(item);
    } else {
      for (const object of flatten(values)) {
        if (segment.kind === 'field') next.add(object[segment.name]);
        else if (matchesType(object, segment.names, isType)) next.add(object);
      }
    }
    values = next;
  }
  return flatten(values);
}

function flatten(values: Iterable<unknown>): Set<TreeObject> {
  const objects = new Set<TreeObject>();
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const item of value) walk(item);
    else if (isObject(value)) objects.add(value);
  };
  for (const value of values) walk(value);
  return objects;
}
