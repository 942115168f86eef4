/** The port to a query planner: the text of an operation → a plan. */
import type { PlanNode } from '../model/plan.ts';

/** The Rust planner of Hive Router, or Apollo's. */
export type PlannerKind = 'hive' | 'apollo';

export interface Planner {
  readonly name: PlannerKind;
  /**
   * Returns undefined if nothing has to be fetched. The operation is valid and has no conditions; a text with several
   * operations needs a name. `draw` is compared with the percentages of `@override`; default: 0, which is below all.
   * Throws a `PublicError` if planning takes too long or too many operations wait, and an `UnplannableError` if there
   * is no plan.
   */
  plan(operation: string, operationName: string | undefined, draw?: number): Promise<PlanNode | undefined>;
  /** Rejects what is not planned yet. */
  close(): void;
}

/** No planner has a plan for a valid operation; the cause says why. */
export class UnplannableError extends Error {}

export interface SlowPlan {
  readonly operation: string;
  readonly planner: PlannerKind;
  /** Time of planning alone, without the wait for a planner. */
  readonly tookMs: number;
  /** True if planning was aborted after that time. */
  readonly isRefused: boolean;
}
