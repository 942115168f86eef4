/** `yiwang serve --open` on a supergraph that is not ours, as its users meet it: a process, asked over HTTP. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import {
  buildClientSchema,
  getIntrospectionQuery,
  type IntrospectionQuery,
  lexicographicSortSchema,
  printSchema,
} from 'graphql';
import { readWholeView } from '../support/read-views.ts';
import { type Federation, startFederation } from './federation.ts';
import { type Case, readCases } from './read-cases.ts';
import type { GraphQLResult } from './reference-engine.ts';

const COMMAND = fileURLToPath(new URL('../../../scripts/yiwang.js', import.meta.url));
const CASES = readCases().filter(({ name }) => name === 'values' || name === 'nulls' || name === 'mutations');

interface ServedGateway {
  readonly url: string;
  readonly process: ChildProcess;
}

async function serve(supergraph: string, folder: string): Promise<ServedGateway> {
  const file = join(folder, 'supergraph.graphql');
  await writeFile(file, supergraph);
  const child = spawn(process.execPath, [COMMAND, 'serve', '--open', '--supergraph', file, '--port', '0'], {
    env: { ...process.env, YIWANG_DATA: join(folder, 'data'), LOG_LEVEL: 'warn', SUBGRAPH_ERRORS: 'shown' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stderr.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
      const match = /http:\/\/\S+\/graphql/.exec(output);
      if (match) resolve(match[0]);
    });
    child.once('exit', (code) => reject(new Error(`the gateway ended with ${code}: ${output}`)));
  });
  return { url, process: child };
}

describe.each(CASES)('serve --open, $name', ({ operations, subgraphs }: Case) => {
  let folder: string;
  let federation: Federation;
  let gateway: ServedGateway;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'yiwang-open-'));
    federation = await startFederation(await subgraphs());
    gateway = await serve(federation.supergraph, folder);
  });
  afterAll(async () => {
    if (gateway.process.exitCode === null) gateway.process.kill('SIGKILL');
    await federation.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function post(body: unknown): Promise<{ status: number; reply: Partial<GraphQLResult> }> {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(gateway.url, { method: 'POST', headers, body: JSON.stringify(body) });
    return { status: response.status, reply: (await response.json()) as Partial<GraphQLResult> };
  }

  test.each(operations)(
    '$operationName is answered over POST, and a query over GET, too',
    async ({ expected, ...params }) => {
      const { status, reply } = await post(params);
      expect([status, JSON.stringify(reply.data)]).toEqual([200, JSON.stringify(expected.data)]);
      const expectedErrors = expected.errors;
      expect(reply.errors ?? []).toHaveLength(expectedErrors.length);
      for (const error of expectedErrors) expect(reply.errors).toContainEqual(expect.objectContaining(error));

      const search = new URLSearchParams({
        query: params.query,
        operationName: params.operationName,
        variables: JSON.stringify(params.variables ?? {}),
      });
      const response = await fetch(`${gateway.url}?${search}`, { headers: { 'apollo-require-preflight': 'yes' } });
      const isMutation = new RegExp(`mutation ${params.operationName}\\b`).test(params.query);
      if (isMutation) expect(response.status).toBe(405);
      else expect(JSON.stringify(((await response.json()) as GraphQLResult).data)).toBe(JSON.stringify(expected.data));
    },
  );

  test('introspection returns the API schema', async () => {
    const { reply } = await post({ query: getIntrospectionQuery() });
    const shownSchema = buildClientSchema(reply.data as IntrospectionQuery);
    const { schema } = readWholeView(federation.supergraph);
    expect(printSchema(lexicographicSortSchema(shownSchema))).toBe(printSchema(lexicographicSortSchema(schema)));
  });

  test('an invalid query, a wrong variable and a text that is no query are refused with their codes', async () => {
    const unknown = await post({ query: '{ nowhere }' });
    expect(unknown.reply.errors?.[0]).toMatchObject({ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } });
    expect(unknown.reply.data).toBeUndefined();
    const variable = await post({
      query: 'query ($x: Boolean!) { __typename @include(if: $x) }',
      variables: { x: 'no' },
    });
    expect(variable.reply.errors?.[0]).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
    const garbage = await post({ query: '{ {' });
    expect(garbage.reply.errors?.[0]).toMatchObject({ extensions: { code: 'GRAPHQL_PARSE_FAILED' } });
  });

  test('SIGTERM stops the gateway cleanly', async () => {
    const ended = once(gateway.process, 'exit');
    gateway.process.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    await expect(fetch(gateway.url)).rejects.toThrow();
  });
});
