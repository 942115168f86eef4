/** The commands of whoever keeps the standard, on a database of their own and with running platforms. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { printSubgraphSchema } from '@yiwang/schema/sdl';
import { standardVersion } from '@yiwang/schema/standard';
import pg from 'pg';
import { type PostgresServer, startTestPostgres } from '../../testing/postgres.ts';
import { composeProject } from '../../tools/compose.ts';
import { readSubgraph } from '../../tools/subgraph-files.ts';
import { runCommand } from '../run.ts';

let postgres: PostgresServer;
let folder: string;
const servers: Server[] = [];
const DIVISIONS = ['420100', '420500', '420600', '429004'];

beforeAll(async () => {
  postgres = await startTestPostgres();
  await postgres.createDatabase('registry');
  folder = await mkdtemp(join(tmpdir(), 'yiwang-registry-'));
});

afterAll(async () => {
  for (const server of servers) server.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

async function registry(...args: string[]) {
  let out = '';
  let error = '';
  const all = ['registry', ...args, '--data', folder, '--database', postgres.url('registry'), '--by', 'steward'];
  const code = await runCommand(all, { out: (text) => (out += text), error: (text) => (error += text) });
  return { code, out, error };
}

function supergraph(): string {
  const composition = composeProject();
  if (composition.kind === 'failed') throw new Error(composition.errors.join());
  return composition.supergraph;
}

/** The text without a field of `Facility` and its description. */
function without(sdl: string, field: string): string {
  const left = sdl.replace(new RegExp(`\\n {2}"+[^"]*"+\\n {2}${field}: [^\\n]*`), '');
  if (left === sdl) throw new Error(`there is no ${field}`);
  return left;
}

/** A platform as far as the registry looks at it: its health and its schema. */
async function platform(sdl: string, standard: string): Promise<string> {
  const server = createServer((request, response) =>
    response.end(JSON.stringify(request.url === '/health' ? { standard } : { data: { _service: { sdl } } })),
  );
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
}

