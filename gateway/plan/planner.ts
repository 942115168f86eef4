/** The port to a query planner: an operation's text → a plan, with the adapters behind one door. */
import type { PlanNode } from '../model/plan.ts';
import { createApolloPlanner } from './apollo.ts';
import { createHivePlanner } from './hive.ts';

export interface Planner {
  readonly name: 'hive' | 'apollo';
  /** Undefined when nothing has to be fetched. The operation must be valid; several operations need a name. */
  plan(operation: string, operationName: string | undefined): Promise<PlanNode | undefined>;
}

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
