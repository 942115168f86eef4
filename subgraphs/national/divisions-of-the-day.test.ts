/** Divisions over time in the graph: what a code was on a day, what happened to it, and city clusters. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import pg from 'pg';
import { national } from './module.ts';
import { seedReference } from './seed.ts';

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startTestPlatform({
    modules: [national],
    identity: { id: 'national/100000', tier: 'NATIONAL', division: '100000' },
  });
  const client = new pg.Client({ connectionString: platform.ownerUrl });
  await client.connect();
  await seedReference(client);
  await client.end();
});

afterAll(() => platform.close());

async function ask(query: string) {
  const { data, errors } = await platform.ask(query);
  expect(errors).toEqual([]);
  return data;
}

describe('a division on a day', () => {
  test('a code resolves by date: to its name, parent and whole name of the day, and to null when it was not in force', async () => {
    const data = await ask(`{
      before: division(code: "420600", on: "2010-12-08") { name fullName children(first: 2) { nodes { code fullName } } }
      after: division(code: "420600", on: "2010-12-09") { name fullName }
      county: division(code: "371202", on: "2018-12-25") { name fullName validTo parent { code name parent { code } } }
      ended: division(code: "371202", on: "2018-12-26") { name }
      notYet: division(code: "110118", on: "2015-11-12") { name }
      begun: division(code: "110118", on: "2015-11-13") { name validFrom predecessors { code name } }
    }`);
    expect(data).toEqual({
      before: {
        name: '襄樊市',
        fullName: '湖北省襄樊市',
        children: {
          nodes: [
            { code: '420602', fullName: '湖北省襄樊市襄城区' },
            { code: '420606', fullName: '湖北省襄樊市樊城区' },
          ],
        },
      },
      after: { name: '襄阳市', fullName: '湖北省襄阳市' },
      county: {
        name: '莱城区',
        fullName: '山东省莱芜市莱城区',
        validTo: '2018-12-26',
        parent: { code: '371200', name: '莱芜市', parent: { code: '370000' } },
      },
      ended: null,
      notYet: null,
      begun: { name: '密云区', validFrom: '2015-11-13', predecessors: [{ code: '110228', name: '密云县' }] },
    });
  });

  test('the children of a day are those in force on it, page by page', async () => {
    const children = (on: string, after?: string) =>
      ask(`{ division(code: "371200", on: "${on}") { children(first: 1${after ? `, after: "${after}"` : ''}) {
        nodes { code name } totalCount pageInfo { hasNextPage endCursor } } } }`);
    const first = (await children('2015-01-01')).division.children;
    expect(first).toMatchObject({ nodes: [{ code: '371202', name: '莱城区' }], totalCount: 2 });
    expect(first.pageInfo.hasNextPage).toBe(true);
    const second = (await children('2015-01-01', first.pageInfo.endCursor)).division.children;
    expect(second).toMatchObject({ nodes: [{ code: '371203' }], pageInfo: { hasNextPage: false } });
    const beijing = (on: string) =>
      ask(`{ division(code: "110000", on: "${on}") { children { nodes { code } totalCount } } }`);
    const codesOf = async (on: string) =>
      (await beijing(on)).division.children.nodes.map((node: { code: string }) => node.code);
    expect(await codesOf('2015-11-12')).toEqual(expect.arrayContaining(['110228', '110229']));
    expect(await codesOf('2015-11-12')).not.toContain('110118');
    expect(await codesOf('2015-11-13')).toEqual(expect.arrayContaining(['110118', '110119']));
    expect((await beijing('2000-01-01')).division.children.totalCount).toBe(18);
  });

  test('a street of a former county has the name of the street that has its place', async () => {
    const data = await ask(`{
      known: division(code: "110228001") { name fullName level validTo parent { name } successors { code } }
      unknown: division(code: "110103001") { name parent { name } successors { code } }
    }`);
    expect(data.known).toEqual({
      name: '鼓楼街道',
      fullName: '北京市密云县鼓楼街道',
      level: 'STREET',
      validTo: '2015-11-13',
      parent: { name: '密云县' },
      successors: [{ code: '110118001' }],
    });
    expect(data.unknown).toEqual({ name: '崇文区001', parent: { name: '崇文区' }, successors: [{ code: '110101' }] });
  });
});

describe('the events of a division', () => {
  test('each event names what was before and after, as it was on the day, and how sure that is', async () => {
    const { division } = await ask(`{ division(code: "340225") {
      name validFrom validTo events { kind on precision certainty basis from { code name } to { code name } } } }`);
    expect(division).toMatchObject({ name: '无为县', validFrom: '2011-08-22', validTo: '2019-12-31' });
    expect(division.events.map(({ kind, on, precision }: Record<string, string>) => [kind, on, precision])).toEqual([
      ['RECODE', '2011-08-22', 'DAY'],
      ['SPLIT', '2011-08-22', 'DAY'],
      ['RECODE', '2019-12-31', 'MONTH'],
    ]);
    expect(division.events[2]).toMatchObject({
      certainty: 'memory',
      from: [{ code: '340225', name: '无为县' }],
      to: [{ code: '340281', name: '无为市' }],
    });
    const renamed = await ask('{ division(code: "420600") { events { kind from { name } to { name } } } }');
    expect(renamed.division.events).toEqual([{ kind: 'RENAME', from: [{ name: '襄樊市' }], to: [{ name: '襄阳市' }] }]);
    expect((await ask('{ division(code: "420106") { events { kind } } }')).division.events).toEqual([]);
  });
});

test('city clusters name their members and the plan that they come from', async () => {
  const { cityClusters } = await ask('{ cityClusters { id name source certainty members { code name level } } }');
  const circle = cityClusters.find(({ id }: { id: string }) => id === 'wuhan-city-circle');
  expect(circle).toMatchObject({ name: '武汉城市圈', certainty: 'memory' });
  expect(circle.members).toHaveLength(9);
  expect(circle.members.slice(-2)).toEqual([
    { code: '429005', name: '潜江市', level: 'COUNTY' },
    { code: '429006', name: '天门市', level: 'COUNTY' },
  ]);
});
