/** What one request may be, each bound at its edge. */
import { afterEach, describe, expect, test } from '@jest/globals';
import { createAdmit } from '../admit/index.ts';
import { DEFAULT_LIMITS, type Limits } from '../model/limits.ts';
import { startTestServer, type TestServer } from './testing.ts';

let server: TestServer;

afterEach(() => server.stop());

async function start(given: Partial<Limits>): Promise<void> {
  const limits: Limits = { ...DEFAULT_LIMITS, ...given };
  server = await startTestServer(createAdmit({ limits, classOf: () => 'OPEN', boundLists: true }), { limits: given });
}

describe('a request', () => {
  test('bodyBytesMax', async () => {
    await start({ bodyBytesMax: 1_024 });
    const body = (bytes: number) => JSON.stringify({ query: '{ name }' }).padEnd(bytes);
    expect((await server.post(body(1_024))).status).toBe(200);
    const beyond = await server.post(body(1_025));
    expect([beyond.status, beyond.body.errors![0]!.extensions]).toEqual([
      413,
      { code: 'TOO_COSTLY', limit: 'bodyBytesMax', max: 1_024 },
    ]);
  });

  test('urlBytesMax', async () => {
    await start({ urlBytesMax: 1_024 });
    const path = (bytes: number) => '/graphql?query=%7Bname%7D&x='.padEnd(bytes, 'x');
    expect((await server.get(path(1_024))).status).toBe(200);
    const beyond = await server.get(path(1_025));
    expect([beyond.status, beyond.body.errors![0]!.extensions]).toEqual([
      414,
      { code: 'TOO_COSTLY', limit: 'urlBytesMax', max: 1_024 },
    ]);
    expect(server.asked).toHaveLength(1);
  });
});
