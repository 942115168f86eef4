/** Plan: a validated operation → a plan, kept by view and text, and made once however many ask. */
export { awaitPlan } from './cache/await-plan.ts';
export { createPlanCache, type FrequentOperation, type PlanCache } from './cache/plan-cache.ts';
export { warmPlans } from './cache/warm-plans.ts';
export type { Planner, SlowPlan } from './planner.ts';
export { createPlanner } from './planners/create-planner.ts';
export { createPrepareOperation, type PreparedOperation } from './prepare/prepare-operation.ts';
export { withRepairedPlans } from './repair/repaired-planner.ts';
