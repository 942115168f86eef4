import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type PlatformModule, startPlatform } from '@yiwang/platform';
import { provincial } from '@yiwang/provincial';
import { PASSPORT_HEADER, type PassportClaims, REFERENCE_VERSION_HEADER } from '@yiwang/schema';
import {
  type AskOptions,
  createTestPassport,
  startTestPlatform,
  type TestPlatform,
  testPassportKeys,
} from '@yiwang/scripts/testing/platform.ts';
import { supervision } from '@yiwang/supervision';
import pg from 'pg';
import type { NationalLoaders } from './loaders.ts';
import { national } from './module.ts';

let platform: TestPlatform;
/** Run once, before the next query of a loader. */
let interlude: (() => Promise<void>) | undefined;

const interrupted: PlatformModule<NationalLoaders> = {
  ...national,
  createLoaders: (context) =>
    national.createLoaders({
      ...context,
      db: {
        async query(name, sql, values) {
          const run = interlude;
          interlude = undefined;
          await run?.();
          return context.db.query(name, sql, values);
        },
      },
    }),
};
const MODULES = [interrupted, provincial, supervision];
const IDENTITY = { id: 'national/100000', name: '国家', tier: 'NATIONAL', division: '100000' } as const;
/** Each request reads the version. */
const LIMITS = { referenceVersionMs: 0 };
const REFERENCES = `query ($refs: [_Any!]!) { _entities(representations: $refs) {
  ... on Category { name parent { name children { code } } conditions { id description limit { amount unit } } }
  ... on Division { division: code name fullName level validFrom parent { name } successors { name }
    children { nodes { name } edges { cursor } totalCount pageInfo { hasNextPage endCursor } } } } }`;
const CATEGORY = { __typename: 'Category', code: '10101' };
const HUBEI = { __typename: 'Division', code: '420000' };
const ROOTS = `{ division(code: "420100") { name parent { name } } category(code: "10101") { name major { name } }
  categories { name } standards { id version } regulations(search: "条例") { title }
  evaluationSchemes { name indicators { term weightPercent } } }`;
const STRANGER: Partial<PassportClaims> = {
  tier: 'PUBLIC',
  division: '110101',
  roles: [],
  audience: 'open',
  scope: [],
  classes: ['OPEN'],
  unmasked: false,
};

beforeAll(async () => {
  platform = await startTestPlatform({ modules: MODULES, identity: IDENTITY, limits: LIMITS });
  await platform.seed(`
    insert into divisions (code, name, full_name, level, nominal, parent) values
      ('100000', '中华人民共和国', '中华人民共和国', 'COUNTRY', false, null),
      ('420000', '湖北省', '湖北省', 'PROVINCE', false, '100000'),
      ('420100', '武汉市', '湖北省武汉市', 'CITY', false, '420000');
    insert into categories values ('101', 'COMPONENT', '公用设施', false, null, null),
      ('10101', 'COMPONENT', '上水井盖', false, '101', '101');
    insert into filing_conditions values ('10101-1', '10101', 1, '破损', 2, 'URGENT_HOUR');
    insert into standards values ('yiwang', 0, '标准', '1', '2024-11-01', null);
    insert into regulations (id, title, kind, issuer) values ('a', '条例', 'REGULATION', '国务院');
    insert into evaluation_schemes values ('AREA', '区域', 'AREA', '区域');
    insert into scheme_indicators values ('AREA', 1, 'closed', 'x', 100, 'sure', null)`);
});

afterAll(() => platform.close());

async function versionOf(query: string, options: AskOptions = {}): Promise<string | null> {
  return (await platform.ask(query, options)).headers.get(REFERENCE_VERSION_HEADER);
}

function currentVersion(): Promise<string | null> {
  return versionOf('{ standards { id } }');
}

