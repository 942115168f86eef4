/** Pipeline: the order of a request, what is around it, and what answers the operations of one schema version. */
export { type HttpRequest, type HttpResponse, RequestContext } from './context.ts';
export type { Conformance } from './engine/breach-collector.ts';
export { createEngine, type Engine, type EngineOptions } from './engine/engine.ts';
export type { PlannedOperation } from './engine/query-engine.ts';
export { createCallers } from './lifecycle/callers.ts';
export {
  createHandler,
  type LifecycleOptions,
  type Outgoing,
  type RecordSlot,
  type RequestObserver,
} from './lifecycle/lifecycle.ts';
export { createOperationSlots } from './lifecycle/operation-slots.ts';
export type { RequestFacts } from './lifecycle/record-entry.ts';
export {
  type LoadedSchema,
  loadSchema,
  type SchemaOperations,
  type SchemaOptions,
  type UpstreamOperations,
} from './load-schema.ts';
export { createErrorMask } from './mask-errors.ts';
export { type CountUsage, createQueryStages, type QueryResult, visibleCoverage } from './query.ts';
export {
  type Around,
  createOperationPipeline,
  createRequestPipeline,
  type EngineStages,
  type Refused,
  type RequestStages,
  type SchemaLease,
} from './stages.ts';
export { createUpstreamStages, type UpstreamAnswer } from './upstream.ts';
