/** Plugins of Apollo Server that configuration names, in the gateway's own server. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import { pino } from 'pino';
import { ConfigError, readConfig } from '../../config/config.ts';
import { loadPlugins } from '../../http/index.ts';
import { type OpenGateway, startOpenGateway } from '../support/open-gateway.ts';

const EXAMPLE = fileURLToPath(new URL('../../../examples/apollo-plugin/log-operations.js', import.meta.url));
const SUBGRAPHS = {
  names: {
    sdl: 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.7") type Query { name: String fails: Int }',
    resolvers: {
      Query: {
        name: () => '一网',
        fails: () => {
          throw new Error('no');
        },
      },
    },
  },
};

interface LogLine {
  readonly msg: string;
  readonly requestId?: string;
  readonly outcome?: string;
  readonly codes?: readonly string[];
  readonly bytes?: number;
}

const lines: LogLine[] = [];
const log = pino(
  { level: 'error' },
  new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(JSON.parse(chunk.toString()) as LogLine);
      done();
    },
  }),
);

let gateway: OpenGateway | undefined;
const folders: string[] = [];

afterEach(async () => {
  jest.restoreAllMocks();
  await gateway?.stop();
  gateway = undefined;
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

async function writePlugin(text: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'yiwang-plugin-'));
  folders.push(folder);
  const file = join(folder, 'plugin.mjs');
  await writeFile(file, text);
  return file;
}

/** A plugin with these hooks of one request. */
function hooks(text: string): Promise<string> {
  return writePlugin(`export default { async requestDidStart() { return { ${text} }; } };`);
}

const accessLines = () => lines.filter(({ msg }) => msg === 'operation');

async function start(...files: string[]): Promise<OpenGateway> {
  lines.length = 0;
  const env = { APOLLO_PLUGINS: files.join(','), ACCESS_LOG: 'true' };
  gateway = await startOpenGateway({ subgraphs: SUBGRAPHS, env, log });
  return gateway;
}

