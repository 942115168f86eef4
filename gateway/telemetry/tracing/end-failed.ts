/** Ends a span with the code of the error that its work threw. */
import { type Span, SpanStatusCode } from '@opentelemetry/api';
import { codeOf } from '../../model/error-code.ts';

/** Messages stay out: they quote headers, variables and rows. */
export function endFailed(span: Span, error: unknown): void {
  span.setAttribute('error.type', codeOf(error));
  span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}
