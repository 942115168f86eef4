/** What browsers and caches are told: other origins, compression, and what may be kept. */
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createAdmit } from '../../admit/index.ts';
import { DEFAULT_LIMITS } from '../../model/limits.ts';
import type { CorsOptions } from '../../model/listener.ts';
import type { IncrementalResult, ValidatedOperation } from '../../model/validated-operation.ts';
import { jsonData, requestRaw, startTestServer, type TestOptions, type TestServer } from '../testing.ts';
import { encodingFor } from './compress.ts';

const servers: TestServer[] = [];

afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function start(options: TestOptions = {}): Promise<TestServer> {
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const server = await startTestServer(createAdmit({ limits, classOf: () => 'OPEN', boundLists: true }), options);
  servers.push(server);
  return server;
}

const JSON_TYPE = { 'content-type': 'application/json' };
const ASKED = JSON.stringify({ query: '{ name }' });

describe('pages of other origins', () => {
  const cors: CorsOptions = {
    allows: (origin) => origin === 'https://app.example.cn',
    allowsAll: false,
    credentials: false,
    preflightSeconds: 600,
  };
  const preflight = (origin: string) => ({
    origin,
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization,content-type,x-yiwang-purpose',
  });

  test('of an allowed origin may ask and read the response, which varies by origin', async () => {
    const { url } = await start({ server: { cors } });
    const headers = { ...JSON_TYPE, origin: 'https://app.example.cn' };
    for (const body of [ASKED, '{', JSON.stringify({ query: '{ nam }' })]) {
      const answer = await requestRaw(url, { headers, body });
      expect(answer.headers).toMatchObject({ 'access-control-allow-origin': 'https://app.example.cn' });
      expect(answer.headers.vary).toContain('origin');
      expect(answer.headers['access-control-expose-headers']).toContain('x-request-id');
      expect(answer.headers['access-control-allow-credentials']).toBeUndefined();
    }
  });

  test('of another origin get no header that lets the browser show the response', async () => {
    const { url } = await start({ server: { cors } });
    for (const method of ['POST', 'OPTIONS']) {
      const headers = { ...JSON_TYPE, ...preflight('https://evil.example') };
      const answer = await requestRaw(url, { method, headers, ...(method === 'POST' ? { body: ASKED } : {}) });
      expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
      expect(answer.headers.vary).toContain('origin');
    }
  });

  test('get in a preflight what they may send, and for how long', async () => {
    const server = await start({ server: { cors: { ...cors, credentials: true } } });
    const answer = await requestRaw(server.url, { method: 'OPTIONS', headers: preflight('https://app.example.cn') });
    expect([answer.status, answer.bytes.length]).toEqual([204, 0]);
    expect(answer.headers).toMatchObject({
      'access-control-allow-origin': 'https://app.example.cn',
      'access-control-allow-methods': 'GET, POST',
      'access-control-allow-headers': 'authorization,content-type,x-yiwang-purpose',
      'access-control-max-age': '600',
      'access-control-allow-credentials': 'true',
      vary: 'origin, access-control-request-headers',
    });
    expect(server.recorded).toEqual([]);
  });

  test('of every origin may ask if that is configured, and the response is the same for all', async () => {
    const { url } = await start({ server: { cors: { ...cors, allowsAll: true } } });
    const answer = await requestRaw(url, { headers: { ...JSON_TYPE, origin: 'https://x.example' }, body: ASKED });
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.headers.vary ?? '').not.toContain('origin');
  });

  test('may not ask unless that is configured', async () => {
    const { url } = await start();
    const answer = await requestRaw(url, { method: 'OPTIONS', headers: preflight('https://app.example.cn') });
    expect([answer.status, answer.headers.allow]).toEqual([204, 'GET, HEAD, POST, OPTIONS']);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  });
});