describe('plugins of Apollo Server', () => {
  test('see operations and their data, as examples/apollo-plugin shows', async () => {
    const { ask } = await start(EXAMPLE);
    const lines: string[] = [];
    jest.spyOn(console, 'log').mockImplementation((line) => void lines.push(String(line)));
    expect(await ask('query Names { name fails }', { 'x-request-id': 'r-1' })).toMatchObject({
      data: { name: '一网', fails: null },
    });
    await ask('{ nothing }');
    expect(lines.map((line) => JSON.parse(line) as object)).toMatchObject([
      { operation: 'Names', fields: ['name', 'fails'], errors: ['PLATFORM_FAILED'], requestId: 'r-1' },
      { operation: null, fields: [], errors: ['GRAPHQL_VALIDATION_FAILED'] },
    ]);
  });

  test('may change an answer', async () => {
    const file = await writePlugin(`export default { async requestDidStart() { return {
      async willSendResponse({ response }) {
        response.body.singleResult.data.name += '!';
        response.body.singleResult.extensions = { by: 'plugin' };
        response.http.headers.set('x-plugin', 'yes');
      } } } };`);
    const { ask } = await start(file);
    expect(await ask('{ name }')).toEqual({ status: 200, data: { name: '一网!' }, extensions: { by: 'plugin' } });
  });

  test('may change an answer after a wait, but neither its status nor its content type', async () => {
    const file = await hooks(`async willSendResponse({ response }) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      response.body.singleResult.data.name = 'changed';
      response.http.status = 418;
      response.http.headers.set('content-type', 'text/html');
    }`);
    const { url } = await start(file);
    const response = await fetch(`${url}?query={name}`);
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    expect(await response.json()).toEqual({ data: { name: 'changed' } });
  });

  test('may answer an operation themselves, and then no subgraph is asked', async () => {
    const file = await writePlugin(`export default [{ async requestDidStart() { return {
      async responseForOperation({ operationName }) {
        if (operationName !== 'Cached') return null;
        return { http: { headers: new Map() }, body: { kind: 'single', singleResult: { data: { name: 'kept' } } } };
      } } } }];`);
    const { ask, seen } = await start(file);
    expect((await ask('query Cached { name }')).data).toEqual({ name: 'kept' });
    expect(seen).toEqual([]);
    expect(accessLines()).toMatchObject([{ outcome: 'answered', codes: [], bytes: 25 }]);
    expect((await ask('{ name }')).data).toEqual({ name: '一网' });
  });

  test('that fail leave nothing of themselves in the answer', async () => {
    const file = await writePlugin(`export default { async requestDidStart() { throw new Error('secret'); } };`);
    const { ask } = await start(file);
    const { status, errors } = await ask('{ name }');
    expect([status, errors?.[0]?.extensions?.code]).toEqual([500, 'INTERNAL']);
    expect(JSON.stringify(errors)).not.toContain('secret');
  });

  test.each([
    ['throw before the engine is asked', `async responseForOperation() { throw new Error('secret'); }`],
    ['throw when the answer is there', `async willSendResponse() { throw new Error('secret'); }`],
    ['give an answer that is no response', `async responseForOperation() { return { secret: true }; }`],
    [
      'put into an answer what is no JSON',
      `async willSendResponse({ response }) { const { singleResult } = response.body; singleResult.extensions = singleResult; }`,
    ],
    [
      'set a header that HTTP does not allow',
      `async willSendResponse({ response }) { response.http.headers.set('x-secret', 'a\\r\\nb'); }`,
    ],
  ])('that %s fail the operation: once in the access log, and in the log under its id', async (_, text) => {
    const { ask } = await start(await hooks(text));
    const answer = await ask('{ name }', { 'x-request-id': 'r-1' });
    expect([answer.status, answer.data, answer.errors?.[0]?.extensions?.code]).toEqual([500, undefined, 'INTERNAL']);
    expect(JSON.stringify(answer)).not.toContain('secret');
    expect(accessLines()).toMatchObject([{ requestId: 'r-1', outcome: 'failed', codes: ['INTERNAL'] }]);
    expect(lines).toContainEqual(expect.objectContaining({ requestId: 'r-1', msg: 'a request failed' }));
  });

  test('that never come back are left behind when the time of the operation and its grace are over', async () => {
    const { ask } = await start(await hooks('willSendResponse: () => new Promise(() => {})'));
    const { status, errors } = await ask('{ name }', { 'x-yiwang-deadline': '1' });
    expect([status, errors?.[0]?.extensions?.code]).toEqual([500, 'INTERNAL']);
    expect(accessLines()).toMatchObject([{ outcome: 'failed' }]);
  });

  test('that throw when they are stopped keep nothing else from stopping', async () => {
    const file = await writePlugin(`export default { async serverWillStart() { return {
      async serverWillStop() { throw new Error('no'); } } } };`);
    const { stop } = await start(file);
    gateway = undefined;
    await stop();
    expect(lines).toMatchObject([{ msg: 'a plugin did not stop cleanly' }]);
  });

  test('may have any of the hooks of Apollo Server, and no other', async () => {
    const file = await writePlugin('export default { async invalidRequestWasReceived() {} };');
    expect(await loadPlugins([file])).toHaveLength(1);
  });

  test('that are no plugins stop the start, with the file and what was expected', async () => {
    await expect(loadPlugins([await writePlugin('export default { hello() {} };')])).rejects.toThrow(
      /plugin\.mjs must export/,
    );
    await expect(loadPlugins([await writePlugin('export const plugin = {};')])).rejects.toThrow(/by default/);
    await expect(loadPlugins([await writePlugin('export default {')])).rejects.toThrow(/cannot be loaded/);
    expect(() => readConfig(['--open', '--plugins', '/nowhere/plugin.js'], {})).toThrow(ConfigError);
    expect(() => readConfig(['--open', '--plugins', '/nowhere/plugin.js'], {})).toThrow(
      /nowhere\/plugin\.js does not exist/,
    );
  });
});
