/** A root fetch inside the answer: what an object of the query type has there, it has wherever it stands, so that it is fetched once. */
import type { PlanPath } from '../model/plan.ts';
import type { ExecutionEngine, PlanStep } from './context.ts';
import { createNestedCollector } from './coverage/nested-collector.ts';
import { LOCATIONS_MAX, locateObjects, mergeInto, type TreeObject } from './tree/tree.ts';

/** `step` writes to the root of a tree; the objects at the path take it over, and errors name each of them. */
export function compileNestedRootFetch(at: PlanPath, step: PlanStep, { isType }: ExecutionEngine): PlanStep {
  return async (run) => {
    const places = locateObjects(run.tree, at, isType, LOCATIONS_MAX);
    if (places.length === 0) return;
    const paths = places.map(({ path }) => path);
    const tree: TreeObject = {};
    await step({ ...run, tree, collector: createNestedCollector(run.collector, paths) });
    // Later fetches treat places of one path alike, so that they share what was written: a copy for each of them multiplies with every level.
    for (const object of new Set(places.map(({ object }) => object))) mergeInto(object, tree, isType);
  };
}
