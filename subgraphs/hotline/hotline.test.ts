import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { SUBGRAPH_HEADER } from '@yiwang/schema';
import { startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import { caseRow, insertRows } from '../municipal/fixtures/rows.ts';
import { municipal } from '../municipal/module.ts';
import { requestRow } from './fixtures/rows.ts';
import { hotline } from './module.ts';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform({ modules: [municipal, hotline] });
  let serial = 0;
  const rows = (division: string, requests: number, cases: number) => ({
    requests: Array.from({ length: requests }, () => requestRow(++serial, { division })),
    cases: Array.from({ length: cases }, () => caseRow(++serial, { division })),
  });
  const streets = [
    rows('420106001001', 9, 9),
    rows('420106002001', 9, 1),
    rows('420106003001', 1, 9),
    rows('420106004001', 1, 1),
  ];
  await insertRows(
    platform,
    'requests',
    streets.flatMap((street) => street.requests),
  );
  await insertRows(
    platform,
    'cases',
    streets.flatMap((street) => street.cases),
  );
  await insertRows(platform, 'requests', [
    requestRow(++serial, { received_at: '2026-09-30T23:59:59+08:00', category: '4020101' }),
    requestRow(++serial, { division: '420102001001', category: '4020101' }),
  ]);
  await insertRows(platform, 'monthly_topics', TOPICS);
  await insertRows(platform, 'monthly_topic_categories', [
    { topic: '420100-T-1', division: '420100', category: '40101' },
    { topic: '420100-T-1', division: '420100', category: '4010101' },
    { topic: '420100-T-2', division: '420100', category: '40201' },
    { topic: '420100-T-3', division: '420100', category: '40201' },
    { topic: '420500-T-1', division: '420500', category: '40201' },
  ]);
});
afterAll(() => platform.close());

const TOPICS = [
  { id: '420100-T-1', division: '420100', month: '2026-10', title: '积水', category: '40101', lead: null },
  { id: '420100-T-2', division: '420100', month: '2026-10', title: '停车', category: '40201', lead: null },
  { id: '420100-T-3', division: '420100', month: '2026-09', title: '停车', category: '40201', lead: null },
  { id: '420500-T-1', division: '420500', month: '2026-10', title: '停车', category: '40201', lead: null },
];

describe('hotspots', () => {
  test('hotspots set streets into quadrants by what hotline and patrol find', async () => {
    const { data, errors } = await platform.ask(
      '{ hotspots(within: "420106", period: "2026-10") { key { division { code } } requests cases quadrant } }',
    );
    expect(errors).toEqual([]);
    expect(data.hotspots).toEqual([
      { key: { division: { code: '420106001' } }, requests: 9, cases: 9, quadrant: 'BOTH_HIGH' },
      { key: { division: { code: '420106002' } }, requests: 9, cases: 1, quadrant: 'HOTLINE_HIGH' },
      { key: { division: { code: '420106003' } }, requests: 1, cases: 9, quadrant: 'GRID_HIGH' },
      { key: { division: { code: '420106004' } }, requests: 1, cases: 1, quadrant: 'BOTH_LOW' },
    ]);
  });

  test('hotspots go by the month at +08:00', async () => {
    const { data } = await platform.ask(
      '{ hotspots(period: "2026", groupBy: [MONTH]) { key { month } requests cases } }',
    );
    expect(data.hotspots).toEqual([
      { key: { month: '2026-09' }, requests: 1, cases: 0 },
      { key: { month: '2026-10' }, requests: 21, cases: 20 },
    ]);
  });

  test('hotspots without rows are one empty group if there are no dimensions', async () => {
    const { data } = await platform.ask('{ hotspots(period: "2020", groupBy: []) { requests cases quadrant } }');
    expect(data.hotspots).toEqual([{ requests: 0, cases: 0, quadrant: 'BOTH_LOW' }]);
  });
});

