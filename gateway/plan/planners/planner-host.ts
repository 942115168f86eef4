/** A running planner, in this process or in one of its own. */
import type { PlannerSpec, PlanOperation } from './load-planner.js';

export interface PlannerHost {
  readonly plan: PlanOperation;
  close(): void;
}

/** `isFallback`: true for a planner that may end while it has nothing to do. Throws as `loadPlanner` does. */
export type StartPlanner = (spec: PlannerSpec, isFallback: boolean) => Promise<PlannerHost>;
