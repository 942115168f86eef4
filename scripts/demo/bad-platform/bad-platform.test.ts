/** One platform breaks every rule that it can, beside one that breaks none: all is caught and told, and no other answer touched. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readConfig } from '@yiwang/gateway/config/config.ts';
import { type DemoKeys, prepareDemoKeys } from '@yiwang/gateway/config/keys.ts';
import { createCredential, DEMO_IDENTITIES } from '@yiwang/gateway/playground/demo/index.ts';
import { municipal } from '@yiwang/municipal';
import { type EntityRule, entityRules } from '@yiwang/schema/rules';
import { getNamedType, isObjectType } from 'graphql';
import pg from 'pg';
import { pino } from 'pino';
import { type Gateway, startGateway } from '../../../gateway/start/start-gateway.ts';
import { startTestPlatform, type TestPlatform } from '../../testing/platform.ts';
import { type PostgresServer, startTestPostgres } from '../../testing/postgres.ts';
import { createLenientSchema } from './lenient-schema.ts';
import { type BadPlatform, startBadPlatform } from './start-bad-platform.ts';

/** Pages by the entity of their rows. */
const PAGES = {
  Case: 'cases',
  Request: 'requests',
  Component: 'components',
  Facility: 'facilities',
  MonitoringPoint: 'monitoringPoints',
  Alarm: 'alarms',
  GridCell: 'gridCells',
  Officer: 'officers',
  EnforcementCase: 'enforcementCases',
  PropertyCompany: 'propertyCompanies',
} as const;
type Entity = keyof typeof PAGES;
const ENTITIES = Object.keys(PAGES) as Entity[];

let folder: string;
let keys: DemoKeys;
let bad: BadPlatform;
let good: TestPlatform;
let gateway: Gateway;
let postgres: PostgresServer;
/** Rules that were broken in an answer. */
const counted: string[] = [];
const { schema } = createLenientSchema(['municipal', 'hotline']);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'yiwang-bad-'));
  keys = await prepareDemoKeys(folder);
  postgres = await startTestPostgres();
  await postgres.createDatabase('record');
  bad = await startBadPlatform();
  good = await startTestPlatform({ modules: [municipal], passportKeys: { keys: [keys.passport.publicJwk] } });
  await good.seed(`insert into facilities (id, division, kind, name, longitude, latitude)
    select '420106001-F-' || n, '420106001', 'PARK', '公园' || n, 114.3, 30.5 from generate_series(1, 3) as n`);
  await start([bad.entry]);
});

afterAll(async () => {
  await gateway.stop();
  await good.close();
  await bad.close();
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

async function start(others: readonly object[]): Promise<void> {
  const entry = { name: '武汉', tier: 'MUNICIPAL', division: '420100', subgraphs: ['municipal'], url: good.url };
  const platforms = [{ ...entry, id: 'municipal/420100' }, ...others];
  await writeFile(join(folder, 'network.json'), JSON.stringify({ platforms }));
  const config = readConfig(['--port', '0', '--data', folder], {
    OPERATOR_PORT: 'off',
    LIMIT_ERRORS_MAX: '2000',
    GATEWAY_DATABASE_URL: postgres.url('record'),
  });
  gateway = await startGateway({ config, log: pino({ level: 'silent' }) });
}

interface Answer {
  readonly data: Record<string, { readonly nodes: readonly Record<string, unknown>[] } | readonly unknown[] | null>;
  readonly errors?: readonly {
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string; readonly rule?: string; readonly platform?: string };
  }[];
}

async function ask(query: string): Promise<Answer> {
  const identity = DEMO_IDENTITIES.find(({ name }) => name === 'hubei')!;
  const { header, value } = await createCredential(identity, keys, { lifeSeconds: 60, nowMs: Date.now() });
  const response = await fetch(gateway.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [header]: value },
    body: JSON.stringify({ query }),
  });
  return (await response.json()) as Answer;
}

/** Every field that a rule of the entity reads, as a selection. */
function selectionOf(rules: readonly EntityRule[]): string {
  const paths = new Set(rules.flatMap(pathsOf));
  const tree: Record<string, Set<string>> = {};
  for (const path of paths) {
    const [first = '', second] = path.split('.');
    tree[first] ??= new Set();
    if (second !== undefined) tree[first].add(second);
  }
  return Object.entries(tree)
    .map(([field, below]) => (below.size === 0 ? field : `${field} { ${[...below].join(' ')} }`))
    .join(' ');
}

function pathsOf(rule: EntityRule): readonly string[] {
  const conditions = [rule.when, 'iff' in rule ? rule.iff : null].flatMap((condition) => condition?.field ?? []);
  return [...rule.fields, ...conditions, ...('at' in rule && rule.at ? [rule.at] : [])];
}

