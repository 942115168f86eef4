/** A path of a plan → the objects at it, each with its place in the tree: for problems, which name places. */
import { isObject } from '@yiwang/schema';
import type { Path } from '../../model/errors.ts';
import type { PlanPath } from '../../model/plan.ts';
import { matchesType, type TreeObject, type TypeTest } from './tree.ts';

/** An object at one of its places in the tree. */
export interface LocatedObject {
  readonly object: TreeObject;
  readonly path: Path;
}

/**
 * All objects at the path. Nulls, and fields that were never fetched, are skipped. An object that is in many places, or
 * below one that is, is returned at most `timesMax` times.
 */
export function locateObjects(
  root: TreeObject,
  path: PlanPath,
  isType: TypeTest,
  timesMax = Number.POSITIVE_INFINITY,
): LocatedObject[] {
  const located: LocatedObject[] = [];
  const mayWalk = timesMax === Number.POSITIVE_INFINITY ? () => true : createVisitLimiter(timesMax);
  const walkItems = (items: readonly unknown[], depth: number, at: readonly (string | number)[]): void => {
    for (const [index, item] of items.entries()) walk(item, depth, [...at, index]);
  };
  const walk = (value: unknown, depth: number, at: readonly (string | number)[]): void => {
    const segment = path[depth];
    if (Array.isArray(value)) walkItems(value, segment?.kind === 'items' ? depth + 1 : depth, at);
    if (!isObject(value) || !mayWalk(value, depth)) return;
    if (!segment) located.push({ object: value, path: at });
    else if (segment.kind === 'field') walk(value[segment.name], depth + 1, [...at, segment.name]);
    else if (segment.kind === 'types' && matchesType(value, segment.names, isType)) walk(value, depth + 1, at);
  };
  walk(root, 0, []);
  return located;
}

/** A problem with an object is reported at no more of its places. */
export const LOCATIONS_MAX = 100;

/** Returns true for the first `timesMax` visits of an object at a depth. */
function createVisitLimiter(timesMax: number): (object: TreeObject, depth: number) => boolean {
  const levels: Map<TreeObject, number>[] = [];
  return (object, depth) => {
    levels[depth] ??= new Map();
    const level = levels[depth];
    const times = (level.get(object) ?? 0) + 1;
    level.set(object, times);
    return times <= timesMax;
  };
}
