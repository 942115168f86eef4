/** The port to a query planner: an operation's text → a plan. */
import type { PlanNode } from '../model/plan.ts';

export interface Planner {
  readonly name: 'hive' | 'apollo';
  /** Undefined when nothing has to be fetched. The operation must be valid and free of conditions; several operations need a name. */
  plan(operation: string, operationName: string | undefined): Promise<PlanNode | undefined>;
}
