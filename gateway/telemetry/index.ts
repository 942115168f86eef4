/** Telemetry: metrics of requests, and platform failures for the log. */
export { createFailureLog } from './failure-log.ts';
export { createMetrics, type Metrics, type Readings } from './metrics.ts';
