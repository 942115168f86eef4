import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { divisions, encodePosition } from '@yiwang/schema';
import { standards } from '@yiwang/schema/standard';
import { startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import { type LoggedQuery, logLoaderQueries } from '@yiwang/scripts/testing/query-log.ts';
import pg from 'pg';
import { national } from './module.ts';
import { seedReference } from './seed.ts';

let platform: TestPlatform;
const queries: LoggedQuery[] = [];

beforeAll(async () => {
  platform = await startTestPlatform({
    modules: [logLoaderQueries(national, queries)],
    identity: { id: 'national/100000', tier: 'NATIONAL', division: '100000' },
  });
  await seed();
});

afterAll(() => platform.close());

beforeEach(() => {
  queries.length = 0;
});

async function seed(version?: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: platform.ownerUrl });
  await client.connect();
  try {
    return await seedReference(client, version);
  } finally {
    await client.end();
  }
}

async function ask(query: string, passport = {}) {
  const { data, errors } = await platform.ask(query, { passport });
  expect(errors).toEqual([]);
  return data;
}

describe('seeding', () => {
  test('seeding leaves what is there in this version, and replaces it for another', async () => {
    expect(await seed()).toEqual([]);
    expect(await seed('another')).toEqual([
      'divisions',
      'clusters',
      'categories',
      'standards',
      'regulations',
      'schemes',
    ]);
    const { divisions: page } = await ask('{ divisions(within: "100000") { totalCount } }');
    expect(page.totalCount).toBe(
      divisions()
        .all()
        .filter((row) => !row.nominal).length,
    );
  });
});

