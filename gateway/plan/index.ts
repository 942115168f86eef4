export { awaitPlan } from './await-plan.ts';
export { createPlans, type PlanRequest, type Plans, type UsedOperation } from './cache.ts';
export { completing } from './complete.ts';
export { addMemberEntries } from './member-entries.ts';
export { createPlanner, type PlannerOptions } from './planner.ts';
export type { Planner, SlowPlan } from './port.ts';
export { createPrepare, type Prepare, type Prepared } from './prepare.ts';
export { separateRequiredFields } from './required-fields.ts';
export { warmPlans } from './warm.ts';
