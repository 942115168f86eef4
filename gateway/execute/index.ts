export type { Engine, PlatformCall, Run, Steps, Target } from './context.ts';
export { createLedger, type Ledger } from './ledger.ts';
export { type CompiledPlan, compilePlan } from './plan.ts';
export { createSupergraphSchema, createTypeTest } from './schema.ts';
