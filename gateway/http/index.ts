/** HTTP: requests in, answers out; the stages between are handed in. */
export { loadPlugins, type QueryPlugin } from './graphql/load-plugins.ts';
export { createOperationServer, type OperationServer } from './graphql/operation-server.ts';
export { PLATFORM_PATH } from './listener/paths.ts';
export type { PlaygroundOptions } from './listener/playground.ts';
export {
  createPlatformProbe,
  type PlatformHealth,
  probePlatform,
  type RecordHealth,
  type SchemaVersionHealth,
} from './operator/health.ts';
export { type HttpServer, type HttpServerOptions, type RequestSteps, startHttpServer } from './server.ts';
