import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { prepareDemoKeys } from '@yiwang/gateway/config/keys.ts';
import { decodeJwt } from 'jose';
import { runCommand } from './run.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yiwang-cli-'));
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function run(...args: string[]): Promise<{ code: number; out: string; error: string }> {
  let out = '';
  let error = '';
  const code = await runCommand(args, { out: (text) => (out += text), error: (text) => (error += text) });
  return { code, out, error };
}

describe('the command line', () => {
  test('helps, by itself and for each command', async () => {
    for (const args of [[], ['--help'], ['help']]) {
      const { code, out } = await run(...args);
      expect(code).toBe(0);
      for (const name of ['serve', 'token', 'network', 'compose', 'check', 'audit verify', 'bench'])
        expect(out).toContain(`npx yiwang ${name}`);
    }
    expect((await run('token', '--help')).out).toContain('--expires');
  });

  test('says its version', async () => {
    for (const flag of ['--version', '-v', 'version']) {
      expect(await run(flag)).toEqual({ code: 0, out: expect.stringMatching(/^yiwang \d+\.\d+\.\d+\n$/), error: '' });
    }
  });

  test.each([
    [['bogus'], 'There is no command "bogus"'],
    [['token'], 'Say who'],
    [['token', '--as'], "Option '--as <value>' argument missing"],
    [['token', '--as', 'nobody'], 'There is no demo identity "nobody"'],
    [['token', '--as', 'app', '--tier', 'STREET'], '"app" is an API key'],
    [['token', '--as', 'wuhan', '--expires', 'soon'], '--expires is "soon"'],
    [['token', '--tier', 'MUNICIPAL', '--division', '420106'], '420106'],
    [['token', '--as', 'wuhan', 'now'], 'Unexpected word "now"'],
    [['network', 'restart', 'x'], 'There is no action "restart"'],
    [['network', 'stop'], 'Say which platform to stop'],
    [['compose', '--bogus'], "Unknown option '--bogus'"],
    [['check'], 'Say which file'],
    [['audit'], 'Say what to do'],
    [['audit', 'verify', '--database', 'mysql://x'], '--database must be'],
    [['audit', 'archive', '--to', 'x'], 'Say which months: --before YYYY-MM'],
    [['audit', 'archive', '--before', '2026-13', '--to', 'x'], 'Say which months'],
    [['audit', 'archive', '--before', '2026-01'], 'Say where to: --to FILE'],
    [['audit', 'digest'], 'Say which text'],
    [['bench', '--scenario', 'wide'], '--scenario is "wide"; there are join,'],
    [['bench', '--only', 'router'], '--only is "router"'],
    [['bench', '--callers', 'two'], '--callers is "two"'],
    [['bench', '--rounds', '0'], '--rounds is "0"'],
    [['bench', '--seconds', 'x'], '--seconds is "x"'],
    [['serve', '--port', 'x'], 'PORT or --port is "x"'],
  ])('%j is answered by one line and exit code 2', async (args, line) => {
    const { code, error } = await run(...args);
    expect(code).toBe(2);
    expect(error).toContain(line);
    expect(error.trimEnd().split('\n')).toHaveLength(1);
  });
});

describe('token', () => {
  beforeAll(() => prepareDemoKeys(folder));

  test('is not made of keys that no gateway has', async () => {
    const none = join(folder, 'none');
    expect(await run('token', '--as', 'hubei', '--data', none)).toEqual({
      code: 1,
      out: '',
      error: `There are no keys in ${none}, since no gateway has run with it; start the demo network: npm start -- --data ${none}\n`,
    });
    expect(existsSync(none)).toBe(false);
  });

  test('prints a token of a demo identity, and the API key, which stays the same', async () => {
    const { code, out } = await run('token', '--as', 'wuhan-fire', '--data', folder);
    expect(code).toBe(0);
    const claims = decodeJwt(out.trim());
    expect(claims).toMatchObject({
      sub: 'wuhan-fire',
      tier: 'MUNICIPAL',
      division: '420100',
      department: '114201000100011972',
    });
    expect(claims.exp! - claims.iat!).toBe(86_400);
    const key = (await run('token', '--as', 'app', '--data', folder)).out;
    expect(key).toMatch(/^yw_[\w-]{43}\n$/);
    expect((await run('token', '--as', 'app', '--data', folder)).out).toBe(key);
  });

  test('prints a token of claims of one’s own', async () => {
    const { out } = await run(
      'token',
      '--tier',
      'STREET',
      '--division',
      '110102020',
      '--role',
      'LEADER',
      '--subject',
      'me',
      '--expires',
      '90s',
      '--data',
      folder,
    );
    const claims = decodeJwt(out.trim());
    expect(claims).toMatchObject({ sub: 'me', tier: 'STREET', division: '110102020', roles: ['LEADER'] });
    expect(claims.exp! - claims.iat!).toBe(90);
    const changed = await run('token', '--as', 'wuhan', '--clearance', 'OPEN', '--data', folder);
    expect(decodeJwt(changed.out.trim())).toMatchObject({ sub: 'wuhan', division: '420100', clearance: 'OPEN' });
  });

  test('lists the identities', async () => {
    const { out } = await run('token', '--list');
    const names = [
      'ministry',
      'hubei',
      'beijing',
      'wuhan',
      'xiangyang',
      'dongcheng',
      'guangwai',
      'wuhan-fire',
      'app',
      'auditor',
    ];
    expect(out.split('\n').map((line) => line.split(' ')[0])).toEqual([...names, '']);
  });
});

test('network lists the directory with each platform’s health and its version of the standard', async () => {
  const server = createServer((_, response) => response.writeHead(200).end('{"standard":"0.9"}'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const at = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const platform = (division: string, url: string) => ({
    id: `municipal/${division}`,
    name: '平台',
    tier: 'MUNICIPAL',
    division,
    subgraphs: ['municipal'],
    url,
  });
  const file = join(folder, 'network.json');
  await writeFile(
    file,
    JSON.stringify({ platforms: [platform('420100', at), platform('420500', 'http://127.0.0.1:1/graphql')] }),
  );
  const { code, out } = await run('network', '--data', folder);
  expect(code).toBe(1);
  expect(out).toMatch(/municipal\/420100 +MUNICIPAL +ONLINE +\d+ ms +0\.9 \(unknown\)/);
  expect(out).toMatch(/municipal\/420500 +MUNICIPAL +UNREACHABLE/);
  await new Promise((resolve) => server.close(resolve));
  await writeFile(file, JSON.stringify({ platforms: [{ ...platform('420199', at), tier: 'CITY' }] }));
  const faulty = await run('network', '--network', file);
  expect([faulty.code, faulty.error]).toEqual([1, expect.stringContaining('"tier" must be one of')]);
  expect(faulty.error).toContain('"division" must be a canonical division code');
});

describe('check', () => {
  const write = async (sdl: string): Promise<string> => {
    const file = join(folder, 'schema.graphql');
    await writeFile(file, sdl);
    return file;
  };

  test('says what it cannot read', async () => {
    expect((await run('check', '/nowhere.graphql')).error).toContain('/nowhere.graphql cannot be read as a schema');
    expect((await run('check', await write('type Query { a: Int }'))).error).toContain(
      'has no root field of the standard',
    );
    expect((await run('check', await write('type Query { me: Int }'), '--subgraph', 'x')).code).toBe(2);
  });
});
