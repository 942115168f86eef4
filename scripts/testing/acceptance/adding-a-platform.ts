/** Follows docs/adding-a-platform.md to the letter: schema, platform, entry in the directory, question. */
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { findFreePorts } from '../../tools/process/free-ports.ts';
import { makeTemporaryFolder } from '../../tools/temporary-folder.ts';
import { askNetwork, type GetNetwork, WAIT_MS } from './network-client.ts';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const PAGE = readFileSync(join(ROOT, 'docs/adding-a-platform.md'), 'utf8');
const LOOK_MS = 100;

/** The code blocks of a language on the page, in order. */
function blocks(language: string): string[] {
  return [...PAGE.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(([, text]) => text!);
}

const [CODE] = blocks('js');
const [ENTRY] = blocks('json').map((text) => JSON.parse(text) as { id: string; url: string });
const [QUERY] = blocks('graphql');

export function testAddingAPlatform(network: GetNetwork): void {
  describe('docs/adding-a-platform.md', () => {
    let added: AddedPlatform;

    beforeAll(async () => {
      added = await addPlatform(network);
    }, WAIT_MS);

    afterAll(() => added.remove());

    test('the platform of the page has fewer than fifty lines', () => {
      expect(CODE!.trim().split('\n').length).toBeLessThan(50);
    });

    test('the question of the page gets rows of the new platform and of the others', async () => {
      const { data, errors, extensions } = await askNetwork(network(), 'hubei', { query: QUERY! });
      expect(errors).toBeUndefined();
      expect(data.cases.nodes.slice(0, 2).map(({ id }: { id: string }) => id)).toEqual([
        '420203007-C-000002',
        '420202006-C-000001',
      ]);
      expect(data.cases.nodes[0].division.name).toBe('章山街道');
      expect(extensions!.coverage!.unserved).not.toContain('420200');
    });

    test('cursors of the new platform continue, alone and with other platforms', async () => {
      const page = (within: string, after: string | null) =>
        askNetwork(network(), 'hubei', {
          query: `query ($within: DivisionCode, $after: String) {
            cases(within: $within, first: 2, after: $after) { totalCount nodes { id } pageInfo { hasNextPage endCursor } }
          }`,
          variables: { within, after },
        });
      const first = await page('420200', null);
      expect(first.data.cases.totalCount).toBe(3);
      const second = await page('420200', first.data.cases.pageInfo.endCursor);
      expect(second.data.cases).toMatchObject({
        nodes: [{ id: '420204004-C-000003' }],
        pageInfo: { hasNextPage: false },
      });
      const among = await page('420000', null);
      const later = await page('420000', among.data.cases.pageInfo.endCursor);
      expect(later.errors).toBeUndefined();
      expect(later.data.cases.nodes).toHaveLength(2);
      for (const { id } of later.data.cases.nodes) expect(id).not.toMatch(/^42020[23]/);
    });

    test('a field that the new platform does not serve is missing from its rows only, and coverage says so', async () => {
      const query =
        '{ caseStatistics(within: "420000", period: "2026-10", groupBy: [CITY]) { key { division { code } } counts { reported } } }';
      const { data, errors, extensions } = await askNetwork(network(), 'hubei', { query });
      expect(data.caseStatistics.length).toBeGreaterThan(2);
      expect(extensions!.coverage!.platforms).toMatchObject([{ platform: ENTRY!.id, status: 'FAILED' }]);
      expect(errors).toMatchObject([{ path: ['caseStatistics'], extensions: { code: 'PLATFORM_FAILED' } }]);
    });

    test('the new platform refuses a call without a passport', async () => {
      const response = await fetch(added.url, {
        method: 'POST',
        body: JSON.stringify({ query: '{ cases { totalCount } }' }),
      });
      expect(response.status).toBe(401);
    });
  });
}

interface AddedPlatform {
  readonly url: string;
  remove(): Promise<void>;
}

/** Runs the steps of the page: schema, platform, entry in the directory. */
async function addPlatform(network: GetNetwork): Promise<AddedPlatform> {
  const folder = makeTemporaryFolder('yiwang-adding-');
  const [port] = await findFreePorts(1);
  await writePlatform(folder);
  const env = { ...process.env, GATEWAY: new URL(network().gatewayUrl).origin, PORT: String(port) };
  const platform = spawn(process.execPath, ['platform.mjs'], {
    cwd: folder,
    env,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const url = ENTRY!.url.replace(/:\d+/, `:${port}`);
  const directory = join(network().folder, 'network.json');
  const before = readFileSync(directory, 'utf8');
  const { platforms } = JSON.parse(before) as { platforms: object[] };
  writeFileSync(directory, JSON.stringify({ platforms: [...platforms, { ...ENTRY, url }] }));
  await untilServed(network, ENTRY!.id);
  return {
    url,
    async remove() {
      writeFileSync(directory, before);
      platform.kill();
      await once(platform, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Writes the schema and the platform of the page into the folder, and links the packages of the clone. */
async function writePlatform(folder: string): Promise<void> {
  const command = join(ROOT, 'scripts/yiwang.js');
  const { stdout } = await promisify(execFile)(process.execPath, [command, 'schema', 'municipal'], {
    maxBuffer: 16 * 1024 * 1024,
  });
  writeFileSync(join(folder, 'municipal.graphql'), stdout);
  writeFileSync(join(folder, 'platform.mjs'), CODE!);
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
}

/** Waits until the gateway has loaded the directory and the platform answers. */
async function untilServed(network: GetNetwork, id: string): Promise<void> {
  for (;;) {
    const { extensions } = await askNetwork(network(), 'hubei', {
      query: '{ cases(within: "420200", first: 1) { totalCount } }',
      headers: { 'x-yiwang-explain': 'coverage' },
    });
    const entry = extensions?.coverage?.platforms.find(({ platform }) => platform === id);
    if (entry?.status === 'OK') return;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
  }
}
