/** The access log of a real gateway, as it goes to standard output. */
import { Writable } from 'node:stream';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { startToyGateway, type ToyGateway, toyEntry } from '../support/toys/toy-gateway.ts';
import { startToyPlatform, type ToyPlatform } from '../support/toys/toy-platform.ts';

type Line = Readonly<Record<string, unknown>>;

const lines: Line[] = [];
let platform: ToyPlatform;
let gateway: ToyGateway;

const output = new Writable({
  write(chunk: Buffer, _encoding, done) {
    const line = JSON.parse(chunk.toString()) as Line;
    if (line.msg === 'operation') lines.push(line);
    done();
  },
});

beforeAll(async () => {
  platform = await startToyPlatform();
  platform.rows = [{ id: '420100-R-1', division: '420100', kind: 'a', size: 1, at: '2026-01-01' }];
  gateway = await startToyGateway({
    platforms: [toyEntry('420100', platform.url)],
    env: { ACCESS_LOG: 'true' },
    log: pino({ level: 'error' }, output),
  });
});

afterAll(async () => {
  await gateway.stop();
  await platform.close();
});

async function ask(query: string, headers: Readonly<Record<string, string>> = {}): Promise<string> {
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...gateway.credential, ...headers },
    body: JSON.stringify({ query, variables: { name: '张三' } }),
  });
  return response.text();
}

test('an operation is one line with audience, name, hash, outcome, duration, platforms and bytes', async () => {
  lines.length = 0;
  const body = await ask('query Rows { list { id } }', { 'x-request-id': 'r-1' });
  expect(lines).toEqual([
    {
      ...{ level: 30, time: expect.any(Number), pid: expect.any(Number), hostname: expect.any(String) },
      ...{ msg: 'operation', requestId: 'r-1', audience: 'supervisor', operation: 'Rows' },
      hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      outcome: 'answered',
      codes: [],
      durationMs: expect.any(Number),
      platforms: ['toy/420100'],
      bytes: Buffer.byteLength(body),
    },
  ]);
});

test('a refused operation is a line with its codes, and without name and hash', async () => {
  lines.length = 0;
  await ask('query Private { nowhere }');
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatchObject({ outcome: 'refused', codes: ['GRAPHQL_VALIDATION_FAILED'], platforms: [] });
  expect(lines[0]).not.toHaveProperty('operation');
});

test('a name of any length is 128 characters of a line', async () => {
  lines.length = 0;
  await ask(`query ${'N'.repeat(50_000)} { total }`);
  expect(lines).toMatchObject([{ outcome: 'answered', operation: 'N'.repeat(128) }]);
});

test('no line has text, variables or subject of an operation', async () => {
  lines.length = 0;
  await ask('query Rows { list { id kind } total } # 张三');
  expect(JSON.stringify(lines)).not.toMatch(/张三|list|ministry/);
});

test('a gateway without the access log writes no such line', async () => {
  lines.length = 0;
  const silent = await startToyGateway({ platforms: [toyEntry('420100', platform.url)], log: pino({}, output) });
  await silent.ask('{ list { id } }');
  await silent.stop();
  expect(lines).toEqual([]);
});
