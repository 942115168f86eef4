/** Execute: a plan → one tree of data, fetch by fetch, with an account of every platform that was called. */

export { createSourceFinder, type FindSource, type ValueSource } from './claims/find-source.ts';
export { type CompiledPlan, compilePlan } from './compile-plan.ts';
export type { ExecutionEngine, FetchSteps, Run } from './context.ts';
export { type CoverageCollector, createCoverageCollector } from './coverage/coverage-collector.ts';
export { createNameHiders } from './coverage/name-hider.ts';
export { createDeferredFetches, type DeferredFetches } from './deferred-fetches.ts';
export { createReferenceCache } from './reference-cache.ts';
export { findPassthroughFetch } from './single/passthrough-fetch.ts';
export { createTypeTest } from './tree/type-test.ts';
export { createUpstreamFetches, type UpstreamFetches } from './upstream/upstream-fetches.ts';
