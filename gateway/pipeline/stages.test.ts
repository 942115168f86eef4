/** The order of the stages as something that is wrapped around them sees it. */
import { afterEach, expect, test } from '@jest/globals';
import { PASSPORT_HEADER, SUBGRAPH_HEADER } from '@yiwang/schema';
import { buildSchema } from 'graphql';
import { createAdmit } from '../admit/index.ts';
import { startTestServer, TEST_RIGHTS, type TestServer } from '../http/testing.ts';
import { PublicError } from '../model/errors.ts';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import type { Around } from './stages.ts';

let server: TestServer;
let passed: string[];
afterEach(() => server.stop());

const ORDER = ['receive', 'identify', 'protocol', 'admit', 'plan', 'execute', 'conform', 'respond', 'record'];
const VIEW = { name: 'fetch', schema: buildSchema('type Query { total: Int }') };

async function start(): Promise<void> {
  passed = [];
  const around: Around =
    (name, stage) =>
    (...input) => {
      passed.push(name);
      return stage(...input);
    };
  const admit = createAdmit({ limits: DEFAULT_LIMITS, classOf: () => 'OPEN', boundLists: true });
  server = await startTestServer(admit, {
    around,
    steps: { verifyPassport: async () => TEST_RIGHTS },
    upstream: {
      viewOf: () => VIEW,
      admit,
      execute: async () => ({ data: { total: 1 }, errors: [], coverage: { platforms: [], unserved: [] } }),
    },
  });
}

async function post(path: string, query: string): Promise<number> {
  const headers = { 'content-type': 'application/json', [PASSPORT_HEADER]: 'x', [SUBGRAPH_HEADER]: 'toy' };
  const response = await fetch(new URL(path, server.url), { method: 'POST', headers, body: JSON.stringify({ query }) });
  await response.text();
  return response.status;
}

test.each([
  ['/graphql', '{ name }'],
  ['/platform', '{ total }'],
])('a request to %s passes all stages in order', async (path, query) => {
  await start();
  expect(await post(path, query)).toBe(200);
  expect(passed).toEqual(ORDER);
});

test('an operation that is refused passes no engine, and is on record', async () => {
  await start();
  await post('/graphql', '{ unknown }');
  expect(passed).toEqual(['receive', 'identify', 'protocol', 'admit', 'record']);
});

test('a question about the schema passes no engine', async () => {
  await start();
  expect(await post('/graphql', '{ __schema { queryType { name } } }')).toBe(200);
  expect(passed).toEqual(['receive', 'identify', 'protocol', 'admit', 'record']);
});

test('a refusal that a wrapper throws is that of its stage', async () => {
  passed = [];
  const admit = createAdmit({ limits: DEFAULT_LIMITS, classOf: () => 'OPEN', boundLists: true });
  const around: Around =
    (name, stage) =>
    (...input) => {
      if (name === 'plan') throw new PublicError('OUT_OF_SCOPE', 'not today');
      return stage(...input);
    };
  server = await startTestServer(admit, { around });
  const { body } = await server.post({ query: '{ name }' });
  expect(body.errors?.map(({ extensions }) => extensions.code)).toEqual(['OUT_OF_SCOPE']);
});
