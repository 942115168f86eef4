/** The port to a query planner: an operation's text → a plan. */
import type { PlanNode } from '../model/plan.ts';
import type { PlannerSpec, PlanOperation } from './planners/load-planner.js';

export type PlannerKind = PlannerSpec['kind'];

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

/** A planner at work somewhere: in this process, or in one of its own. */
export interface PlannerHost {
  readonly plan: PlanOperation;
  close(): void;
}

/** `isSpare`: true for a planner that only helps out, which may end while there is nothing to do. Throws as `loadPlanner` does. */
export type StartPlanner = (spec: PlannerSpec, isFallback: boolean) => Promise<PlannerHost>;
