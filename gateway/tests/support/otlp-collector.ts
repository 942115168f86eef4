/** A collector of traces on loopback: takes OTLP over HTTP with JSON, as OpenTelemetry's exporter sends it. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type AttributeValue = string | number | boolean | readonly AttributeValue[];

export interface CollectedSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId: string | undefined;
  /** 1 internal, 2 server, 3 client. */
  readonly kind: number;
  readonly attributes: Readonly<Record<string, AttributeValue>>;
  /** 2 for an error. */
  readonly status: number;
  readonly durationNs: bigint;
  /** All of it as it was sent. */
  readonly json: string;
}

export interface OtlpCollector {
  readonly url: string;
  readonly spans: readonly CollectedSpan[];
  /** Attributes of the service that sent the last spans. */
  readonly resource: Readonly<Record<string, AttributeValue>>;
  close(): Promise<void>;
}

interface OtlpValue {
  readonly stringValue?: string;
  readonly intValue?: string | number;
  readonly doubleValue?: number;
  readonly boolValue?: boolean;
  readonly arrayValue?: { readonly values: readonly OtlpValue[] };
}

interface OtlpAttribute {
  readonly key: string;
  readonly value: OtlpValue;
}

interface OtlpSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly kind: number;
  readonly attributes?: readonly OtlpAttribute[];
  readonly status?: { readonly code?: number };
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
}

interface OtlpRequest {
  readonly resourceSpans: readonly {
    readonly resource: { readonly attributes: readonly OtlpAttribute[] };
    readonly scopeSpans: readonly { readonly spans: readonly OtlpSpan[] }[];
  }[];
}

export async function startOtlpCollector(): Promise<OtlpCollector> {
  const spans: CollectedSpan[] = [];
  let resource: OtlpCollector['resource'] = {};
  const server = createServer((request, response) => {
    let text = '';
    request.setEncoding('utf8');
    request.on('data', (chunk: string) => {
      text += chunk;
    });
    request.on('end', () => {
      const isTraces = request.url === '/v1/traces' && request.headers['content-type'] === 'application/json';
      if (!isTraces) return void response.writeHead(404).end();
      for (const { resource: source, scopeSpans } of (JSON.parse(text) as OtlpRequest).resourceSpans) {
        resource = toRecord(source.attributes);
        spans.push(...scopeSpans.flatMap((scope) => scope.spans.map(toSpan)));
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    get resource() {
      return resource;
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function toSpan(span: OtlpSpan): CollectedSpan {
  const {
    name,
    traceId,
    spanId,
    parentSpanId,
    kind,
    attributes = [],
    status,
    startTimeUnixNano,
    endTimeUnixNano,
  } = span;
  return {
    name,
    traceId,
    spanId,
    parentSpanId: parentSpanId || undefined,
    kind,
    attributes: toRecord(attributes),
    status: status?.code ?? 0,
    durationNs: BigInt(endTimeUnixNano) - BigInt(startTimeUnixNano),
    json: JSON.stringify(span),
  };
}

function toRecord(attributes: readonly OtlpAttribute[]): Readonly<Record<string, AttributeValue>> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, toValue(value)]));
}

function toValue({ stringValue, intValue, doubleValue, boolValue, arrayValue }: OtlpValue): AttributeValue {
  if (arrayValue) return arrayValue.values.map(toValue);
  if (intValue !== undefined) return Number(intValue);
  return stringValue ?? doubleValue ?? boolValue ?? '';
}
