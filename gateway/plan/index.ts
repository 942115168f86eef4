export { type Cache, createCache } from './cache.ts';
export { createPlanner, type PlannerOptions } from './planner.ts';
export type { Planner, SlowPlan } from './port.ts';
export { createPrepare, decisionsOf, type Prepare, type Prepared } from './prepare.ts';
