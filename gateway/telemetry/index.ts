/** Telemetry: metrics of requests, the access log, platform failures for the log, and tracing. */
export { createAccessLog } from './access-log.ts';
export { createFailureLog } from './failure-log.ts';
export { loadTracing, type Tracing } from './load-tracing.ts';
export { createMetrics, type Metrics, type Readings } from './metrics.ts';
