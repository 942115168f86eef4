/** Plugins of Apollo Server that configuration names, in the gateway's own server. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
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

async function start(...files: string[]): Promise<OpenGateway> {
  gateway = await startOpenGateway({ subgraphs: SUBGRAPHS, env: { APOLLO_PLUGINS: files.join(',') } });
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

  test('may answer an operation themselves, and then no subgraph is asked', async () => {
    const file = await writePlugin(`export default [{ async requestDidStart() { return {
      async responseForOperation({ operationName }) {
        if (operationName !== 'Cached') return null;
        return { http: { headers: new Map() }, body: { kind: 'single', singleResult: { data: { name: 'kept' } } } };
      } } } }];`);
    const { ask, seen } = await start(file);
    expect((await ask('query Cached { name }')).data).toEqual({ name: 'kept' });
    expect(seen).toEqual([]);
    expect((await ask('{ name }')).data).toEqual({ name: '一网' });
  });

  test('that fail leave nothing of themselves in the answer', async () => {
    const file = await writePlugin(`export default { async requestDidStart() { throw new Error('secret'); } };`);
    const { ask } = await start(file);
    const { status, errors } = await ask('{ name }');
    expect([status, errors?.[0]?.extensions?.code]).toEqual([500, 'INTERNAL']);
    expect(JSON.stringify(errors)).not.toContain('secret');
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
