import { afterEach, describe, expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { createAdmit } from '../../admit/index.ts';
import { stringifyExact } from '../../kit/json/exact-numbers.ts';
import { DEFAULT_LIMITS } from '../../model/limits.ts';
import { startTestServer, type TestServer } from '../testing.ts';

const N = '9007199254740993';
const QUERY = 'query ($n: Long, $id: ID) { name(n: $n, id: $id) }';
const schema = buildSchema('scalar Long type Query { name(n: Long, id: ID): String }');

const servers: TestServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.stop()));
});

async function start(): Promise<TestServer> {
  const admit = createAdmit({ limits: DEFAULT_LIMITS, classOf: () => 'OPEN', boundLists: false });
  const server = await startTestServer(admit, { schema });
  servers.push(server);
  return server;
}

describe('a variable with a number that a double does not hold', () => {
  test('goes to the engine with all digits, by POST and by GET; other variables are unchanged', async () => {
    const server = await start();
    const text = `{"n":${N},"id":"${N}"}`;
    const answer = await fetch(server.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: `{"query":${JSON.stringify(QUERY)},"variables":${text}}`,
    });
    expect(answer.status).toBe(200);
    await server.get(`/graphql?${new URLSearchParams({ query: QUERY, variables: text })}`);
    expect(server.operations.map(({ variables }) => stringifyExact(variables))).toEqual([text, text]);
    expect(server.operations.map(({ coerced }) => coerced)).toEqual([
      { n: Number(N), id: N },
      { n: Number(N), id: N },
    ]);
  });

  test('in a body that is no JSON is refused', async () => {
    const server = await start();
    const headers = { 'content-type': 'application/json' };
    const answer = await fetch(server.url, {
      method: 'POST',
      headers,
      body: `{"query":"{ name }","variables":{"n":${N}}`,
    });
    expect(answer.status).toBe(400);
  });
});