test('a version is published, compared with what was used, promoted when enough platforms conform, and taken back', async () => {
  expect(await registry('publish', '--note', 'first')).toMatchObject({
    code: 0,
    out: expect.stringMatching(/^Version 1 is published, [0-9a-f]{12}\./),
  });
  expect((await registry('publish')).out).toBe('The registry has this supergraph already, as version 1.\n');
  expect((await registry('check')).error).toContain('No version is promoted yet');
  expect((await registry('promote', '1', '--reason', 'go')).out).toBe('Version 1 is promoted.\n');
  expect((await registry('check')).out).toBe('Nothing changes for clients.\n');

  const next = join(folder, 'next.graphql');
  const changed = without(without(supergraph(), 'openingHours'), 'barrierFree');
  await writeFile(next, changed);
  const unused = await registry('check', next);
  expect([unused.code, unused.out]).toEqual([
    0,
    expect.stringContaining('2 of them breaking; 0 of those break somebody'),
  ]);
  const client = new pg.Client({ connectionString: postgres.url('registry') });
  await client.connect();
  const day = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10);
  await client.query('select registry.add_usage($1)', [
    JSON.stringify([{ coordinate: 'Facility.openingHours', day, audience: 'open', caller: 'app:toilets', uses: 42 }]),
  ]);
  const used = await registry('check', next);
  expect([used.code, used.out]).toEqual([
    1,
    expect.stringContaining(`app:toilets (open) used Facility.openingHours 42 times, last on ${day}`),
  ]);
  expect((await registry('usage', 'Facility.openingHours')).out).toMatch(/app:toilets +42/);
  expect((await registry('publish', next)).code).toBe(0);
  expect((await registry('diff', '1', '2')).out).toContain(
    "BREAKING   Field 'openingHours' was removed from object type 'Facility'",
  );

  const network = join(folder, 'network.json');
  const whole = printSubgraphSchema(readSubgraph('municipal'));
  const urls = [
    await platform(whole, standardVersion()),
    await platform(without(whole, 'openingHours'), '1'),
    await platform(whole.replace('openingHours: String', 'openingHours: Int'), '1'),
    'http://127.0.0.1:1/graphql',
  ];
  const platforms = urls.map((url, index) => ({
    id: `municipal/${DIVISIONS[index]}`,
    name: `${index}`,
    tier: 'MUNICIPAL',
    division: DIVISIONS[index],
    subgraphs: ['municipal'],
    url,
  }));
  await writeFile(network, JSON.stringify({ platforms }));
  expect((await registry('platforms', '2', '--network', network)).error).toContain('came without the schemas');
  const listed = await registry('platforms', '1', '--network', network);
  expect(listed.code).toBe(1);
  const rows = listed.out.split('\n').map((line) => line.split(/ {2,}/));
  expect(rows.slice(1, 5)).toEqual([
    ['municipal/420100', standardVersion(), 'CONFORMS', '0', '0'],
    ['municipal/420500', '1', 'PARTIAL', '0', '1'],
    ['municipal/420600', '1', 'BREACH', '1', '0'],
    ['municipal/429004', '–', 'UNREACHABLE', '0', '0'],
  ]);
  expect(listed.out).toContain('2 of 4 conform.');

  await registry('promote', '2');
  const few = await registry('promote', '1', '--needs', '3/4', '--network', network);
  expect([few.code, few.error]).toEqual([1, '2 of 4 platforms conform; 3 are needed. Nothing is promoted.\n']);
  expect((await registry('promote', '1', '--needs', '50%', '--network', network)).code).toBe(0);
  expect((await registry('rollback', '--reason', 'complaints')).out).toBe('Version 2 is served again.\n');
  expect((await registry('list')).out).toMatch(/^2 \* +[0-9a-f]{12}/m);
  const history = (await registry('history')).out.split('\n').map((line) => line.split(/ {2,}/).slice(1));
  expect(history[1]).toEqual(['ROLLBACK', '2', 'steward', 'complaints']);
  const { rows: checks } = await client.query('select platform, outcome from registry.platform_checks order by 1');
  expect(checks).toHaveLength(4);
  await client.end();
  expect((await registry('prune', '--before', '2999-01-01')).out).toBe(
    '1 rows of usage before 2999-01-01 are deleted.\n',
  );
});

test('what is wrong on the command line is said, and changes nothing', async () => {
  const before = (await registry('history')).out;
  const wrong: [string[], number, string][] = [
    [[], 2, 'Say what to do: prepare, publish, list'],
    [['forget'], 2, 'Say what to do'],
    [['promote'], 2, 'Say which version, by its number.'],
    [['promote', 'two'], 2, 'Say which version, by its number.'],
    [['promote', '99'], 2, 'There is no version 99 in the registry.'],
    [['promote', '2'], 1, 'version 2 is promoted already'],
    [['publish', join(folder, 'nowhere.graphql')], 2, 'nowhere.graphql is no supergraph: ENOENT'],
    [['check', join(folder, 'network.json')], 2, 'network.json is no supergraph: Syntax Error'],
    [['prune', '--before', 'yesterday'], 2, '--before YYYY-MM-DD'],
    [['usage', '--days', 'many'], 2, '--days is "many"; expected a whole number.'],
    [['promote', '1', '--needs', 'all', '--network', join(folder, 'network.json')], 2, 'write 8, 8/10 or 80%'],
    [
      ['promote', '1', '--needs', '9/9', '--network', join(folder, 'network.json')],
      2,
      'speaks of 9 platforms; the directory has 4',
    ],
  ];
  for (const [args, code, line] of wrong) {
    const result = await registry(...args);
    expect([args, result.code, result.error]).toEqual([args, code, expect.stringContaining(line)]);
  }
  expect((await registry('history')).out).toBe(before);
});