describe('compression', () => {
  const big = { name: '一网统管'.repeat(2_000) };
  const decoded = (encoding: unknown, bytes: Buffer): string =>
    (encoding === 'br' ? brotliDecompressSync(bytes) : gunzipSync(bytes)).toString('utf8');

  test.each([
    [undefined, undefined],
    ['', undefined],
    ['identity', undefined],
    ['gzip', 'gzip'],
    ['x-gzip', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['gzip, deflate, br, zstd', 'br'],
    ['gzip;q=1, br;q=0.5', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['*', 'br'],
    ['*;q=0', undefined],
    ['br;q=0, *', 'gzip'],
    ['GZIP;Q=0.5', 'gzip'],
    ['br;q=abc', undefined],
  ])('answers `accept-encoding: %p` with %p', (accept, encoding) => {
    expect(encodingFor(accept)).toBe(encoding);
  });

  test.each(['br', 'gzip'])('%s: an answer is smaller on its way and the same at its end', async (encoding) => {
    const { url } = await start({ execute: async () => ({ data: jsonData(big), errors: [], coverage: undefined }) });
    const answer = await requestRaw(url, { headers: { ...JSON_TYPE, 'accept-encoding': encoding }, body: ASKED });
    expect(answer.headers).toMatchObject({ 'content-encoding': encoding, vary: 'accept-encoding' });
    expect(answer.bytes.length).toBeLessThan(2_000);
    expect(answer.headers['content-length']).toBe(String(answer.bytes.length));
    expect(JSON.parse(decoded(encoding, answer.bytes))).toEqual({ data: big });
  });

  test('starts at compressBytesMin', async () => {
    const server = await start();
    const plain = (await server.post({ query: '{ name }' })).text.length;
    for (const [bytesMin, encoding] of [
      [plain + 1, undefined],
      [plain, 'gzip'],
    ] as const) {
      const { url } = await start({ limits: { compressBytesMin: bytesMin } });
      const answer = await requestRaw(url, { headers: { ...JSON_TYPE, 'accept-encoding': 'gzip' }, body: ASKED });
      expect(answer.headers['content-encoding']).toBe(encoding);
    }
  });

  test('streams a text of megabytes', async () => {
    const items = Array.from({ length: 60_000 }, (_, id) => ({ id: `${id}-${Math.sin(id)}` }));
    const data = jsonData({ cases: items });
    const { url } = await start({ execute: async () => ({ data, errors: [], coverage: undefined }) });
    const answer = await requestRaw(url, { headers: { ...JSON_TYPE, 'accept-encoding': 'br' }, body: ASKED });
    expect(answer.headers).toMatchObject({ 'content-encoding': 'br', 'transfer-encoding': 'chunked' });
    expect(decoded('br', answer.bytes)).toBe(`{"data":${data.bytes.toString('utf8')}}\n`);
  });

  test.each(['br', 'gzip'])('%s: each part goes out before the next is known', async (encoding) => {
    let go: () => void = () => undefined;
    const gate = new Promise<void>((resolve) => {
      go = resolve;
    });
    const later = async function* (): AsyncGenerator<IncrementalResult> {
      await gate;
      yield {
        payloads: [{ label: undefined, path: [], data: jsonData({ slow: 'later' }), errors: [] }],
        hasNext: false,
        coverage: undefined,
      };
    };
    const server = await start({
      execute: async () => ({
        data: jsonData({ name: 'first' }),
        errors: [],
        coverage: undefined,
        subsequentResults: later(),
      }),
    });
    const response = await fetch(server.url, {
      method: 'POST',
      headers: {
        ...JSON_TYPE,
        accept: 'multipart/mixed; deferSpec=20220824, application/json',
        'accept-encoding': encoding,
      },
      body: JSON.stringify({ query: '{ name }' }),
    });
    expect(response.headers.get('content-encoding')).toBe(encoding);
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    while (!text.includes('"hasNext":true}')) text += (await reader.read()).value;
    expect(text).toContain('first');
    go();
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) text += chunk.value;
    expect(text).toContain('later');
    expect(text.trimEnd().endsWith('-----')).toBe(true);
  });
});

describe('a client that leaves a compressed answer in parts', () => {
  test('aborts its operation, which is on record', async () => {
    const leaving = new AbortController();
    const later = (signal: ValidatedOperation['signal']) =>
      (async function* (): AsyncGenerator<IncrementalResult> {
        await new Promise<void>((resolve) => signal.onAbort(resolve));
      })();
    const server = await start({
      execute: async ({ signal }) => ({
        data: jsonData({ name: 'first' }),
        errors: [],
        coverage: undefined,
        subsequentResults: later(signal),
      }),
    });
    const accept = 'multipart/mixed; deferSpec=20220824';
    const response = await fetch(server.url, {
      method: 'POST',
      headers: { ...JSON_TYPE, accept, 'accept-encoding': 'br' },
      body: ASKED,
      signal: leaving.signal,
    });
    await response.body!.getReader().read();
    leaving.abort();
    while (server.recorded.length === 0) await new Promise((resolve) => setImmediate(resolve));
    expect(server.operations[0]!.signal.aborted).toBe(true);
  });
});

describe('caching', () => {
  test('is forbidden by `no-store`, and content sniffing by `nosniff`', async () => {
    const server = await start();
    const answers = [
      await server.post({ query: '{ name }' }),
      await server.post('{'),
      await server.get('/graphql?query={name}'),
      await server.get('/nowhere'),
      await server.get('/health'),
      await server.operatorGet('/health'),
      await server.operatorGet('/metrics'),
    ];
    for (const { headers } of answers) {
      expect(headers.get('cache-control')).toBe('no-store');
      expect(headers.get('x-content-type-options')).toBe('nosniff');
    }
    const keys = await server.get('/.well-known/jwks.json');
    expect([keys.headers.get('cache-control'), keys.headers.get('x-content-type-options')]).toEqual([
      'max-age=60',
      'nosniff',
    ]);
  });
});
