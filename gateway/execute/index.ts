export type { Engine, Run, Steps } from './context.ts';
export { createHideNames } from './hide-names.ts';
export { createLedger, type Ledger } from './ledger.ts';
export { createPartsUnderWay, type PartsUnderWay } from './parts-under-way.ts';
export { passableFetch } from './pass.ts';
export { type CompiledPlan, compilePlan } from './plan.ts';
export { createReferenceCache } from './reference.ts';
export { createRelay, type Relay } from './relay.ts';
export { createSupergraphSchema, createTypeTest } from './schema.ts';