describe('a server of both subgraphs', () => {
  const HOTSPOTS = '{ hotspots(within: "420106", period: "2026-10", groupBy: []) { requests cases } }';
  const askedFor = async (subgraph: string) =>
    (await platform.ask(HOTSPOTS, { headers: { [SUBGRAPH_HEADER]: subgraph } })).data.hotspots;

  test('counts the rows of the subgraph that the gateway names alone, and of both for whoever names none', async () => {
    expect(await askedFor('hotline')).toEqual([{ requests: 20, cases: 0 }]);
    expect(await askedFor('municipal')).toEqual([{ requests: 0, cases: 20 }]);
    expect((await platform.ask(HOTSPOTS)).data.hotspots).toEqual([{ requests: 20, cases: 20 }]);
    expect(await askedFor('supervision')).toEqual([{ requests: 20, cases: 20 }]);
  });
});

describe('rights to requests', () => {
  const ID = '420100-R-000001';
  const asked = async (scope: readonly string[]) => {
    const { data, errors } = await platform.ask(
      `{ request(id: "${ID}") { division { code } stages { action } } requests { totalCount nodes { id } }
        requestStatistics(period: "2026") { counts { received } } }`,
      { passport: { scope } },
    );
    expect(errors).toEqual([]);
    return data;
  };
  const correct = (division: string) =>
    platform.seed('update requests set division = $2 where id = $1', [ID, division]);

  test('go by the division that the row has, whatever its id, and follow when it is corrected', async () => {
    await platform.seed(
      `insert into request_stages (request_id, seq, division, action, at) values ($1, 1, '420106001001', 'RECEIVE', now())`,
      [ID],
    );
    const [street, other] = [['420106001', '420106002'] as const, ['420102', '420103'] as const];
    const before = [await asked(street), await asked(other)];
    expect(before).toMatchObject([
      { request: { division: { code: '420106001001' }, stages: [{ action: 'RECEIVE' }] }, requests: { totalCount: 9 } },
      { request: null, requests: { totalCount: 1 }, requestStatistics: [{ counts: { received: 1 } }] },
    ]);
    await correct('420102001001');
    try {
      expect([await asked(street), await asked(other)]).toMatchObject([
        { request: null, requests: { totalCount: 8 }, requestStatistics: [{ counts: { received: 8 } }] },
        {
          request: { division: { code: '420102001001' }, stages: [{ action: 'RECEIVE' }] },
          requests: { totalCount: 2 },
        },
      ]);
    } finally {
      await correct('420106001001');
    }
  });
});

describe('monthly topics', () => {
  const asked = (args: string, scope?: readonly string[]) =>
    platform
      .ask(`{ monthlyTopics(${args}) { id month requests rank } }`, scope ? { passport: { scope } } : {})
      .then(({ data, errors }) => {
        expect(errors).toEqual([]);
        return data.monthlyTopics;
      });

  test('monthly topics count each request of their classes once, in their month and city', async () => {
    expect(await asked('month: "2026-10"')).toEqual([
      { id: '420100-T-1', month: '2026-10', requests: 20, rank: 1 },
      { id: '420100-T-2', month: '2026-10', requests: 1, rank: 2 },
      { id: '420500-T-1', month: '2026-10', requests: 0, rank: 3 },
    ]);
  });

  test('monthly topics of a city are given to its district, with the requests of the district', async () => {
    const ofDistrict = [
      { id: '420100-T-1', month: '2026-10', requests: 0, rank: 2 },
      { id: '420100-T-2', month: '2026-10', requests: 1, rank: 1 },
    ];
    expect(await asked('within: "420102", month: "2026-10"')).toEqual(ofDistrict);
    expect(await asked('month: "2026-10"', ['420102', '420103'])).toEqual(ofDistrict);
  });

  test('monthly topics are those of all months of a longer period', async () => {
    const topics: { id: string }[] = await asked('within: "420100", month: "2026-09-01/2026-11-01"');
    expect(topics.map(({ id }) => id)).toEqual(['420100-T-1', '420100-T-2', '420100-T-3']);
  });
});
