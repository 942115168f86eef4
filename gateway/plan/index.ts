export { type Cache, createCache } from './cache.ts';
export { createDecisions } from './decisions.ts';
export { createPlanner, type PlannerOptions } from './planner.ts';
export type { Planner, SlowPlan } from './port.ts';
export { createPrepare, type Prepare, type Prepared } from './prepare.ts';
