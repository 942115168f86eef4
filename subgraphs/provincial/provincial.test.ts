import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { type ProvincialWorld, startProvincialWorld, WUHAN } from './fixtures/provincial-world.ts';

let world: ProvincialWorld;

beforeAll(async () => {
  world = await startProvincialWorld();
});

afterAll(() => world.platform.close());

beforeEach(() => {
  world.queries.length = 0;
});

const ask: ProvincialWorld['ask'] = (query, options) => world.ask(query, options);

describe('evaluations', () => {
  const KEYS = 'scheme key { division { code } month }';

  test('evaluations come in the order of scheme, division and month, for the months that lie in the period', async () => {
    const keysIn = async (period: string, more = '') => {
      const data = await ask(`{ evaluations(period: "${period}"${more}) { ${KEYS} } }`);
      return data.evaluations.map((row: { scheme: string; key: { division: { code: string }; month: string } }) =>
        [row.scheme, row.key.division.code, row.key.month].join(' '),
      );
    };
    const october = ['CITY-2026 420100 2026-10', 'CITY-2026 420500 2026-10', 'CITY-2026 429004 2026-10'];
    expect(await keysIn('2026')).toEqual(['CITY-2026 420100 2026-09', ...october, 'HOTLINE-3R 420100 2026-10']);
    expect(await keysIn('2026-10')).toEqual([...october, 'HOTLINE-3R 420100 2026-10']);
    expect(await keysIn('2026Q3')).toEqual(['CITY-2026 420100 2026-09']);
    expect(await keysIn('2026-09-02/2026-11-01', ', scheme: "CITY-2026"')).toEqual(october);
    expect(await keysIn('2026-10-01/2026-10-31')).toEqual([]);
    expect(await keysIn('2026-10', ', within: "429004"')).toEqual(['CITY-2026 429004 2026-10']);
    expect(await keysIn('2026-10', ', within: "420500"')).toEqual(['CITY-2026 420500 2026-10']);
  });

  test('evaluations carry parts with rates, whose value is null if nothing was counted', async () => {
    const data = await ask(`{ evaluations(within: "420100", period: "2026-09") {
      score grade rank evaluator { code } key { category { code } source }
      parts { indicator name score fullScore rate { numerator denominator value } } } }`);
    expect(data.evaluations).toEqual([
      {
        score: 91.5,
        grade: 'A',
        rank: 1,
        evaluator: { code: '420000' },
        key: { category: null, source: null },
        parts: [
          {
            indicator: 'closeRate',
            name: '结案率',
            score: 27,
            fullScore: 30,
            rate: { numerator: 90, denominator: 100, value: 0.9 },
          },
          {
            indicator: 'resolutionRate',
            name: '解决率',
            score: 0,
            fullScore: 50,
            rate: { numerator: 0, denominator: 0, value: null },
          },
          { indicator: 'filed', name: '立案数', score: 20, fullScore: 20, rate: null },
        ],
      },
    ]);
  });

  test('evaluations of many divisions take one query for each filter, and none if a division has none', async () => {
    const codes = ['420500', '420600', '429004', '420100'];
    const data = await ask(
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Division {
        code october: evaluations(period: "2026-10", scheme: "CITY-2026") { score } year: evaluations(period: "2026") { score } } } }`,
      { variables: { refs: codes.map((code) => ({ __typename: 'Division', code })) } },
    );
    expect(data._entities).toEqual([
      { code: '420500', october: [{ score: 70 }], year: [{ score: 70 }] },
      { code: '420600', october: [], year: [] },
      { code: '429004', october: [{ score: 60 }], year: [{ score: 60 }] },
      { code: '420100', october: [{ score: 88 }], year: [{ score: 91.5 }, { score: 88 }, { score: 95 }] },
    ]);
    expect(world.queries).toHaveLength(2);
  });
});

describe('inspections', () => {
  test('inspections come newest first, page by page, in a total order', async () => {
    const page = async (after: string | null) =>
      (
        await ask(
          'query ($after: String) { inspections(first: 1, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } totalCount } }',
          {
            variables: { after },
          },
        )
      ).inspections;
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { nodes, pageInfo, totalCount } = await page(after);
      expect(totalCount).toBe(3);
      seen.push(nodes[0].id);
      after = pageInfo.endCursor;
      more = pageInfo.hasNextPage;
    }
    expect(seen).toEqual(['420100-IN-P1', '420106-IN-P1', '420500-IN-P1']);
  });

  test('inspections are narrowed by division and status, with their tasks in one query', async () => {
    const data = await ask(`{
      wuhan: inspections(within: "420100") { nodes { id } }
      accepted: inspections(status: ACCEPTED) { nodes { id requirement kind closedAt } }
      inspections { nodes { id issuedBy { code } tasks { id division { code } status answer answeredAt } } } }`);
    expect(data.wuhan.nodes).toEqual([{ id: '420100-IN-P1' }, { id: '420106-IN-P1' }]);
    expect(data.accepted.nodes).toEqual([
      { id: '420500-IN-P1', requirement: 'all of them', kind: 'ROUTINE', closedAt: '2026-09-20T08:00:00+08:00' },
    ]);
    expect(data.inspections.nodes[0].tasks).toEqual([
      {
        id: '420102-IT-P1',
        division: { code: '420102' },
        status: 'ANSWERED',
        answer: 'counted',
        answeredAt: '2026-10-05T08:00:00+08:00',
      },
      { id: '420102-IT-P2', division: { code: '420102' }, status: 'ISSUED', answer: null, answeredAt: null },
    ]);
    expect(world.queries).toHaveLength(1);
  });

  test('inspections and tasks whose deadline is over are overdue as long as they owe an answer', async () => {
    const data = await ask(`{
      late: inspections(overdue: true) { nodes { id status overdue tasks { id overdue } } }
      older: inspections(status: OVERDUE) { nodes { id } }
      inTime: inspections(overdue: false) { nodes { id overdue } } }`);
    expect(data.late.nodes).toEqual([
      {
        id: '420100-IN-P1',
        status: 'HANDLING',
        overdue: true,
        tasks: [
          { id: '420102-IT-P1', overdue: false },
          { id: '420102-IT-P2', overdue: true },
        ],
      },
    ]);
    expect(data.older.nodes).toEqual([{ id: '420100-IN-P1' }]);
    expect(data.inTime.nodes).toEqual([
      { id: '420106-IN-P1', overdue: false },
      { id: '420500-IN-P1', overdue: false },
    ]);
  });

  test('inspections are found by their ids in one query, and an unknown id is null', async () => {
    const ids = ['420500-IN-P1', '420100-IN-NONE', '420100-IN-P1'];
    const data = await ask(
      `query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on Inspection { id title } } inspection(id: "420100-IN-NONE") { id } }`,
      { variables: { refs: ids.map((id) => ({ __typename: 'Inspection', id })) } },
    );
    expect(data._entities).toEqual([
      { id: '420500-IN-P1', title: 'bridges' },
      null,
      { id: '420100-IN-P1', title: 'manholes' },
    ]);
    expect(data.inspection).toBeNull();
    expect(world.queries).toHaveLength(1);
  });

  test('inspections and their tasks carry their stages in order', async () => {
    const data = await ask(
      '{ inspection(id: "420100-IN-P1") { stages { action at reason from to } tasks { id stages { action by { code } } } } }',
    );
    expect(data.inspection).toEqual({
      stages: [
        { action: 'ISSUE', at: '2026-10-01T08:00:00+08:00', reason: null, from: null, to: 'ISSUED' },
        { action: 'SIGN', at: '2026-10-02T08:00:00+08:00', reason: null, from: 'ISSUED', to: 'ACKNOWLEDGED' },
      ],
      tasks: [
        { id: '420102-IT-P1', stages: [{ action: 'ISSUE', by: null }] },
        { id: '420102-IT-P2', stages: [] },
      ],
    });
    expect(world.queries.filter(({ name }) => name.startsWith('inspection_stages')).length).toBeLessThanOrEqual(2);
  });

  test('inspections refuse a cursor of another list', async () => {
    const reports = await ask('{ periodicReports(first: 1) { pageInfo { endCursor } } }');
    const { errors } = await world.platform.ask(
      `{ inspections(after: "${reports.periodicReports.pageInfo.endCursor}") { nodes { id } } }`,
    );
    expect(errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });
});

describe('a caller of one city', () => {
  test('a caller of one city is shown no row of another, in lists, by id, by reference, or inside an inspection', async () => {
    const data = await ask(
      `query ($refs: [_Any!]!) {
        evaluations(within: "420000", period: "2026") { key { division { code } } }
        inspections(within: "420000") { nodes { division { code } } totalCount }
        inspection(id: "420500-IN-P1") { id }
        periodicReports(history: true) { nodes { division { code } } totalCount }
        _entities(representations: $refs) { __typename ... on Division { evaluations(period: "2026") { score } } }
      }`,
      {
        ...WUHAN,
        variables: {
          refs: [
            { __typename: 'Inspection', id: '420500-IN-P1' },
            { __typename: 'PeriodicReport', id: '420500-PR-P1' },
            { __typename: 'Division', code: '420500' },
          ],
        },
      },
    );
    const divisions = JSON.stringify([data.evaluations, data.inspections.nodes, data.periodicReports.nodes]).match(
      /\d{6}/g,
    );
    expect(new Set(divisions)).toEqual(new Set(['420100', '420106']));
    expect([data.inspections.totalCount, data.periodicReports.totalCount]).toEqual([2, 2]);
    expect(data.inspection).toBeNull();
    expect(data._entities).toEqual([null, null, { __typename: 'Division', evaluations: [] }]);
  });

  test('a caller of one city is shown the tasks of its own districts only', async () => {
    const passport = { division: '420500', scope: ['420100', '420101'] };
    const data = await ask('{ inspection(id: "420100-IN-P1") { tasks { id } } }', { passport });
    expect(data.inspection).toEqual({ tasks: [] });
  });
});