describe('an answer of reference data', () => {
  test.each<[string, string, Record<string, unknown>]>([
    ['entities', REFERENCES, { refs: [CATEGORY, HUBEI] }],
    ['root fields', ROOTS, {}],
  ])(
    'an answer of reference data from %s names their version, and is the same to everybody',
    async (_what, query, variables) => {
      const [mine, stranger] = await Promise.all([
        platform.ask(query, { variables }),
        platform.ask(query, { variables, passport: STRANGER }),
      ]);
      expect(mine.errors).toEqual([]);
      expect(stranger.data).toEqual(mine.data);
      expect(mine.headers.get(REFERENCE_VERSION_HEADER)).toMatch(/^[\w.:-]{1,64}$/);
      expect(stranger.headers.get(REFERENCE_VERSION_HEADER)).toBe(mine.headers.get(REFERENCE_VERSION_HEADER));
      expect(await currentVersion()).toBe(mine.headers.get(REFERENCE_VERSION_HEADER));
    },
  );

  test('an answer without rows is an answer of reference data as well', async () => {
    expect(await versionOf('{ category(code: "10102") { name } }')).toBe(await currentVersion());
  });
});

describe('no version is named by an answer', () => {
  test.each<[string, string, object[]?]>([
    ['with a list that begins at the jurisdiction of the caller', '{ divisions { totalCount } }'],
    ['with orders of the supervision', '{ supervisionOrders { totalCount } }'],
    ['with inspections of the tier', '{ inspections { totalCount } }'],
    ['with both', '{ standards { id } supervisionOrder(id: "420000-1") { id } }'],
    [
      'with a field that another module adds to a division',
      '{ division(code: "420000") { name evaluations(period: "2026") { scheme } } }',
    ],
    [
      'with such a field further down',
      '{ division(code: "420100") { parent { evaluations(period: "2026") { scheme } } } }',
    ],
    [
      'with such a field of an entity',
      'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Division { name evaluations(period: "2026") { scheme } } } }',
      [HUBEI],
    ],
    [
      'with an entity whose rows are narrowed to the scope',
      'query ($refs: [_Any!]!) { _entities(representations: $refs) { __typename ... on Category { name } } }',
      [CATEGORY, { __typename: 'Inspection', id: '420000-I-1' }],
    ],
    ['about the schema', '{ _service { sdl } }'],
  ])('%s', async (_what, query, refs = []) => {
    const { errors, headers } = await platform.ask(query, { variables: { refs } });
    expect(errors).toEqual([]);
    expect(headers.has(REFERENCE_VERSION_HEADER)).toBe(false);
  });

  test.each<[string, string, AskOptions?]>([
    ['in a field', '{ standards { id } division(code: "420000") { children(first: -1) { totalCount } } }'],
    ['of a value', '{ standards { id } category(code: "nonsense") { name } }'],
    ['of the question', '{ standards { nonsense } }'],
    ['for want of a passport', '{ standards { id } }', { passport: null }],
    ['for want of time', '{ standards { id } }', { headers: { 'x-yiwang-deadline': '0' } }],
  ])('no version is named by an answer with an error %s', async (_what, query, options = {}) => {
    const { errors, headers } = await platform.ask(query, options);
    expect(errors.length).toBeGreaterThan(0);
    expect(headers.has(REFERENCE_VERSION_HEADER)).toBe(false);
  });
});

