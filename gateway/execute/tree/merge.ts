/** What was read → merged into the tree. The most precise value stays. */
import { isObject } from '@yiwang/schema';
import type { TreeObject, TypeTest } from './tree.ts';

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
