/** Ends a span with the error that its work threw. */
import { type Span, SpanStatusCode } from '@opentelemetry/api';

export function endFailed(span: Span, error: unknown): void {
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  span.recordException({ name, message });
  span.setStatus({ code: SpanStatusCode.ERROR, message });
  span.end();
}
