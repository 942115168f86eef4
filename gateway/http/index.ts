/** HTTP: requests in, answers out; the steps between are handed in. */

export { createOperationServer } from './graphql/operation-server.ts';
export type {
  OperationServer,
  OperationSteps,
  RecordPlace,
  RequestSteps,
  SchemaLease,
  UpstreamSteps,
  ValidationRequest,
  ValidationResult,
} from './lifecycle/steps.ts';
export type { CorsOptions } from './listener/cors.ts';
export { PLATFORM_PATH } from './listener/paths.ts';
export type { PlaygroundOptions } from './listener/playground.ts';
export {
  createPlatformProbe,
  type PlatformHealth,
  probePlatform,
  type RecordHealth,
  type SchemaVersionHealth,
} from './operator/health.ts';
export type { OperatorAddress } from './operator/operator-server.ts';
export { type HttpServer, type HttpServerOptions, startHttpServer } from './server.ts';
