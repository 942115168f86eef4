/** What one request may be, each bound at its edge. */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, describe, expect, test } from '@jest/globals';
import { createAdmit } from '../../admit/index.ts';
import { DEFAULT_LIMITS, type Limits } from '../../model/limits.ts';
import { startTestServer, type TestServer } from '../testing.ts';

let server: TestServer;

afterEach(() => server.stop());

async function start(changes: Partial<Limits>): Promise<void> {
  const limits: Limits = { ...DEFAULT_LIMITS, ...changes };
  server = await startTestServer(createAdmit({ limits, classOf: () => 'OPEN', boundLists: true }), { limits: changes });
}

describe('a request', () => {
  test('is refused beyond bodyBytesMax', async () => {
    await start({ bodyBytesMax: 1_024 });
    const body = (bytes: number) => JSON.stringify({ query: '{ name }' }).padEnd(bytes);
    expect((await server.post(body(1_024))).status).toBe(200);
    const beyond = await server.post(body(1_025));
    expect([beyond.status, beyond.body.errors![0]!.extensions]).toEqual([
      413,
      { code: 'TOO_COSTLY', limit: 'bodyBytesMax', max: 1_024 },
    ]);
  });

  test('is refused beyond urlBytesMax', async () => {
    await start({ urlBytesMax: 1_024 });
    const path = (bytes: number) => '/graphql?query=%7Bname%7D&x='.padEnd(bytes, 'x');
    expect((await server.get(path(1_024))).status).toBe(200);
    const beyond = await server.get(path(1_025));
    expect([beyond.status, beyond.body.errors![0]!.extensions]).toEqual([
      414,
      { code: 'TOO_COSTLY', limit: 'urlBytesMax', max: 1_024 },
    ]);
    expect(server.operations).toHaveLength(1);
  });

  const ask = async (query: string) => {
    const { body } = await server.post({ query });
    return body.errors?.[0]?.extensions;
  };

  test('is refused beyond operationTextMax', async () => {
    await start({ operationTextMax: 20 });
    expect(await ask('{ name }'.padEnd(20))).toBeUndefined();
    expect(await ask('{ name }'.padEnd(21))).toEqual({ code: 'TOO_COSTLY', limit: 'operationTextMax', max: 20 });
  });

  test('is refused beyond commentsMax', async () => {
    await start({ commentsMax: 2 });
    expect(await ask('{ name }\n#\n#')).toBeUndefined();
    expect(await ask('{ name }\n#\n#\n#')).toEqual({ code: 'TOO_COSTLY', limit: 'commentsMax', max: 2 });
  });

  test('is refused beyond tokensMax', async () => {
    await start({ tokensMax: 10 });
    expect(await ask(`{ ${'name '.repeat(8)}}`)).toBeUndefined();
    expect(await ask(`{ ${'name '.repeat(9)}}`)).toEqual({ code: 'TOO_COSTLY', limit: 'tokensMax', max: 10 });
  });
});

describe('errors of a request', () => {
  const bytesOf = async (body: unknown) => {
    const { text, body: answer } = await server.post(body);
    expect(answer.errors?.length).toBeGreaterThan(0);
    return text.length;
  };

  test('never exceed errorsBytesMax', async () => {
    await start({ errorsBytesMax: 4_096, errorMessageMax: 100 });
    const names = (count: number, length: number) =>
      Array.from({ length: count }, (_, i) => `${'x'.repeat(length)}${i}`);
    const wide = Object.fromEntries(names(9_000, 10).map((name) => [name, 1]));
    const query = 'query ($f: Filter) { named(filter: $f) }';
    expect(await bytesOf({ query, variables: { f: wide } })).toBeLessThan(8_192);
    expect(await bytesOf({ query: `{ ${names(900, 90).join(' ')} }` })).toBeLessThan(8_192);
    expect(await bytesOf({ query: `{ ${'x'.repeat(100_000)} }` })).toBeLessThan(8_192);
    expect(await bytesOf({ query: '{ name }', operationName: 'x'.repeat(200_000) })).toBeLessThan(8_192);
    const literals = names(900, 90).map((name) => `${name}: 1`);
    expect(await bytesOf({ query: `{ named(filter: { ${literals.join(' ')} }) }` })).toBeLessThan(8_192);
  });
});

describe('many different operations', () => {
  test('do not exceed the bytes of the document cache', async () => {
    await start({ documentCacheBytesMax: 2 * MIB });
    const comments = `# ${'x'.repeat(100)}\n`.repeat(900);
    const ask = (i: number) => server.post({ query: `query q${i} { ${'name '.repeat(1_000)}}\n${comments}` });
    for (let i = 0; i < 20; i++) await ask(i);
    const before = heapBytes();
    for (let i = 20; i < 220; i++) expect((await ask(i)).status).toBe(200);
    // As many as came would be 80 MiB.
    expect(heapBytes() - before).toBeLessThan(16 * MIB);
  });
});

const MIB = 1_048_576;

/** What is left after a full collection. */
function heapBytes(): number {
  setFlagsFromString('--expose-gc');
  runInNewContext('gc')();
  return process.memoryUsage().heapUsed;
}
