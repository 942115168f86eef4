/** A trace goes down a tree of real gateways, as a collector gets it. */
import { expect, test } from '@jest/globals';
import { prepareDemoKeys } from '../../config/keys.ts';
import { createCredential, DEMO_IDENTITIES } from '../../playground/demo/index.ts';
import { type CollectedSpan, startOtlpCollector } from '../support/otlp-collector.ts';
import { createSigner, startLowerGateway } from '../support/toys/lower-gateway.ts';
import { startToyPlatform } from '../support/toys/toy-platform.ts';

const SERVER = 2;
const CLIENT = 3;

test('the trace of a gateway below starts at the call of the upstream gateway', async () => {
  const collector = await startOtlpCollector();
  const env = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
  process.env.OTEL_EXPORTER_OTLP_ENDPOINT = collector.url;
  const ministry = await createSigner();
  const province = await createSigner();
  const platform = await startToyPlatform();
  platform.rows = [{ id: '420100-R-1', division: '420100', kind: 'a', size: 1, at: '2026-01-01' }];
  const keys = await prepareDemoKeys(province.folder);
  const wuhan = await startLowerGateway({
    division: '420100',
    placed: [{ division: '420100', platform }],
    above: province,
    env,
  });
  const hubei = await startLowerGateway({
    division: '420000',
    placed: [{ division: '420100', platform: wuhan }],
    above: ministry,
    own: province,
    env,
  });
  const identity = DEMO_IDENTITIES.find(({ name }) => name === 'ministry')!;
  const { header, value } = await createCredential(identity, keys, { lifeSeconds: 60, nowMs: Date.now() });
  const response = await fetch(hubei.graphqlUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [header]: value },
    body: JSON.stringify({ query: '{ list { id } }' }),
  });
  expect(await response.json()).toMatchObject({ data: { list: [{ id: '420100-R-1' }] } });
  await hubei.close();
  await wuhan.close();
  await Promise.all([ministry.close(), platform.close(), collector.close()]);

  const spansOf = (kind: number) => collector.spans.filter((span) => span.kind === kind);
  const parentOf = ({ parentSpanId }: CollectedSpan) => collector.spans.find(({ spanId }) => spanId === parentSpanId);
  const above = spansOf(SERVER).find((span) => parentOf(span) === undefined)!;
  const below = spansOf(SERVER).find((span) => span !== above)!;
  expect(parentOf(below)).toMatchObject({ kind: CLIENT, attributes: { 'yiwang.division': '420100' } });
  expect(spansOf(CLIENT)).toHaveLength(2);
  expect(new Set(collector.spans.map(({ traceId }) => traceId))).toEqual(new Set([above.traceId]));
});
