/** The port to a query planner: an operation's text → a plan. */
import type { PlanNode } from '../model/plan.ts';

/** The Rust planner of Hive Router, or Apollo's. */
export type PlannerKind = 'hive' | 'apollo';

export interface Planner {
  readonly name: PlannerKind;
  /**
   * Undefined when nothing has to be fetched. The operation must be valid and free of conditions; several operations need a name.
   * `draw` is what percentages of `@override` are compared with; default: 0, which is below all. Throws a `PublicError` where planning takes
   * too long, or too much of it is asked, and an `UnplannableError` where there is no plan.
   */
  plan(operation: string, operationName: string | undefined, draw?: number): Promise<PlanNode | undefined>;
  /** What is not planned yet is rejected. */
  close(): void;
}

/** No planner has a plan for the operation, which is valid; the cause says why. */
export class UnplannableError extends Error {}

export interface SlowPlan {
  readonly operation: string;
  readonly planner: PlannerKind;
  /** Without waiting for it. */
  readonly tookMs: number;
  /** True where it was given up after that time. */
  readonly isRefused: boolean;
}
