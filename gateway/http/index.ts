/** HTTP: requests in, answers out; the steps between are handed in. */
export type { CorsOptions } from './cors.ts';
export { createGraph } from './graph.ts';
export {
  createPlatformProbe,
  type GenerationHealth,
  type PlatformHealth,
  probePlatform,
  type RecordHealth,
} from './health.ts';
export type { OperatorAddress } from './operator.ts';
export { RELAY_PATH } from './paths.ts';
export type { PlaygroundOptions } from './playground.ts';
export type { Admission, Graph, GraphSteps, Proposal, RecordPlace, RelaySteps, Stay, Steps } from './ports.ts';
export { type HttpServer, type HttpServerOptions, startHttpServer } from './server.ts';
