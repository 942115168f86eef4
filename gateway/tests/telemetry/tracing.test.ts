/** Traces of a real gateway over real platforms, as a collector gets them. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type CollectedSpan, type OtlpCollector, startOtlpCollector } from '../support/otlp-collector.ts';
import { startToyGateway, type ToyGateway, toyEntry } from '../support/toys/toy-gateway.ts';
import { startToyPlatform, type ToyPlatform } from '../support/toys/toy-platform.ts';

const TRACE_ID = '0af7651916cd43dd8448eb211c80319c';
const CLIENT_SPAN_ID = 'b7ad6b7169203331';
const DIVISIONS = ['420100', '420500'];
const ROW = { kind: 'a', size: 1, at: '2026-01-01' };

let collector: OtlpCollector;
let gateway: ToyGateway;
let platforms: ToyPlatform[];
let recorders: Server[];
/** Trace contexts that platforms received. */
const received: (string | undefined)[] = [];

/** Passes requests on to a platform and keeps their trace context. */
async function startRecorder(platform: ToyPlatform): Promise<{ server: Server; url: string }> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', async () => {
      const { traceparent } = request.headers;
      received.push(typeof traceparent === 'string' ? traceparent : undefined);
      const headers = Object.entries(request.headers).flatMap(([name, value]): [string, string][] =>
        name === 'content-type' || name.startsWith('x-yiwang') ? [[name, String(value)]] : [],
      );
      const answer = await fetch(platform.url, { method: 'POST', headers, body: Buffer.concat(chunks) });
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql` };
}

beforeAll(async () => {
  collector = await startOtlpCollector();
  platforms = await Promise.all(DIVISIONS.map(() => startToyPlatform()));
  for (const [index, platform] of platforms.entries()) {
    platform.rows = [1, 2].map((n) => ({ ...ROW, id: `${DIVISIONS[index]}-R-${n}`, division: DIVISIONS[index]! }));
  }
  const started = await Promise.all(platforms.map(startRecorder));
  recorders = started.map(({ server }) => server);
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = collector.url;
  process.env.OTEL_SERVICE_NAME = 'gateway-of-the-test';
  gateway = await startToyGateway({
    platforms: started.map(({ url }, index) => toyEntry(DIVISIONS[index]!, url)),
    env: { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url },
  });
  await ask('query Rows { list { id size } }', `00-${TRACE_ID}-${CLIENT_SPAN_ID}-01`);
  platforms[1]!.behaviour = { kind: 'status', status: 500, body: 'no' };
  await ask('query Late { total }');
  await ask('{ nowhere }');
  platforms[1]!.behaviour = { kind: 'status', status: 200, body: `{"data":{"total":${deeplyNested()}}}` };
  await ask('query Deep { total }');
  await ask('query Headers { total }', undefined, { 'x-yiwang-deadline': '张三' });
  await ask('query Path { total }', undefined, {}, '/%67raphql');
  await gateway.stop();
});

afterAll(async () => {
  for (const server of recorders) server.close();
  await Promise.all(platforms.map((platform) => platform.close()));
  await collector.close();
});

/** Deeper than the stack reaches. */
function deeplyNested(): string {
  return `${'['.repeat(60_000)}${']'.repeat(60_000)}`;
}

async function ask(
  query: string,
  traceparent?: string,
  headers: Readonly<Record<string, string>> = {},
  path = '/graphql',
): Promise<void> {
  const trace = traceparent ? { traceparent } : {};
  const sent = Object.entries({ 'content-type': 'application/json', ...gateway.credential, ...trace, ...headers });
  const response = await fetch(new URL(path, gateway.url), {
    method: 'POST',
    headers: sent.map(([name, value]): [string, string] => [name, Buffer.from(value).toString('latin1')]),
    body: JSON.stringify({ query }),
  });
  await response.text();
}

function rootOf(operation: string | undefined): CollectedSpan {
  const roots = collector.spans.filter(({ kind }) => kind === 2);
  return roots.find(({ attributes }) => attributes['graphql.operation.name'] === operation)!;
}

function childrenOf({ spanId }: CollectedSpan): readonly string[] {
  return collector.spans.flatMap(({ name, parentSpanId }) => (parentSpanId === spanId ? [name] : [])).sort();
}

function below({ spanId }: CollectedSpan): readonly CollectedSpan[] {
  const children = collector.spans.filter(({ parentSpanId }) => parentSpanId === spanId);
  return children.flatMap((child) => [child, ...below(child)]);
}

describe('the trace of an operation', () => {
  test('continues the trace of its client, and tells the service by the standard variables', () => {
    const root = rootOf('Rows');
    expect(root).toMatchObject({ name: 'POST /graphql', traceId: TRACE_ID, parentSpanId: CLIENT_SPAN_ID, status: 0 });
    expect(root.attributes).toMatchObject({
      'http.request.method': 'POST',
      'http.response.status_code': 200,
      'yiwang.audience': 'supervisor',
      'yiwang.request_id': expect.any(String),
    });
    expect(root.durationNs).toBeGreaterThan(0n);
    expect(collector.resource['service.name']).toBe('gateway-of-the-test');
  });

  test('has a span for each stage: those of the operation below that of its protocol', () => {
    const root = rootOf('Rows');
    expect(childrenOf(root)).toEqual(['identify', 'protocol', 'receive', 'record']);
    const protocol = below(root).find(({ name }) => name === 'protocol')!;
    expect(childrenOf(protocol)).toEqual(['admit', 'conform', 'execute', 'plan', 'respond']);
    const execute = below(root).find(({ name }) => name === 'execute')!;
    expect(childrenOf(execute)).toEqual(['call toy', 'call toy', 'gather', 'route']);
    expect(new Set(below(root).map(({ traceId }) => traceId))).toEqual(new Set([TRACE_ID]));
  });

  test('has a span for each call of a platform, with division, attempts, rows and status', () => {
    const calls = below(rootOf('Rows')).filter(({ kind }) => kind === 3);
    expect(calls.map(({ attributes }) => attributes['yiwang.division']).sort()).toEqual(DIVISIONS);
    for (const { attributes } of calls) {
      expect(attributes).toMatchObject({
        'yiwang.platform': `toy/${attributes['yiwang.division']}`,
        'yiwang.subgraph': 'toy',
        'yiwang.call.attempts': 1,
        'yiwang.call.rows': 2,
        'yiwang.call.status': 'OK',
      });
    }
  });

  test('goes on to platforms by the header traceparent of each call', () => {
    const calls = below(rootOf('Rows')).filter(({ kind }) => kind === 3);
    for (const { spanId } of calls) expect(received).toContain(`00-${TRACE_ID}-${spanId}-01`);
  });
});

test('a call that a platform fails has an error, a status and no rows in its span', () => {
  const calls = below(rootOf('Late')).filter(({ kind }) => kind === 3);
  const failed = calls.find(({ attributes }) => attributes['yiwang.division'] === '420500')!;
  expect(failed.status).toBe(2);
  expect(failed.attributes).toMatchObject({ 'yiwang.call.status': 'FAILED', 'error.type': 'PLATFORM_FAILED' });
  expect(failed.attributes['yiwang.call.rows']).toBeUndefined();
});

test('a refused operation has a trace with its error codes', () => {
  const codes = collector.spans.flatMap(({ kind, attributes }) =>
    kind === 2 ? [attributes['yiwang.error_codes'] ?? []] : [],
  );
  expect(codes).toContainEqual(['GRAPHQL_VALIDATION_FAILED']);
});

test('an answer that is nested deeper than the stack reaches fails its call, not the operation', () => {
  const root = rootOf('Deep');
  expect(root.attributes).toMatchObject({
    'http.response.status_code': 200,
    'yiwang.error_codes': ['PLATFORM_FAILED'],
  });
});

test('no span has what a client wrote in a header, nor a URL of its own making', () => {
  const failed = collector.spans.find(({ name, status }) => name === 'receive' && status === 2)!;
  expect(failed.attributes).toEqual({ 'error.type': 'BAD_USER_INPUT' });
  const sent = collector.spans.map(({ json }) => json).join('\n');
  expect(sent).not.toMatch(/张三|%67|expected milliseconds/);
  expect(rootOf('Path').name).toBe('POST /graphql');
});

test.each([
  ['refuses', (_: IncomingMessage, response: ServerResponse) => response.writeHead(400).end()],
  ['never answers', () => undefined],
])('a collector that %s does not keep the gateway from stopping', async (_, answer) => {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = url;
  gateway = await startToyGateway({ platforms: [], env: { OTEL_EXPORTER_OTLP_ENDPOINT: url } });
  await ask('{ __typename }');
  const startedMs = performance.now();
  await gateway.stop();
  expect(performance.now() - startedMs).toBeLessThan(8_000);
  server.closeAllConnections();
  server.close();
});
