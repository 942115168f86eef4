/** A gateway that serves what the registry promotes, and counts what its callers use. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { pino } from 'pino';
import { type PostgresServer, startTestPostgres } from '../../../scripts/testing/postgres.ts';
import { composeProject } from '../../../scripts/tools/compose.ts';
import { type ConfigError, readConfig } from '../../config/config.ts';
import { type DemoKeys, keyFilesOf, prepareDemoKeys } from '../../config/keys.ts';
import { readOrCreateKeyPair } from '../../kit/crypto/key-files.ts';
import { type Database, openDatabase } from '../../kit/postgres/database.ts';
import { createCredential, DEMO_IDENTITIES } from '../../playground/demo/index.ts';
import { prepareRegistry, promote, publishVersion, readUsage, rollback } from '../../registry/index.ts';
import { startGateway } from '../../start/start-gateway.ts';

let folder: string;
let keys: DemoKeys;
let postgres: PostgresServer;
let url: string;
let database: Database;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yiwang-registry-'));
  keys = await prepareDemoKeys(folder);
  postgres = await startTestPostgres();
  await postgres.createDatabase('gateway');
  url = postgres.url('gateway');
  database = openDatabase({ url, connectionsMax: 1, connectMs: 5_000, statementMs: 5_000, applicationName: 'test' });
});

afterAll(async () => {
  await database.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

const BY = { by: 'steward', reason: '' };

async function publish(supergraph: string): Promise<number> {
  const key = await readOrCreateKeyPair(keyFilesOf(folder).registry);
  const texts = { supergraph, subgraphs: {}, standard: '1' };
  return (await publishVersion(database, texts, { ...BY, note: '', key })).version.number;
}

function start(settings: Record<string, string> = {}) {
  const env = {
    GATEWAY_DATABASE_URL: url,
    SCHEMA_REGISTRY: 'true',
    LIMIT_REGISTRY_POLL_MS: '50',
    LIMIT_RELOAD_POLL_MS: '50',
    ...settings,
  };
  const config = readConfig(['--port', '0', '--data', folder], env);
  return startGateway({ config, log: pino({ level: 'silent' }) });
}

async function ask(endpoint: string, query: string, variables: object = {}, as = 'hubei') {
  const identity = DEMO_IDENTITIES.find(({ name }) => name === as)!;
  const { header, value } = await createCredential(identity, keys, { lifeSeconds: 60, nowMs: Date.now() });
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [header]: value },
    body: JSON.stringify({ query, variables }),
  });
  return response.json() as Promise<{ data: unknown; errors?: readonly { message: string }[] }>;
}

test('a promotion is in force within a second and a rollback takes it back, without a failed request', async () => {
  const composition = composeProject();
  if (composition.kind === 'failed') throw new Error(composition.errors.join());
  const { supergraph } = composition;
  await expect(start()).rejects.toThrow('npx yiwang registry promote NUMBER');
  await prepareRegistry(database);
  await promote(database, await publish(supergraph), BY);
  const gateway = await start();
  const field = '{ __type(name: "Me") { fields { name } } }';
  const hasField = async () => JSON.stringify(await ask(gateway.url, field)).includes('"nickname"');
  const until = async (expected: boolean) => {
    for (let left = 100; left > 0 && (await hasField()) !== expected; left--) await pause(20);
    expect(await hasField()).toBe(expected);
  };
  expect(await hasField()).toBe(false);
  const next = supergraph.replace(
    /(type Me\b[^{]*\{)/,
    '$1\n  nickname: String @join__field(graph: EXCHANGE) @classified(as: OPEN)\n',
  );
  expect(next).not.toBe(supergraph);
  await promote(database, await publish(next), BY);
  await until(true);
  await rollback(database, BY);
  await until(false);
  await gateway.stop();
});

test('what callers use is counted by coordinate, view and caller, values of enums in variables included', async () => {
  const gateway = await start();
  const query = 'query ($f: CaseFilter) { cases(within: "42", filter: $f) { totalCount } }';
  await ask(gateway.url, query, { f: { status: ['CLOSED'] } });
  await ask(gateway.url, query, { f: { status: ['FILED'], text: '13800138000' } }, 'wuhan-fire');
  await ask(gateway.url, '{ nothing }');
  await gateway.stop();
  const usage = await readUsage(database, { since: '2020-01-01' });
  const of = (coordinate: string) =>
    usage.filter((row) => row.coordinate === coordinate).map(({ audience, uses }) => [audience, uses]);
  expect(of('Query.cases(within:)').sort()).toEqual([
    ['department', 1],
    ['supervisor', 1],
  ]);
  expect([of('CaseStatus.CLOSED'), of('CaseStatus.FILED'), of('CaseFilter.text')]).toEqual([
    [['supervisor', 1]],
    [['department', 1]],
    [['department', 1]],
  ]);
  expect(JSON.stringify(usage)).not.toMatch(/13800138000|nothing/);
});

test('settings that contradict each other are refused together', () => {
  const read = (args: string[], env: Record<string, string>) => {
    try {
      readConfig(['--data', folder, ...args], env);
    } catch (error) {
      return (error as ConfigError).faults;
    }
    return [];
  };
  expect(read([], { SCHEMA_REGISTRY: 'yes' })).toEqual(['SCHEMA_REGISTRY is "yes"; expected true or false.']);
  expect(
    read(['--supergraph', 'schema/supergraph.graphql', '--open'], {
      SCHEMA_REGISTRY: 'true',
      REGISTRY_PUBLISHERS: 'no',
    }),
  ).toEqual([
    'SCHEMA_REGISTRY is true, but GATEWAY_DATABASE_URL is missing.',
    'SCHEMA_REGISTRY is true, and so the supergraph may not be named as a file, too.',
    'SCHEMA_REGISTRY is true, but an open gateway takes its supergraph from a file.',
    expect.stringMatching(/^REGISTRY_PUBLISHERS .* does not exist\.$/),
  ]);
});
