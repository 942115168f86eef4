/** The tree that answers are written into: finds objects in it, reads their representations, merges into them. */

import { isObject } from '@yiwang/schema';
import type { Path } from '../../model/errors.ts';
import type { EntityLookup, PlanPath, Requirement, Rewrite } from '../../model/plan.ts';

export type TreeObject = Record<string, unknown>;

/** An object at one of its places in the tree. */
export interface LocatedObject {
  readonly object: TreeObject;
  readonly path: Path;
}

/** True if an object of this type satisfies a fragment on that type. */
export type TypeTest = (typename: string, condition: string) => boolean;

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

export function matchesType(value: TreeObject, names: readonly string[], isType: TypeTest): boolean {
  const typename = value.__typename;
  return typeof typename !== 'string' || names.some((name) => name === typename || isType(typename, name));
}

/** Undefined if the object lacks a required field, or is of no type that the fetch is for. */
export function pickRepresentation(object: TreeObject, lookup: EntityLookup, isType: TypeTest): TreeObject | undefined {
  const representation: TreeObject = {};
  if (!pick(object, lookup.requires, representation, isType)) return undefined;
  for (const rewrite of lookup.inputRewrites) applyRewrite(representation, rewrite, isType);
  return Object.keys(representation).length > 0 ? representation : undefined;
}

function pick(from: TreeObject, requires: readonly Requirement[], into: TreeObject, isType: TypeTest): boolean {
  for (const required of requires) {
    if (required.kind === 'fragment') {
      const typename = from.__typename;
      const fits =
        required.type === undefined ||
        typeof typename !== 'string' ||
        typename === required.type ||
        isType(typename, required.type);
      if (fits && !pick(from, required.requires, into, isType)) return false;
      continue;
    }
    const { name, alias: key = name } = required;
    const value = from[name];
    if (value === undefined) return false;
    const picked = required.requires.length === 0 ? value : pickValue(value, required.requires, isType);
    if (picked === undefined) return false;
    into[key] = mergeValue(into[key], picked, isType);
  }
  return true;
}

function pickValue(value: unknown, requires: readonly Requirement[], isType: TypeTest): unknown {
  if (Array.isArray(value)) return value.map((item) => pickValue(item, requires, isType));
  if (!isObject(value)) return value;
  const picked: TreeObject = {};
  return pick(value, requires, picked, isType) ? picked : undefined;
}

/** Merges objects field by field, and lists of equal length item by item. Other values are replaced, but by null. */
export function mergeInto(target: TreeObject, source: Readonly<TreeObject>, isType: TypeTest): void {
  for (const key in source) {
    const current = target[key];
    if (current === undefined) {
      // Nothing can be selected under this key. A platform that sends it would change the prototype of all objects.
      if (key !== '__proto__') target[key] = source[key];
    } else if (key === '__typename') mergeTypename(target, source[key], isType);
    else if (key !== '__proto__') target[key] = mergeValue(current, source[key], isType);
  }
}

/**
 * A subgraph that has an interface as an object type names the interface, which does not replace the name of a type.
 */
export function mergeTypename(target: TreeObject, typename: unknown, isType: TypeTest): void {
  const current = target.__typename;
  if (current === undefined || !isLessSpecific(typename, current, isType)) target.__typename = typename;
}

function isLessSpecific(incoming: unknown, current: unknown, isType: TypeTest): boolean {
  return typeof incoming !== 'string' || (typeof current === 'string' && isType(current, incoming));
}

export function mergeValue(target: unknown, source: unknown, isType: TypeTest): unknown {
  if (target === source) return target;
  if (isObject(target) && isObject(source)) {
    mergeInto(target, source, isType);
    return target;
  }
  if (Array.isArray(target) && Array.isArray(source) && target.length === source.length) {
    return target.map((item, i) => mergeValue(item, source[i], isType));
  }
  return source === undefined || (source === null && target !== undefined) ? target : source;
}

export function applyRewrite(root: TreeObject, rewrite: Rewrite, isType: TypeTest): void {
  const last = rewrite.path.at(-1);
  if (last?.kind !== 'field') return;
  for (const { object } of locateObjects(root, rewrite.path.slice(0, -1), isType)) {
    if (!(last.name in object)) continue;
    if (rewrite.kind === 'set') {
      object[last.name] = rewrite.value;
    } else {
      object[rewrite.to] = mergeValue(object[rewrite.to], object[last.name], isType);
      delete object[last.name];
    }
  }
}

/** The path of an error in a server's answer → the path of the same place once its keys are renamed. */
export function renamePath(path: Path, rewrites: readonly Rewrite[]): Path {
  const renamed = [...path];
  for (const rewrite of rewrites) {
    if (rewrite.kind !== 'rename') continue;
    const names = rewrite.path.flatMap((segment) => (segment.kind === 'field' ? segment.name : []));
    const at = depthAt(path, names);
    if (at !== undefined) renamed[at] = rewrite.to;
  }
  return renamed;
}

/** The index in the path of the last of the names; undefined if the path does not begin with them. */
function depthAt(path: Path, names: readonly string[]): number | undefined {
  let matched = 0;
  for (const [depth, part] of path.entries()) {
    if (typeof part !== 'string') continue;
    if (part !== names[matched]) return undefined;
    matched++;
    if (matched === names.length) return depth;
  }
  return undefined;
}
