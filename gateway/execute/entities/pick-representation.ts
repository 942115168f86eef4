/** An object of the tree → its representation as an object: for fetches that rewrite their input. */
import { isObject } from '@yiwang/schema';
import type { EntityLookup, Requirement } from '../../model/plan.ts';
import { mergeValue } from '../tree/merge.ts';
import { applyRewrite } from '../tree/rewrite.ts';
import type { TreeObject, TypeTest } from '../tree/tree.ts';

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
