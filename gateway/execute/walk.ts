/** A path of a plan → a walk that finds the objects at it: compiled once, and without a thought for where they were found. */
import type { PlanPath } from '../model/plan.ts';
import { isObject, matchesType, type TreeObject, type TypeTest } from './tree.ts';

/** Adds the objects below `value` to `found`; nulls and what was never fetched are passed over. */
export type Walk = (value: unknown, found: TreeObject[]) => void;

const END: Walk = (value, found) => {
  if (Array.isArray(value)) for (const item of value) END(item, found);
  else if (isObject(value)) found.push(value);
};

export function compileWalk(path: PlanPath, isType: TypeTest): Walk {
  return path.reduceRight<Walk>((next, segment) => {
    const walk: Walk = (value, found) => {
      if (Array.isArray(value)) {
        const inner = segment.kind === 'items' ? next : walk;
        for (const item of value) inner(item, found);
      } else if (isObject(value)) {
        if (segment.kind === 'field') next(value[segment.name], found);
        else if (segment.kind === 'types' && matchesType(value, segment.names, isType)) next(value, found);
      }
    };
    return walk;
  }, END);
}
