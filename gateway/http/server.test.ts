/** The paths beside `/graphql`, at both listeners. */
import { expect, test } from '@jest/globals';
import { COVERAGE, createTestServers, jsonData } from './testing.ts';

const start = createTestServers();

test('/health says whether the gateway can answer and by which schema version, and nothing of platforms', async () => {
  let probes = 0;
  const probePlatforms = async () => {
    probes++;
    return [];
  };
  const server = await start({ server: { probePlatforms } });
  const { status, text } = await server.get('/health');
  expect([status, JSON.parse(text)]).toEqual([200, { status: 'ok', generation: { number: 1 } }]);
  expect(probes).toBe(0);
  for (const path of ['/metrics', '/graphql/metrics']) expect((await server.get(path)).status).toBe(404);
});

test("/health at the operator's listener is 200 while the gateway can answer, and lists what is not well", async () => {
  const platforms = [
    { id: 'municipal/420500', name: '宜昌', division: '420500', state: 'UNREACHABLE' as const, elapsedMs: 1 },
  ];
  const well = await start();
  expect(JSON.parse((await well.operatorGet('/health')).text)).toMatchObject({
    status: 'ok',
    record: { state: 'WRITING' },
  });
  const ill = await start({ server: { probePlatforms: async () => platforms } });
  const { status, text } = await ill.operatorGet('/health');
  expect([status, JSON.parse(text)]).toEqual([
    200,
    {
      status: 'degraded',
      generation: {
        number: 1,
        supergraph: 'digest',
        loadedAt: '1970-01-01T00:00:00.000Z',
        plansWarmed: 0,
        draining: 0,
      },
      record: { state: 'WRITING', waiting: 0 },
      platforms,
    },
  ]);
});

test("/metrics at the operator's listener counts requests, errors and platform calls", async () => {
  const server = await start({
    execute: async () => ({ data: jsonData({ name: 'x' }), errors: [], coverage: COVERAGE }),
  });
  await server.post({ query: '{ name }' });
  await server.post({ query: '{ nam }' });
  const { text } = await server.operatorGet('/metrics');
  expect(text).toContain('yiwang_requests_total{audience="supervisor",outcome="answered"} 1');
  expect(text).toContain('yiwang_requests_total{audience="supervisor",outcome="refused"} 1');
  expect(text).toContain('yiwang_platform_calls_total{platform="municipal/420500",status="LATE"} 1');
  expect(text).toContain('yiwang_errors_total{code="GRAPHQL_VALIDATION_FAILED"} 1');
  expect(text).toContain('yiwang_operations_in_flight 0');
});

test('/.well-known/jwks.json publishes the passport keys', async () => {
  const key = { kty: 'OKP', crv: 'Ed25519', x: 'x', kid: 'k' };
  const server = await start({ server: { passportKeys: { keys: [key] } } });
  expect(JSON.parse((await server.get('/.well-known/jwks.json')).text)).toEqual({ keys: [key] });
});

test('a path that is not served is 404 and says where to ask', async () => {
  const server = await start();
  expect((await server.get('/elsewhere')).status).toBe(404);
  expect((await server.get('/')).status).toBe(404);
});
