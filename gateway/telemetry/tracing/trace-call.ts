/** Call of a platform → a client span with platform, division, attempts, rows and status. */
import {
  type Attributes,
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import type { PlatformAnswer, RawData, TraceCall, TracedCall } from '../../model/platform/platform-answer.ts';
import { endFailed } from './end-failed.ts';

export function createTraceCall(tracer: Tracer): TraceCall {
  return async (call, run) => {
    const span = tracer.startSpan(`call ${call.subgraph}`, { kind: SpanKind.CLIENT, attributes: attributesOf(call) });
    let attempts = 0;
    try {
      const answer = await run({
        headers: traceHeadersOf(span),
        onAttempt: () => {
          attempts++;
        },
      });
      span.setAttribute('yiwang.call.attempts', attempts);
      endWithAnswer(span, answer);
      return answer;
    } catch (error) {
      endFailed(span, error);
      throw error;
    }
  };
}

function attributesOf({ platform, division, subgraph, url }: TracedCall): Attributes {
  // A URL may hold credentials of the subgraph before its host and after its path.
  const { origin, pathname, hostname, port, protocol } = new URL(url);
  return {
    'http.request.method': 'POST',
    'url.full': `${origin}${pathname}`,
    'server.address': hostname,
    'server.port': Number(port || (protocol === 'https:' ? 443 : 80)),
    'yiwang.subgraph': subgraph,
    ...(platform === undefined ? {} : { 'yiwang.platform': platform }),
    ...(division === undefined ? {} : { 'yiwang.division': division }),
  };
}

/** Names and values alternate. */
function traceHeadersOf(span: Span): readonly string[] {
  const headers: Record<string, string> = {};
  propagation.inject(trace.setSpan(context.active(), span), headers);
  return Object.entries(headers).flat();
}

function endWithAnswer(span: Span, answer: PlatformAnswer | RawData): void {
  if (answer.kind === 'missing') {
    const { status, code } = answer;
    span.setAttributes({ 'yiwang.call.status': status, 'error.type': code });
    span.setStatus({ code: SpanStatusCode.ERROR });
  } else {
    span.setAttribute('yiwang.call.status', 'OK');
    if (answer.kind === 'answered' && span.isRecording()) span.setAttribute('yiwang.call.rows', countRows(answer.data));
  }
  span.end();
}

/** Objects in lists, at any depth: a platform may nest its answer deeper than the stack reaches. */
function countRows(data: unknown): number {
  let rows = 0;
  const rest: unknown[] = [data];
  while (rest.length > 0) {
    const value = rest.pop();
    if (!isComposite(value)) continue;
    const members: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
    for (const member of members) {
      if (!isComposite(member)) continue;
      if (Array.isArray(value) && !Array.isArray(member)) rows++;
      rest.push(member);
    }
  }
  return rows;
}

function isComposite(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
