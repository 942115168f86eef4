/** Which planner serves a supergraph, and what becomes of an operation that it does not plan. */
import { createApolloPlanner } from './apollo.ts';
import { createHivePlanner } from './hive.ts';
import type { Planner } from './port.ts';

/**
 * The Rust planner where it has a binary for this machine, accepts the supergraph and finds a plan, which it does not for every
 * valid operation; and Apollo's otherwise. `onFallback` hears why.
 */
export async function createPlanner(supergraph: string, onFallback?: (reason: unknown) => void): Promise<Planner> {
  let second: Promise<Planner> | undefined;
  const fallBack = (reason: unknown): Promise<Planner> => {
    onFallback?.(reason);
    second ??= createApolloPlanner(supergraph);
    return second;
  };
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
