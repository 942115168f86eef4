/** Which planner serves a supergraph. */
import { createApolloPlanner } from './apollo.ts';
import { createHivePlanner } from './hive.ts';
import type { Planner } from './port.ts';

/**
 * The Rust planner where it has a binary for this machine and accepts the supergraph, and Apollo's otherwise. `onFallback`
 * hears why.
 */
export async function createPlanner(supergraph: string, onFallback?: (reason: unknown) => void): Promise<Planner> {
  try {
    return await createHivePlanner(supergraph);
  } catch (reason) {
    onFallback?.(reason);
    return createApolloPlanner(supergraph);
  }
}
