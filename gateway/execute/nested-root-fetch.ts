/**
 * A root fetch inside the answer. All objects of the query type have the same fields, so that they are fetched once.
 */
import type { PlanPath } from '../model/plan.ts';
import type { ExecutionEngine, PlanStep } from './context.ts';
import { createNestedCollector } from './coverage/nested-collector.ts';
import { LOCATIONS_MAX, locateObjects } from './tree/locate-objects.ts';
import { mergeInto } from './tree/merge.ts';
import type { TreeObject } from './tree/tree.ts';

/**
 * `step` writes to a tree of its own, which is merged into each object at the path. Errors name each of these objects.
 */
export function compileNestedRootFetch(at: PlanPath, step: PlanStep, { isType }: ExecutionEngine): PlanStep {
  return async (run) => {
    const located = locateObjects(run.tree, at, isType, LOCATIONS_MAX);
    if (located.length === 0) return;
    const paths = located.map(({ path }) => path);
    const tree: TreeObject = {};
    await step({ ...run, tree, collector: createNestedCollector(run.collector, paths) });
    // Objects at one path share the result, as later fetches treat them alike: copies would multiply with every level.
    for (const object of new Set(located.map(({ object }) => object))) mergeInto(object, tree, isType);
  };
}
