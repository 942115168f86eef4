export type { Engine, Run, Steps } from './context.ts';
export { createLedger } from './ledger.ts';
export { type CompiledPlan, compilePlan } from './plan.ts';
export { createSupergraphSchema, createTypeTest } from './schema.ts';
