import { request as httpRequest } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createAdmit } from '../../admit/index.ts';
import { DEFAULT_LIMITS, type Limits } from '../../model/limits.ts';
import type { CancelSignal } from '../../model/validated-operation.ts';
import { jsonData, startTestServer, TEST_RIGHTS, type TestOptions, type TestServer } from '../testing.ts';

const servers: TestServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function start(options: TestOptions = {}): Promise<TestServer> {
  const limits: Limits = { ...DEFAULT_LIMITS, ...options.limits };
  const admit = createAdmit({ limits, classOf: () => 'OPEN', boundLists: true });
  const server = await startTestServer(admit, options);
  servers.push(server);
  return server;
}

describe('time', () => {
  const hang = ({ signal }: { signal: CancelSignal }) =>
    new Promise<never>((_, reject) => signal.onAbort(() => reject(new Error('aborted'))));

  test('a client that leaves aborts its operation', async () => {
    const server = await start({ execute: hang });
    const leaving = new AbortController();
    const left = fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"query":"{ slow }"}',
      signal: leaving.signal,
    });
    while (server.operations.length === 0) await pause(5);
    expect(server.operations[0]!.signal.aborted).toBe(false);
    leaving.abort();
    await expect(left).rejects.toThrow();
    while (server.recorded.length === 0) await pause(5);
    expect(server.operations[0]!.signal.aborted).toBe(true);
  });

  test('an engine that outlives the deadline is aborted', async () => {
    const server = await start({ execute: hang, limits: { operationDeadlineMs: 30, deadlineGraceMs: 20 } });
    expect((await server.post({ query: '{ slow }' })).body.errors![0]!.extensions.code).toBe('INTERNAL');
  });

  test('operations beyond the limit are refused, and those in flight go on', async () => {
    let finish: (() => void) | undefined;
    const server = await start({
      limits: { operationsInFlightMax: 1 },
      execute: () =>
        new Promise(
          (resolve) => (finish = () => resolve({ data: jsonData({ slow: 'done' }), errors: [], coverage: undefined })),
        ),
    });
    const first = server.post({ query: '{ slow }' });
    while (finish === undefined) await pause(5);
    expect((await server.post({ query: '{ name }' })).status).toBe(503);
    finish();
    expect((await first).body).toEqual({ data: { slow: 'done' } });
  });

  test('a stop lets operations in flight finish', async () => {
    let finish: (() => void) | undefined;
    const server = await start({
      execute: () =>
        new Promise(
          (resolve) => (finish = () => resolve({ data: jsonData({ slow: 'done' }), errors: [], coverage: undefined })),
        ),
    });
    const first = server.post({ query: '{ slow }' });
    while (finish === undefined) await pause(5);
    const stopped = server.stop();
    await pause(50);
    await expect(fetch(server.url)).rejects.toThrow();
    finish();
    expect((await first).body).toEqual({ data: { slow: 'done' } });
    await stopped;
  });

  test('a stop aborts operations that do not finish', async () => {
    const server = await start({ execute: hang, limits: { stopGraceMs: 50, deadlineGraceMs: 50 } });
    const hanging = server.post({ query: '{ slow }' });
    hanging.catch(() => undefined);
    while (server.operations.length === 0) await pause(5);
    await server.stop();
    expect(server.operations[0]!.signal.aborted).toBe(true);
  });

  test('a stop waits until operations whose clients have left are on record', async () => {
    let identify: (() => void) | undefined;
    const server = await start({
      steps: { identify: () => new Promise((resolve) => (identify = () => resolve(TEST_RIGHTS))) },
    });
    const client = new AbortController();
    const left = fetch(`${server.url}?query={name}`, { signal: client.signal });
    while (identify === undefined) await pause(5);
    client.abort();
    await expect(left).rejects.toThrow();
    const stopped = server.stop();
    setTimeout(identify, 300);
    await stopped;
    expect(server.recorded).toHaveLength(1);
  });

  test('a request that never ends loses its connection', async () => {
    const server = await start({ limits: { receiveMs: 100 } });
    const headers = { 'content-type': 'application/json', 'content-length': '100' };
    const status = await new Promise((resolve, reject) => {
      const sent = httpRequest(server.url, { method: 'POST', headers }, (response) => resolve(response.statusCode));
      sent.on('error', reject);
      sent.write('{"query"');
    });
    expect(status).toBe(408);
    expect(server.operations).toHaveLength(0);
  });
});