describe('division', () => {
  test('the division resolver has its names, level and validity', async () => {
    const data = await ask(`{
      street: division(code: "420106003") { code name fullName level nominal validFrom validTo }
      country: division(code: "100000") { name fullName level parent { code } }
    }`);
    expect(data.street).toEqual({
      code: '420106003',
      name: divisions().get('420106003')?.name,
      fullName: `湖北省武汉市武昌区${divisions().get('420106003')?.name}`,
      level: 'STREET',
      nominal: false,
      validFrom: null,
      validTo: null,
    });
    expect(data.country).toEqual({
      name: '中华人民共和国',
      fullName: '中华人民共和国',
      level: 'COUNTRY',
      parent: null,
    });
  });

  test('a nominal level shows the province name and is passed over, upwards and downwards', async () => {
    const data = await ask(`{
      beijing: division(code: "110000") { children { nodes { code parent { code } fullName } totalCount } }
      nominal: division(code: "110100") { name nominal fullName parent { code } }
      hubei: division(code: "420000") { children { nodes { code } totalCount } }
      xiantao: division(code: "429004") { level parent { code } children(first: 1) { nodes { level } } }
    }`);
    expect(data.beijing.children.totalCount).toBe(16);
    expect(data.beijing.children.nodes[0]).toEqual({
      code: '110101',
      parent: { code: '110000' },
      fullName: '北京市东城区',
    });
    expect(data.nominal).toEqual({ name: '北京市', nominal: true, fullName: '北京市', parent: { code: '110000' } });
    expect(data.hubei.children.totalCount).toBe(17);
    expect(data.hubei.children.nodes.slice(-4)).toEqual(
      ['429004', '429005', '429006', '429021'].map((code) => ({ code })),
    );
    expect(data.xiantao).toEqual({
      level: 'COUNTY',
      parent: { code: '420000' },
      children: { nodes: [{ level: 'STREET' }] },
    });
  });

  test('a city without counties has its streets below it', async () => {
    const { division } = await ask(
      '{ division(code: "441900") { level children(first: 2) { nodes { level parent { code } } totalCount } } }',
    );
    const street = { level: 'STREET', parent: { code: '441900' } };
    expect(division).toEqual({ level: 'CITY', children: { nodes: [street, street], totalCount: 36 } });
  });

  test('a former code is still known, with its successors', async () => {
    const { division } = await ask('{ division(code: "110104") { name validTo successors { code name } } }');
    expect(division).toEqual({
      name: '宣武区',
      validTo: '2010-07-01',
      successors: [{ code: '110102', name: '西城区' }],
    });
  });

  test('a community that the table does not hold is null, a code that cannot be is refused', async () => {
    expect(await ask('{ division(code: "421002001999") { name } }')).toEqual({ division: null });
    const { data, errors } = await platform.ask('{ division(code: "999999") { name } }');
    expect(data?.division ?? null).toBeNull();
    expect(errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  test('hundreds of references and their parents take one query each level', async () => {
    const codes = divisions()
      .all()
      .slice(0, 700)
      .map(({ code }) => code);
    const { data, errors } = await platform.ask(
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Division { code name parent { name } } } }`,
      { variables: { refs: [...codes, '999999'].map((code) => ({ __typename: 'Division', code })) } },
    );
    expect(errors).toEqual([]);
    expect(data._entities.map((row: { code: string } | null) => row?.code)).toEqual([...codes, undefined]);
    expect(queries.length).toBeLessThanOrEqual(2);
  });

  test('the children of many divisions take one query', async () => {
    const data = await ask(`{ divisions(within: "420000", level: CITY) { nodes {
      code children(first: 2) { nodes { code } pageInfo { hasNextPage } totalCount } } } }`);
    expect(data.divisions.nodes).toHaveLength(13);
    expect(data.divisions.nodes[0].children.nodes).toEqual([{ code: '420102' }, { code: '420103' }]);
    expect(data.divisions.nodes[0].children.pageInfo.hasNextPage).toBe(true);
    expect(queries).toHaveLength(2);
  });
});

describe('lists of divisions', () => {
  test('lists of divisions begin at the jurisdiction of the caller if no division is named', async () => {
    const { divisions: page } = await ask('{ divisions(first: 2) { nodes { code } } }', { division: '420100' });
    expect(page.nodes).toEqual([{ code: '420100' }, { code: '420102' }]);
  });

  test('lists of divisions go from page to page without a gap, and hide nominal and former rows', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { divisions: page } = await ask(
        `{ divisions(within: "110000", level: COUNTY, first: 7, after: ${JSON.stringify(after)}) {
          nodes { code } totalCount pageInfo { hasNextPage endCursor } } }`,
      );
      expect(page.totalCount).toBe(16);
      seen.push(...page.nodes.map((node: { code: string }) => node.code));
      after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(
      divisions()
        .visibleChildren('110000')
        .map(({ code }) => code),
    );
  });

  test('search takes names, beginnings of codes, and a hidden row by its very code', async () => {
    const codes = async (search: string, within = '100000') => {
      const { divisions: page } = await ask(
        `{ divisions(within: "${within}", search: ${JSON.stringify(search)}, first: 5) { nodes { code } } }`,
      );
      return page.nodes.map((node: { code: string }) => node.code);
    };
    expect(await codes('武昌区')).toEqual(['420106']);
    expect(await codes('11010202', '110102')).toEqual(
      ['110102020', ...(await codes('110102020')).slice(1)].slice(0, 5),
    );
    expect(await codes('110100')).toEqual(['110100']);
    expect(await codes('110104')).toEqual(['110104']);
    expect(await codes('直辖县级')).toEqual([]);
    expect(await codes('%')).toEqual([]);
  });

  test('children go on after a cursor, and refuse one that is not theirs', async () => {
    const page = async (after: string) =>
      platform.ask(`{ division(code: "420100") { children(first: 1, after: "${after}") { nodes { code } } } }`);
    const first = await ask('{ division(code: "420100") { children(first: 1) { pageInfo { endCursor } } } }');
    const next = await page(first.division.children.pageInfo.endCursor);
    expect(next.data.division.children.nodes).toEqual([{ code: '420103' }]);
    const foreign = encodePosition({ order: 'ISSUED_AT:DESC', value: null, division: '420100', id: 'x' });
    for (const cursor of ['nonsense', foreign]) {
      expect((await page(cursor)).errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    }
    const tooMany = await platform.ask('{ division(code: "420100") { children(first: 1001) { nodes { code } } } }');
    expect(tooMany.errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });
});

describe('categories', () => {
  test('categories have their place in the tree and their conditions with limits', async () => {
    const { category } = await ask(`{ category(code: "10101") {
      kind name local major { name major { code } } parent { code } children { code }
      conditions { id limit { amount unit } } } }`);
    expect(category).toMatchObject({
      kind: 'COMPONENT',
      name: '上水井盖',
      local: false,
      major: { name: '公用设施', major: null },
      parent: { code: '101' },
      children: [],
    });
    expect(category.conditions[0]).toEqual({ id: '10101-1', limit: { amount: 2, unit: 'URGENT_HOUR' } });
  });

  test('categories are listed by kind, and an unknown one is null', async () => {
    const data = await ask('{ categories(kind: EVENT) { code kind conditions { id } } all: categories { code } }');
    expect(new Set(data.categories.map((row: { kind: string }) => row.kind))).toEqual(new Set(['EVENT']));
    expect(data.categories.filter((row: { code: string }) => row.code.length === 5)).toHaveLength(98);
    expect(data.all.length).toBeGreaterThan(data.categories.length);
    expect(queries).toEqual([expect.objectContaining({ name: expect.stringMatching(/^filing_conditions/) })]);
    const unknown = await platform.ask('{ category(code: "10100") { name } }');
    expect(unknown.data?.category ?? null).toBeNull();
  });
});

test('standards, regulations and schemes are those of the standard', async () => {
  const data = await ask(`{
    standards { id version effectiveFrom effectiveTo }
    regulations(search: "政务数据共享条例") { id title number issuer issuedOn effectiveFrom }
    evaluationSchemes { id name object objectName indicators { term weightPercent certainty } } }`);
  expect(data.standards[0]).toEqual({
    id: 'yiwang',
    version: expect.any(String),
    effectiveFrom: standards()[0]!.effectiveFrom,
    effectiveTo: null,
  });
  expect(data.regulations).toContainEqual(
    expect.objectContaining({ id: 'order-809', number: '国务院令第809号', effectiveFrom: '2025-08-01' }),
  );
  const hotline = data.evaluationSchemes.find((scheme: { id: string }) => scheme.id === 'HOTLINE-3R');
  expect(hotline.indicators.map((row: { weightPercent: number }) => row.weightPercent)).toEqual([10, 50, 40]);
  expect(queries).toHaveLength(1);
});

test('a regulation tells its status and what replaced it, a class what the other side calls it', async () => {
  const { regulations: rows, category } = await ask(`{
    regulations(search: "CJ/T 315") { status successor { id status successor { id } } }
    category(code: "10101") { counterparts { code kind name counterparts { code } } } }`);
  expect(rows).toEqual([
    { status: 'REPLACED', successor: { id: 'gb-t-30428.8', status: 'IN_FORCE', successor: null } },
  ]);
  expect(category.counterparts).toEqual([
    {
      code: '4020102',
      kind: 'HOTLINE',
      name: '井盖缺失破损',
      counterparts: expect.arrayContaining([{ code: '10101' }, { code: '10102' }]),
    },
  ]);
});
