/**
 * OpenTelemetry tracing: spans go to a collector by OTLP over HTTP, as the standard variables `OTEL_…` say. Loaded only if they ask for
 * it, so that a gateway without tracing does not load the SDK.
 */
import { context, propagation, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { defaultResource, detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BatchSpanProcessor, NodeTracerProvider } from '@opentelemetry/sdk-trace-node';
import type { Logger } from 'pino';
import { withinMs } from '../../kit/concurrency/within-ms.ts';
import type { TraceCall } from '../../model/platform/platform-answer.ts';
import { createTraceCall } from './trace-call.ts';
import { createTracedStages, type TracedStages } from './traced-stages.ts';

export interface Tracing {
  /** Puts each stage of a pipeline into a span. */
  readonly around: TracedStages;
  readonly traceCall: TraceCall;
  /** Sends the spans that are left, for at most `STOP_MS`. Never rejects: those that cannot be sent are dropped. */
  stop(): Promise<void>;
}

const SERVICE_NAME = 'yiwang-gateway';
const TRACER_NAME = '@yiwang/gateway';
/** The exporter tries again for ten seconds; an orchestrator that waits for the gateway's end does not. */
const STOP_MS = 2_000;

/** Registers the tracer for the process, so that plugins find the active span by the API of OpenTelemetry. */
export function startTracing(log: Pick<Logger, 'warn'>): Tracing {
  const resource = defaultResource()
    .merge(resourceFromAttributes({ 'service.name': SERVICE_NAME }))
    .merge(detectResources({ detectors: [envDetector] }));
  const provider = new NodeTracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  provider.register();
  const tracer = provider.getTracer(TRACER_NAME);
  return {
    around: createTracedStages(tracer),
    traceCall: createTraceCall(tracer),
    async stop() {
      await withinMs(provider.shutdown(), STOP_MS, `The collector did not take them within ${STOP_MS} ms.`).catch(
        (err: unknown) => {
          log.warn({ err }, 'spans that were left could not be sent before the stop');
        },
      );
      for (const api of [trace, context, propagation]) api.disable();
    },
  };
}