/** Rules that an answer can be held to: their fields are leaves below the entity, and no `!` tells of a null already. */
function rulesToTell(entity: string): readonly EntityRule[] {
  return entityRules(entity).filter(
    (rule) => rule.gate === 'BOTH' && rule.kind !== 'unique' && pathsOf(rule).every((path) => isLeafPath(entity, path)),
  );
}

function isLeafPath(entity: string, path: string): boolean {
  const [first = '', second, third] = path.split('.');
  const type = schema.getType(entity);
  const field = isObjectType(type) ? type.getFields()[first] : undefined;
  const inner = field && getNamedType(field.type);
  if (!inner || third !== undefined) return false;
  return second === undefined ? !isObjectType(inner) : isObjectType(inner) && inner.getFields()[second] !== undefined;
}

describe('a platform that breaks the rules of the standard', () => {
  test.each(ENTITIES)('is told of every rule of %s that an answer can break', async (entity) => {
    const rules = rulesToTell(entity);
    expect(rules.length).toBeGreaterThan(2);
    const { data, errors = [] } = await ask(
      `{ ${PAGES[entity]}(within: "420300", first: 200) { nodes { ${selectionOf(rules)} } } }`,
    );
    const breaches = errors.filter(({ extensions }) => extensions.code === 'STANDARD_BREACH');
    const ruleIds = new Set(breaches.map(({ extensions }) => extensions.rule));
    // Rules of the newest version are observed while an older one is in force. A null for `!` has the rule TYPE.
    const enforced = rules.filter(
      ({ severity, since, kind }) => severity === 'ERROR' && since === '1' && kind !== 'required',
    );
    expect(enforced.filter(({ id }) => !ruleIds.has(id)).map(({ id }) => id)).toEqual([]);
    expect(new Set(breaches.map(({ extensions }) => extensions.platform))).toEqual(new Set(['municipal/420300']));
    expect(data[PAGES[entity]]).not.toBeNull();
    counted.push(...rules.filter(({ kind }) => kind !== 'required').map(({ id }) => id));
  });

  test('touches nobody else: the rows of others are those of an answer without it', async () => {
    const query =
      '{ facilities(within: "42", first: 100) { nodes { id kind name longitude latitude division { code } } } }';
    const beside = await ask(query);
    await gateway.stop();
    await start([]);
    const alone = await ask(query);
    await gateway.stop();
    await start([bad.entry]);
    const rows = (answer: Answer) =>
      (answer.data.facilities as { nodes: readonly ({ id: string } | null)[] }).nodes.filter((row) =>
        row?.id.startsWith('420106001-'),
      );
    expect(rows(alone)).toHaveLength(3);
    expect(rows(beside)).toEqual(rows(alone));
    expect(alone.errors?.filter(({ extensions }) => extensions.code === 'STANDARD_BREACH') ?? []).toEqual([]);
  });

  test('gives statistics that no sum holds: its figures are left out, and coverage names it', async () => {
    const { errors = [] } = await ask(
      '{ caseStatistics(within: "42", period: "2026-09") { counts { reported filed } } }',
    );
    expect(errors.some(({ extensions }) => extensions.platform === 'municipal/420300')).toBe(true);
  });

  test('ranks itself first by quality, and ends last', async () => {
    const { id, division, started } = {
      id: '420106003001-C-000001',
      division: '420106003001',
      started: '2026-01-15T08:00:00+08:00',
    };
    await good.seed(
      `insert into cases (id, division, category, source, status, flow_state, reported_at, paused_seconds, return_count,
         rework_count, extension_count) values ($1, $2, '10101', 'PATROL', 'REPORTED', 'REPORTED', $3, 0, 0, 0, 0)`,
      [id, division, started],
    );
    const { data } = await ask(
      `{ quality(within: "42", period: "2026", groupBy: [CITY]) { rank key { division { code } } } }`,
    );
    await good.seed('delete from cases');
    expect(data.quality).toEqual([
      { rank: 1, key: { division: { code: '420100' } } },
      { rank: 2, key: { division: { code: '420300' } } },
    ]);
  });

  test('has a finding for every rule, observed ones included', async () => {
    await gateway.stop();
    const client = new pg.Client({ connectionString: postgres.url('record') });
    await client.connect();
    const { rows } = await client.query(
      "select distinct rule from conformance.findings where platform = 'municipal/420300'",
    );
    await client.end();
    await start([bad.entry]);
    const rulesFound = new Set(rows.map(({ rule }) => rule));
    expect(counted.length).toBeGreaterThan(100);
    expect(counted.filter((id) => !rulesFound.has(id))).toEqual([]);
  });
});
