/** Numbers that a double does not hold, in answers, keys, joins, variables and defaults. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { createUnlimitedRights } from '../../identify/index.ts';
import { createCancelController } from '../../kit/concurrency/cancel-controller.ts';
import { sha256 } from '../../kit/crypto/digest.ts';
import { parseExact } from '../../kit/json/exact-numbers.ts';
import { DEFAULT_LIMITS } from '../../model/limits.ts';
import type { View } from '../../model/validated-operation.ts';
import { composeWorld } from '../reference/worlds/compose-world.ts';
import { readWholeView } from '../support/read-views.ts';
import { startTestEngine, type TestEngine } from '../support/test-engine.ts';
import { coerce } from '../support/toys/toy-engine.ts';

const N = '9007199254740993';
const SDL = {
  rows: `scalar Long scalar JSON
    type Query { row: Row rows: [Row!] echo(n: Long, j: JSON): String price: Long float: Float int: Int }
    type Row @key(fields: "id n") { id: ID! n: Long! data: JSON }`,
  labels: 'scalar Long type Row @key(fields: "id n") { id: ID! n: Long! label: String }',
};
const ROW = `{"__typename":"Row","id":"1","n":${N},"data":{"deep":[${N},1.5,"${N}"]}}`;
const DATA: Record<string, string> = {
  row: ROW,
  rows: `[${ROW},${ROW.replace(N, '9007199254740992')}]`,
  price: '12345678901234567.10',
  float: '12345678901234567890',
  int: N,
  echo: '"asked"',
};

describe('a long number', () => {
  const servers: Server[] = [];
  const bodies: string[] = [];
  let engine: TestEngine;
  let view: View;

  async function serve(answer: (body: string) => string): Promise<string> {
    const server = createServer(async (request, response) => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks).toString();
      bodies.push(body);
      response.setHeader('content-type', 'application/json').end(answer(body));
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  beforeAll(async () => {
    const rows = await serve((body) => {
      const { query } = JSON.parse(body) as { query: string };
      const asked = Object.keys(DATA).filter((name) => new RegExp(`\\b${name}\\b`).test(query));
      const errors = query.includes('int') ? `,"errors":[{"message":"told","extensions":{"n":${N}}}]` : '';
      return `{"data":{${asked.map((name) => `"${name}":${DATA[name]}`).join()}}${errors}}`;
    });
    const labels = await serve((body) => {
      const numbers = [...body.matchAll(/"n":([^},]+)/g)].map(([, digits]) => `{"label":"of ${digits}"}`);
      return `{"data":{"_entities":[${numbers.join()}]}}`;
    });
    const supergraph = composeWorld({ subgraphs: { rows: { sdl: SDL.rows }, labels: { sdl: SDL.labels } } })
      .replace('http://127.0.0.1/rows', rows)
      .replace('http://127.0.0.1/labels', labels);
    view = readWholeView(supergraph);
    engine = await startTestEngine({
      supergraph,
      network: undefined,
      signPassport: async () => 'unused',
      cursorSecret: 'a secret of the tests',
      limits: DEFAULT_LIMITS,
      standard: false,
    });
  });
  afterAll(async () => {
    await engine.close();
    for (const server of servers) {
      server.closeAllConnections();
      server.close();
    }
  });

  async function ask(query: string, variablesText = '{}'): Promise<{ data: string; errors: string }> {
    bodies.length = 0;
    const document = parse(query);
    const { data, errors } = await engine.execute({
      document,
      hash: sha256(query),
      operationName: undefined,
      variables: parseExact(variablesText) as Record<string, unknown>,
      coerced: coerce(view.schema, document, JSON.parse(variablesText) as Record<string, unknown>),
      view,
      rights: createUnlimitedRights(),
      completeness: 0,
      explainCoverage: false,
      deadlineMs: 5_000,
      requestId: 'test',
      signal: createCancelController().signal,
    });
    return { data: data?.bytes.toString() ?? 'null', errors: JSON.stringify(errors.map((error) => error.toJSON())) };
  }

  test.each([
    ['{ row { n } }', `{"row":{"n":${N}}}`],
    ['{ row { n label } }', `{"row":{"n":${N},"label":"of ${N}"}}`],
    ['{ row { label data } }', `{"row":{"label":"of ${N}","data":{"deep":[${N},1.5,"${N}"]}}}`],
    ['{ rows { label } }', `{"rows":[{"label":"of ${N}"},{"label":"of 9007199254740992"}]}`],
    ['{ price row { label } }', `{"price":12345678901234567.10,"row":{"label":"of ${N}"}}`],
    ['{ float row { label } }', `{"float":12345678901234567000,"row":{"label":"of ${N}"}}`],
  ])('of a subgraph keeps all its digits: %s', async (query, data) => {
    expect(await ask(query)).toEqual({ data, errors: '[]' });
  });

  test('is no Int, and the error names the number alone', async () => {
    const { data, errors } = await ask('{ int row { label } }');
    expect(data).toBe(`{"int":null,"row":{"label":"of ${N}"}}`);
    expect(errors).toContain('9007199254740992');
    expect(errors).not.toContain('\\u0000');
  });

  test.each([
    ['query ($n: Long) { echo(n: $n) }', `{"n":${N}}`, `"n":${N}`],
    ['query ($j: JSON) { echo(j: $j) }', `{"j":{"a":[${N}],"b":1e400}}`, `"j":{"a":[${N}],"b":1e400}`],
    [`query ($n: Long = ${N}) { echo(n: $n) }`, '{}', `"n":${N}`],
    [`{ echo(n: ${N}) }`, '{}', `echo(n: ${N})`],
  ])('of a client keeps all its digits: %s', async (query, variables, part) => {
    await ask(query, variables);
    expect(bodies).toHaveLength(1);
    expect(bodies[0]).toContain(part);
  });
});
