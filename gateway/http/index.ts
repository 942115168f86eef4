/** HTTP: requests in, answers out; the steps between are handed in. */
export { createPlatformProbe, type PlatformHealth, probePlatform, type RecordHealth } from './health.ts';
export type { PlaygroundOptions } from './playground.ts';
export type { Admission, Proposal, RecordPlace, RelaySteps, Steps } from './ports.ts';
export { RELAY_PATH } from './relay-route.ts';
export { type HttpServer, type HttpServerOptions, startHttpServer } from './server.ts';
