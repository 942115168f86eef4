import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCreditCode } from '@yiwang/schema';
import { startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import { exchange } from './module.ts';

let platform: TestPlatform;

/** Registered by the ministry, at work in Hubei and Henan. */
const BUREAU = createCreditCode('11', '100000', 'MB000001');
const CITY = createCreditCode('11', '420100', 'MB000002');
/** A district's department that the city registered. */
const DISTRICT = createCreditCode('11', '420100', 'MB000003');
const OLD = createCreditCode('11', '420106', 'MB000004');
const BEIJING = createCreditCode('11', '110000', 'MB000005');
const UNKNOWN = createCreditCode('11', '110000', 'MB000006');

beforeAll(async () => {
  platform = await startTestPlatform({
    modules: [exchange],
    identity: { id: 'exchange/100000', tier: 'NATIONAL', division: '100000' },
  });
  await platform.seed(`insert into organisations values
    ('${BUREAU}', '专员办', '100000', '{420000,410000}', 'NATIONAL', null, null, null, null),
    ('${CITY}', '城市管理局', '420100', '{420100}', 'MUNICIPAL', '${BUREAU}', null, null, null),
    ('${DISTRICT}', '城市管理局', '420106', '{420106}', 'DISTRICT', '${CITY}', '2019-03-01', null, null),
    ('${OLD}', '城市管理局_旧', '420106', '{420106}', 'DISTRICT', null, null, '2019-03-01', '${DISTRICT}'),
    ('${BEIJING}', '城市管理委员会', '110000', '{110000}', 'MUNICIPAL', null, null, null, null)`);
});

afterAll(() => platform.close());

async function codes(filter: string): Promise<string[]> {
  const { data, errors } = await platform.ask(`{ organisations${filter} { nodes { code } totalCount } }`);
  expect(errors).toEqual([]);
  const { nodes, totalCount } = data.organisations;
  expect(totalCount).toBe(nodes.length);
  return nodes.map(({ code }: { code: string }) => code);
}

const sorted = (...list: string[]) => [...list].sort();

describe('the organisation directory', () => {
  test('organisations are found by name, and two with one name are two', async () => {
    expect(await codes('(search: "城市管理局")')).toEqual(sorted(CITY, DISTRICT, OLD));
    expect(await codes('(search: "城市管理局_")')).toEqual([OLD]);
    expect(await codes(`(search: "${BUREAU.slice(0, 12)}")`)).toEqual([BUREAU]);
    expect(await codes('(search: "%")')).toEqual([]);
  });

  test('organisations are found by the division that runs them, not by who registered them', async () => {
    expect(await codes('(within: "420106")')).toEqual(sorted(DISTRICT, OLD));
    expect(await codes('(within: "100000")')).toHaveLength(5);
    expect(await codes('')).toHaveLength(5);
  });

  test('organisations that serve a division are those of all tiers that serve it or what it lies in', async () => {
    expect(await codes('(serving: "420106003")')).toEqual(sorted(BUREAU, CITY, DISTRICT, OLD));
    expect(await codes('(serving: "410100")')).toEqual([BUREAU]);
    expect(await codes('(serving: "110101", within: "110000")')).toEqual([BEIJING]);
    expect(await codes('(serving: "500000")')).toEqual([]);
  });

  test('an organisation names its row, its superior and its successor by their codes', async () => {
    const { data } = await platform.ask(`{ organisations(search: "${OLD}") { nodes {
      name division { code } serves { code } tier parent { code } validFrom validTo successor { code } department { code } } } }`);
    expect(data.organisations.nodes).toEqual([
      {
        ...{ name: '城市管理局_旧', division: { code: '420106' }, serves: [{ code: '420106' }], tier: 'DISTRICT' },
        ...{ parent: null, validFrom: null, validTo: '2019-03-01', successor: { code: DISTRICT } },
        department: { code: OLD },
      },
    ]);
  });

  test('a department is led on to its superiors and its successor, however many there are', async () => {
    const { data, errors } = await platform.ask(
      `query ($of: [_Any!]!) { _entities(representations: $of) { ... on Department {
        parent { code parent { code parent { code } } } successor { code parent { code } } } } }`,
      { variables: { of: [DISTRICT, OLD, BUREAU, UNKNOWN].map((code) => ({ __typename: 'Department', code })) } },
    );
    expect(errors).toEqual([]);
    expect(data._entities).toEqual([
      { parent: { code: CITY, parent: { code: BUREAU, parent: null } }, successor: null },
      { parent: null, successor: { code: DISTRICT, parent: { code: CITY } } },
      { parent: null, successor: null },
      { parent: null, successor: null },
    ]);
  });

  test('the open audience may read it, page by page, within any scope', async () => {
    const open = { passport: { audience: 'open', classes: ['OPEN'], tier: 'PUBLIC', scope: [] } } as const;
    const query = `query ($after: String) { organisations(first: 3, after: $after) {
      edges { cursor node { code } } pageInfo { hasNextPage endCursor } } }`;
    const first = (await platform.ask(query, open)).data.organisations;
    expect([first.edges.length, first.pageInfo.hasNextPage]).toEqual([3, true]);
    const rest = (await platform.ask(query, { ...open, variables: { after: first.pageInfo.endCursor } })).data;
    const all = [...first.edges, ...rest.organisations.edges].map(({ node }: { node: { code: string } }) => node.code);
    expect(all).toEqual(sorted(BUREAU, CITY, DISTRICT, OLD, BEIJING));
  });
});
