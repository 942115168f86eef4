/** A root fetch inside the answer: what an object of the query type has there, it has wherever it stands, so that it is fetched once. */
import type { PlanPath } from '../model/plan.ts';
import type { Engine, Run } from './context.ts';
import { ledgerInside } from './ledger-inside.ts';
import { mergeInto, PLACES_MAX, placesAt, type TreeObject } from './tree.ts';

type Step = (run: Run) => Promise<void>;

/** `step` writes to the root of a tree; the objects at the path take it over, and errors name each of them. */
export function compileReentry(at: PlanPath, step: Step, { isType }: Engine): Step {
  return async (run) => {
    const places = placesAt(run.tree, at, isType, PLACES_MAX);
    if (places.length === 0) return;
    const paths = places.map(({ path }) => path);
    const tree: TreeObject = {};
    await step({ ...run, tree, ledger: ledgerInside(run.ledger, paths) });
    // Later fetches treat places of one path alike, so that they share what was written: a copy for each of them multiplies with every level.
    for (const object of new Set(places.map(({ object }) => object))) mergeInto(object, tree, isType);
  };
}
