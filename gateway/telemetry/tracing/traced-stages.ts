/** Stages of a pipeline → the same stages, each in a span below the span of its request. */
import type { IncomingHttpHeaders } from 'node:http';
import {
  type Attributes,
  type Context,
  context,
  propagation,
  ROOT_CONTEXT,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api';
import { endFailed } from './end-failed.ts';

/** Returns what is called in place of a stage. */
export type TracedStages = <Input extends readonly unknown[], Output>(
  name: string,
  stage: (...input: Input) => Output,
) => (...input: Input) => Output;

/** What a span reads of an HTTP request. */
interface TracedHttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** The path that matched: there are as many URLs as clients write. */
  readonly routeOptions?: { readonly url?: string | undefined };
}

/** What a span reads of a request's context, which most stages are called with. */
interface TracedRequest {
  readonly receivedAt: Date;
  readonly requestId: string;
  readonly rights?: { readonly audience: string } | undefined;
  readonly operationName?: string | undefined;
  readonly codes: readonly string[];
}

/** What the last stage is called with. */
interface TracedResponse {
  readonly request: TracedHttpRequest;
  readonly response: { readonly status: number };
}

/** Spans of a request in flight, as contexts for those below. */
interface RequestSpans {
  readonly root: Context;
  /** Of the stage `protocol`, in which the stages of the operation run; the root before it. */
  operation: Context;
}

const REQUEST_STAGES: ReadonlySet<string> = new Set(['receive', 'identify', 'protocol', 'record']);
/** Calls of platforms have spans of their own, with more in them. */
const UNTRACED = 'fetch';

export function createTracedStages(tracer: Tracer): TracedStages {
  const requests = new WeakMap<TracedRequest, RequestSpans>();
  const spansOf = (input: readonly unknown[]): RequestSpans | undefined => {
    const request = input.find(isTracedRequest);
    if (!request) return undefined;
    const cached = requests.get(request);
    if (cached) return cached;
    const root = startRequestSpan(tracer, request, httpRequestIn(input));
    const spans = { root, operation: root };
    requests.set(request, spans);
    return spans;
  };
  return (name, stage) => {
    if (name === UNTRACED) return stage;
    return (...input) => {
      const spans = spansOf(input);
      // What runs next may have been woken by another request: the active span is its own only inside a stage.
      const parent = spans ? (REQUEST_STAGES.has(name) ? spans.root : spans.operation) : context.active();
      const span = tracer.startSpan(name, { kind: SpanKind.INTERNAL }, parent);
      const inner = trace.setSpan(parent, span);
      if (spans && name === 'protocol') spans.operation = inner;
      try {
        const output = context.with(inner, () => stage(...input));
        if (output instanceof Promise) endWithPromise(span, output);
        else span.end();
        return output;
      } catch (error) {
        endFailed(span, error);
        throw error;
      } finally {
        if (name === 'record') endRequestSpan(trace.getSpan(parent), input);
      }
    };
  };
}

/** The parent is the span that the client sent, if it sent one. */
function startRequestSpan(tracer: Tracer, request: TracedRequest, http: TracedHttpRequest | undefined): Context {
  const { traceparent, tracestate } = http?.headers ?? {};
  const parent = propagation.extract(ROOT_CONTEXT, { traceparent, tracestate });
  const route = http?.routeOptions?.url;
  const span = tracer.startSpan(
    http ? [http.method, route].join(' ').trimEnd() : 'request',
    {
      kind: SpanKind.SERVER,
      startTime: request.receivedAt,
      attributes: {
        'yiwang.request_id': request.requestId,
        ...(http ? { 'http.request.method': http.method } : {}),
        ...(route === undefined ? {} : { 'http.route': route }),
      },
    },
    parent,
  );
  return trace.setSpan(parent, span);
}

function endRequestSpan(span: Span | undefined, input: readonly unknown[]): void {
  const request = input.find(isTracedRequest);
  const status = input.find(isTracedResponse)?.response.status;
  if (!span || !request) return;
  const { rights, operationName, codes } = request;
  const attributes: Attributes = {
    ...(status === undefined ? {} : { 'http.response.status_code': status }),
    ...(rights ? { 'yiwang.audience': rights.audience } : {}),
    ...(operationName === undefined ? {} : { 'graphql.operation.name': operationName }),
    ...(codes.length === 0 ? {} : { 'yiwang.error_codes': [...codes] }),
  };
  span.setAttributes(attributes);
  if ((status ?? 0) >= 500 || codes.includes('INTERNAL')) span.setStatus({ code: SpanStatusCode.ERROR });
  span.end();
}

function endWithPromise(span: Span, output: Promise<unknown>): void {
  output.then(
    () => span.end(),
    (error: unknown) => endFailed(span, error),
  );
}

function httpRequestIn(input: readonly unknown[]): TracedHttpRequest | undefined {
  return input.find(isTracedHttpRequest) ?? input.find(isTracedResponse)?.request;
}

function isTracedRequest(value: unknown): value is TracedRequest {
  return typeof value === 'object' && value !== null && 'receivedAt' in value && 'codes' in value;
}

function isTracedHttpRequest(value: unknown): value is TracedHttpRequest {
  return typeof value === 'object' && value !== null && 'method' in value && 'url' in value && 'headers' in value;
}

function isTracedResponse(value: unknown): value is TracedResponse {
  return typeof value === 'object' && value !== null && 'request' in value && 'response' in value;
}