describe('the version', () => {
  const CHANGES: Readonly<Record<string, string>> = {
    divisions: "insert into divisions (code, name, full_name, level, nominal) values ('1', '', '', 'CITY', false)",
    city_clusters: "insert into city_clusters values ('b', 1, '', '{}', '', 'sure', null)",
    categories: "insert into categories values ('199', 'COMPONENT', '', true, null, null)",
    category_counterparts: "insert into category_counterparts values ('199', '4010101')",
    filing_conditions: "insert into filing_conditions values ('b', '199', 1, '', 1, 'WORKDAY')",
    standards: "insert into standards values ('b', 1, '', '1', '2024-11-01', null)",
    regulations: "insert into regulations (id, title, kind, issuer) values ('b', '', 'LAW', '')",
    evaluation_schemes: "insert into evaluation_schemes values ('b', '', '', '')",
    scheme_indicators: "insert into scheme_indicators values ('b', 1, '', '', 1, 'sure', null)",
  };

  const KEYS: Readonly<Record<string, string>> = {
    divisions: 'code',
    categories: 'code',
    category_counterparts: 'category',
    scheme_indicators: 'scheme',
  };

  test.each(Object.keys(CHANGES))(
    'the version of reference data is another after every change of %s',
    async (table) => {
      const key = KEYS[table] ?? 'id';
      const statements = [CHANGES[table]!, `update ${table} set ${key} = ${key}`, `delete from ${table}`];
      const versions = [await currentVersion()];
      for (const statement of [...statements, `truncate ${table}`]) {
        await platform.seed(statement);
        versions.push(await currentVersion());
      }
      expect(versions).not.toContain(null);
      expect(new Set(versions).size).toBe(5);
      expect(await currentVersion()).toBe(versions.at(-1));
    },
  );

  test('the version of reference data leaves out no table that the module has', async () => {
    const alone = await startTestPlatform({ modules: [national], identity: IDENTITY });
    const client = await connect(alone.ownerUrl);
    const { rows } = await client.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'public' order by 1",
    );
    await client.end();
    await alone.close();
    const own = ['applied_migrations', 'reference_state', 'reference_versions'];
    expect(rows.map(({ name }) => name)).toEqual([...Object.keys(CHANGES), ...own].sort());
  });

  test('the version of reference data comes with the change: neither before its commit nor after a rollback', async () => {
    const before = await currentVersion();
    const client = await connect(platform.ownerUrl);
    await client.query("begin; insert into standards values ('open', 1, '', '1', '2024-11-01', null)");
    expect(await currentVersion()).toBe(before);
    await client.query('rollback');
    expect(await currentVersion()).toBe(before);
    await client.query("begin; insert into standards values ('open', 1, '', '1', '2024-11-01', null); commit");
    expect(await currentVersion()).not.toBe(before);
    await client.end();
  });

  test('the version of reference data is never newer than the data that it is named with', async () => {
    const before = await currentVersion();
    interlude = () => platform.seed("insert into categories values ('10102', 'COMPONENT', '新', true, null, null)");
    const { data, headers } = await platform.ask('{ category(code: "10102") { name } }');
    expect(data).toEqual({ category: { name: '新' } });
    expect(headers.get(REFERENCE_VERSION_HEADER)).toBe(before);
    expect(await currentVersion()).not.toBe(before);
  });

  test('the version of reference data is the same on every server of the database', async () => {
    const replica = await startPlatform({
      identity: IDENTITY,
      modules: [national, provincial, supervision],
      databaseUrl: platform.ownerUrl,
      passportKeys: await testPassportKeys(),
      limits: LIMITS,
    });
    const replicaVersion = async () => {
      const response = await fetch(replica.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', [PASSPORT_HEADER]: await createTestPassport(IDENTITY.id) },
        body: JSON.stringify({ query: '{ standards { id } }' }),
      });
      return response.headers.get(REFERENCE_VERSION_HEADER);
    };
    const before = await replicaVersion();
    expect(before).toEqual(expect.any(String));
    expect(await currentVersion()).toBe(before);
    await platform.seed('delete from regulations');
    const after = await replicaVersion();
    expect(after).not.toBe(before);
    expect(await currentVersion()).toBe(after);
    await replica.close();
  });

  test('the version of reference data is another in another database, and unknown in one that lost it', async () => {
    const other = await startTestPlatform({ modules: MODULES, identity: IDENTITY, limits: LIMITS });
    const ask = async () => (await other.ask('{ standards { id } }')).headers.get(REFERENCE_VERSION_HEADER);
    expect(await ask()).not.toBe(await currentVersion());
    await other.seed('delete from reference_state');
    expect(await ask()).toBeNull();
    await other.close();
  });
});

async function connect(connectionString: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  return client;
}
