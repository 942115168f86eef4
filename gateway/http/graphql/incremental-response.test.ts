/**
 * An answer in parts at the door: what is written, what the record keeps of it, and what becomes of it when the client
 * leaves.
 */
import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterEach, describe, expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { createAdmit } from '../../admit/index.ts';
import { sha256 } from '../../kit/crypto/digest.ts';
import { PublicError } from '../../model/errors.ts';
import { DEFAULT_LIMITS } from '../../model/limits.ts';
import type { Coverage, EngineResult, IncrementalResult, ValidatedOperation } from '../../model/validated-operation.ts';
import { MULTIPART_ACCEPT, type ReadPart, readParts } from '../../tests/support/multipart.ts';
import { acceptsMultipart } from '../response/multipart.ts';
import { startTestServer, type TestServer } from '../testing.ts';

const SCHEMA = buildSchema('type Query { name: String cases: [Case!] } type Case { id: ID! }');
const QUERY = '{ name }';
const FAILED = { platform: 'p', division: '420100', status: 'FAILED', elapsedMs: 1, path: ['name'] } as const;
const OK = { ...FAILED, platform: 'q', status: 'OK' } as const;
const COVERAGE: Coverage = { asked: 2, answered: 1, complete: false, platforms: [FAILED, OK] };

const bytes = (data: unknown, rows = 0) => ({ bytes: Buffer.from(JSON.stringify(data)), rows });
const more = (entries: IncrementalResult['payloads'], hasNext = true): IncrementalResult => ({
  payloads: entries,
  hasNext,
  coverage: undefined,
});

let server: TestServer;
afterEach(() => server.stop());

async function start(later: (operation: ValidatedOperation) => AsyncGenerator<IncrementalResult>): Promise<void> {
  const admit = createAdmit({ limits: DEFAULT_LIMITS, classOf: () => 'OPEN', boundLists: true });
  const execute = async (operation: ValidatedOperation): Promise<EngineResult> => ({
    data: bytes({ name: 'Yiwang' }, 1),
    errors: [],
    coverage: undefined,
    ...(operation.isIncremental ? { subsequentResults: later(operation) } : {}),
  });
  server = await startTestServer(admit, { schema: SCHEMA, execute });
}

const ask = (headers: Record<string, string> = {}) =>
  fetch(server.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: MULTIPART_ACCEPT, ...headers },
    body: JSON.stringify({ query: QUERY }),
  });

/** Waits, without a clock, for what the server does when a connection has closed. */
async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await new Promise((resolve) => setImmediate(resolve));
}

describe('an answer in parts', () => {
  test('is on record once, with the rows, codes, coverage and digest of all parts', async () => {
    await start(async function* () {
      expect(server.recorded).toHaveLength(0);
      const error = new PublicError('PLATFORM_FAILED', 'gone', { path: ['cases', 0, 'id'] });
      yield more([{ label: 'a', path: ['cases', 0], data: bytes({ id: '1' }, 2), errors: [] }]);
      yield {
        ...more([{ label: undefined, path: [], data: null, errors: [error] }], false),
        coverage: COVERAGE,
        withheld: [{ path: ['cases'], below: 10, roundedTo: 10 }],
      };
    });
    const response = await ask();
    const text = await response.clone().text();
    const parts: ReadPart[] = [];
    for await (const part of readParts(response)) parts.push(part);
    expect(parts).toEqual([
      { data: { name: 'Yiwang' }, hasNext: true },
      { incremental: [{ label: 'a', path: ['cases', 0], data: { id: '1' } }], hasNext: true },
      {
        incremental: [
          {
            path: [],
            data: null,
            errors: [{ message: 'gone', path: ['cases', 0, 'id'], extensions: { code: 'PLATFORM_FAILED' } }],
          },
        ],
        extensions: {
          coverage: { ...COVERAGE, platforms: [FAILED] },
          withheld: [{ path: ['cases'], below: 10, roundedTo: 10 }],
        },
        hasNext: false,
      },
    ]);
    await until(() => server.recorded.length > 0);
    expect(server.recorded).toEqual([
      expect.objectContaining({
        outcome: 'partial',
        codes: ['PLATFORM_FAILED'],
        rows: 3,
        platforms: ['p', 'q'],
        answerDigest: sha256(text),
      }),
    ]);
  });

  test('masks internal errors, and logs them', async () => {
    await start(async function* () {
      yield more([{ label: undefined, path: [], data: null, errors: [new Error('secret') as PublicError] }], false);
    });
    const response = await ask({ 'x-request-id': 'r-1' });
    const text = await response.text();
    expect(text).not.toContain('secret');
    expect(text).toContain('"extensions":{"code":"INTERNAL","requestId":"r-1"}');
    expect(server.logged.join()).toContain('secret');
  });

  test('ends early if the gateway fails, which is logged and on record', async () => {
    await start(async function* () {
      yield more([{ label: 'a', path: ['cases', 0], data: bytes({ id: '1' }), errors: [] }]);
      throw new Error('a bug');
    });
    await expect(ask().then((response) => response.text())).rejects.toThrow();
    await until(() => server.recorded.length > 0);
    expect(server.recorded).toEqual([expect.objectContaining({ outcome: 'partial', codes: ['INTERNAL'] })]);
    expect(server.logged.join()).toContain('a bug');
  });

  test('ends when the client leaves: its operation is aborted, and on record', async () => {
    await start(async function* (operation) {
      await new Promise((resolve) => operation.signal.onAbort(() => resolve(undefined)));
      yield more([], false);
    });
    const headers = { 'content-type': 'application/json', accept: MULTIPART_ACCEPT };
    const client = request(server.url, { method: 'POST', headers }).end(JSON.stringify({ query: QUERY }));
    const [response] = (await once(client, 'response')) as [IncomingMessage];
    const [first] = (await once(response, 'data')) as [Buffer];
    expect(first.toString()).toContain('"Yiwang"');
    const { signal } = server.operations[0]!;
    expect(signal.aborted).toBe(false);
    expect(server.recorded).toHaveLength(0);
    client.destroy();
    await until(() => signal.aborted && server.recorded.length > 0);
    expect(server.recorded).toHaveLength(1);
  });

  test('is whole for a client that asks for completeness', async () => {
    await start(async function* () {});
    for (const completeness of ['complete', '0.5']) {
      const response = await ask({ 'x-yiwang-completeness': completeness });
      expect(await response.json()).toEqual({ data: { name: 'Yiwang' } });
    }
    expect(server.operations.map(({ isIncremental }) => isIncremental)).toEqual([false, false]);
  });
});

test.each([
  ['multipart/mixed;deferSpec=20220824', true],
  ['application/json, Multipart/Mixed; boundary="-"; deferSpec="20220824"', true],
  ['multipart/mixed;deferSpec=20220824;q=0', false],
  ['multipart/mixed;deferSpec=20230621', false],
  ['multipart/mixed', false],
  ['*/*', false],
  [undefined, false],
])('`accept: %s` accepts multipart: %s', async (accept, expected) => {
  await start(async function* () {});
  expect(acceptsMultipart(accept)).toBe(expected);
});
