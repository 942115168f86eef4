/** The span of one call. */
import { expect, test } from '@jest/globals';
import { InMemorySpanExporter, NodeTracerProvider, SimpleSpanProcessor } from '@opentelemetry/sdk-trace-node';
import { createTraceCall } from './trace-call.ts';

test('the address in a span has no credentials and no query', async () => {
  const exporter = new InMemorySpanExporter();
  const provider = new NodeTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  const traceCall = createTraceCall(provider.getTracer('test'));
  const url = 'https://user:password@names.example:8443/graphql?key=secret';
  const call = traceCall({ platform: undefined, division: undefined, subgraph: 'names', url }, async () => {
    throw new Error('the row of 张三');
  });
  await expect(call).rejects.toThrow('张三');
  const [span] = exporter.getFinishedSpans();
  expect(span!.attributes).toMatchObject({
    'url.full': 'https://names.example:8443/graphql',
    'server.port': 8443,
    'error.type': 'INTERNAL',
  });
  expect(JSON.stringify([span!.attributes, span!.status, span!.events])).not.toMatch(/password|secret|张三/);
  await provider.shutdown();
});
