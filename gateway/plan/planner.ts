/** Which planner serves a supergraph, and what becomes of an operation that it does not plan. */
import { createApolloPlanner } from './apollo.ts';
import { createHivePlanner } from './hive.ts';
import type { Planner } from './port.ts';

export interface PlannerOptions {
  readonly onFallback?: ((reason: unknown) => void) | undefined;
  /** Of Apollo's planner. */
  readonly plansWeighedMax?: number;
}

const HAS_INTERFACE_OBJECT = /isInterfaceObject:\s*true/;

/**
 * The Rust planner where it has a binary for this machine, accepts the supergraph and finds a plan, which it does not for every
 * valid operation; and Apollo's otherwise. A supergraph where an interface is an object type of some subgraph is Apollo's from the
 * start: of objects met there, the Rust planner leaves out what is asked in fragments on their types. `onFallback` hears why.
 */
export async function createPlanner(
  supergraph: string,
  { onFallback, plansWeighedMax }: PlannerOptions = {},
): Promise<Planner> {
  let second: Promise<Planner> | undefined;
  const fallBack = (reason: unknown): Promise<Planner> => {
    onFallback?.(reason);
    second ??= createApolloPlanner(supergraph, plansWeighedMax);
    return second;
  };
  if (HAS_INTERFACE_OBJECT.test(supergraph)) {
    return fallBack(new Error('the supergraph has an interface that is an object type in one of its subgraphs'));
  }
  let first: Planner;
  try {
    first = await createHivePlanner(supergraph);
  } catch (reason) {
    return fallBack(reason);
  }
  return {
    name: first.name,
    async plan(operation, operationName) {
      try {
        return await first.plan(operation, operationName);
      } catch (reason) {
        const planner = await fallBack(reason);
        return planner.plan(operation, operationName);
      }
    },
  };
}
