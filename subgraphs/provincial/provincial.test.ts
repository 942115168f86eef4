import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { PlatformModule } from '@yiwang/platform';
import { type AskOptions, startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import { supervision } from '@yiwang/supervision';
import type { ProvincialLoaders } from './loaders.ts';
import { provincial } from './module.ts';

let platform: TestPlatform;
const queries: string[] = [];

/** The module with every query of its loaders on record. */
const recorded: PlatformModule<ProvincialLoaders> = {
  ...provincial,
  createLoaders: (context) =>
    provincial.createLoaders({
      ...context,
      db: {
        query: (name, sql, values) => {
          queries.push(name);
          return context.db.query(name, sql, values);
        },
      },
    }),
};

const PARTS = JSON.stringify([
  { indicator: 'closeRate', name: '结案率', score: 27, fullScore: 30, numerator: 90, denominator: 100 },
  { indicator: 'resolutionRate', name: '解决率', score: 0, fullScore: 50, numerator: 0, denominator: 0 },
  { indicator: 'filed', name: '立案数', score: 20, fullScore: 20, numerator: null, denominator: null },
]);

const FIGURES = JSON.stringify([
  { metric: 'closeDue', name: '应结案数', value: 10 },
  { metric: 'closeRate', name: '结案率', value: 0.97 },
  { metric: 'closed', name: '结案数', value: 9, adjustedBecause: '一件为测试数据' },
]);

beforeAll(async () => {
  platform = await startTestPlatform({
    modules: [recorded, supervision],
    identity: { id: 'provincial/420000', tier: 'PROVINCIAL', division: '420000' },
  });
  await platform.seed(`
    insert into evaluations values
      ('CITY-2026', '420100', '2026-09-01', '420000', 91.5, 'A', 1, '${PARTS}'),
      ('CITY-2026', '420100', '2026-10-01', '420000', 88, 'B', 1, '[]'),
      ('CITY-2026', '420500', '2026-10-01', '420000', 70, 'C', 2, '[]'),
      ('HOTLINE-3R', '420100', '2026-10-01', '420000', 95, 'A', null, '[]'),
      ('CITY-2026', '429004', '2026-10-01', '420000', 60, 'C', 3, '[]');
    insert into inspections values
      ('420100-IN-P1', '420100', 'PROVINCIAL', '420000', 'SPECIAL', 'manholes', null, 'HANDLING', '2026-10-01T08:00:00+08:00', '2026-10-21T24:00:00+08:00', null),
      ('420500-IN-P1', '420500', 'PROVINCIAL', '420000', 'ROUTINE', 'bridges', 'all of them', 'ACCEPTED', '2026-09-01T08:00:00+08:00', null, '2026-09-20T08:00:00+08:00'),
      ('420106-IN-P1', '420106', 'PROVINCIAL', '420000', 'ROUTINE', 'signs', null, 'ISSUED', '2026-10-01T08:00:00+08:00', null, null);
    insert into inspection_tasks values
      ('420102-IT-P2', '420102', '420100-IN-P1', 'repair', 'ISSUED', '2026-10-15T08:00:00+08:00', null, null),
      ('420102-IT-P1', '420102', '420100-IN-P1', 'count', 'ANSWERED', null, 'counted', '2026-10-05T08:00:00+08:00'),
      ('420500-IT-P1', '420500', '420500-IN-P1', 'look', 'ACCEPTED', null, 'looked', '2026-09-15T08:00:00+08:00');
    insert into inspection_stages values
      ('420100-IN-P1', 2, '420100', 'SIGN', '2026-10-02T08:00:00+08:00', null, 'ISSUED', 'ACKNOWLEDGED'),
      ('420100-IN-P1', 1, '420100', 'ISSUE', '2026-10-01T08:00:00+08:00', null, null, 'ISSUED'),
      ('420102-IT-P1', 1, '420102', 'ISSUE', '2026-10-01T08:00:00+08:00', null, null, 'ISSUED');
    insert into periodic_reports values
      ('420100-PR-P1', '420100', 'CASES', '2026-09-01', 1, false, '2026-10-06', '2026-10-07', null, true, 'SUPERSEDED', '[{"metric":"closed","name":"结案数","value":9}]'),
      ('420100-PR-P2', '420100', 'CASES', '2026-09-01', 2, true, '2026-10-06', '2026-10-09', '2026-10-10', true, 'ACCEPTED', '[{"metric":"closed","name":"结案数","value":8}]'),
      ('420500-PR-P1', '420500', 'CASES', '2026-08-01', 1, true, '2026-09-06', '2026-09-05', null, false, 'SUBMITTED', '${FIGURES}');`);
});

afterAll(() => platform.close());

beforeEach(() => {
  queries.length = 0;
});

async function ask(query: string, options: AskOptions = {}) {
  const { data, errors } = await platform.ask(query, options);
  expect(errors).toEqual([]);
  return data;
}

const WUHAN: AskOptions = { passport: { tier: 'MUNICIPAL', division: '420100', scope: ['4201', '4202'] } };

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
    expect(queries).toHaveLength(2);
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
    expect(queries).toHaveLength(1);
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
    expect(queries).toHaveLength(1);
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
    expect(queries.filter((name) => name.startsWith('inspection_stages')).length).toBeLessThanOrEqual(2);
  });

  test('inspections refuse a cursor of another list', async () => {
    const reports = await ask('{ periodicReports(first: 1) { pageInfo { endCursor } } }');
    const { errors } = await platform.ask(
      `{ inspections(after: "${reports.periodicReports.pageInfo.endCursor}") { nodes { id } } }`,
    );
    expect(errors[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });
});

describe('periodic reports', () => {
  test('periodic reports show the newest version, and the others if history is asked for', async () => {
    const data = await ask(`{
      periodicReports { nodes { id period version current late status deadline figures { metric name value } } totalCount }
      history: periodicReports(period: "2026-09", history: true) { nodes { id status acceptedAt } } }`);
    expect(data.periodicReports.nodes.map((row: { id: string }) => row.id)).toEqual(['420100-PR-P2', '420500-PR-P1']);
    expect(data.periodicReports.totalCount).toBe(2);
    expect(data.periodicReports.nodes[0]).toMatchObject({
      period: '2026-09',
      version: 2,
      current: true,
      late: true,
      figures: [{ metric: 'closed', name: '结案数', value: 8 }],
    });
    expect(data.history.nodes.map((row: { id: string; status: string }) => [row.id, row.status])).toEqual([
      ['420100-PR-P1', 'SUPERSEDED'],
      ['420100-PR-P2', 'ACCEPTED'],
    ]);
  });

  test('periodic reports go on after a cursor into an earlier month', async () => {
    const first = await ask('{ periodicReports(first: 1) { pageInfo { endCursor } } }');
    const next = await ask(
      `{ periodicReports(first: 1, after: "${first.periodicReports.pageInfo.endCursor}") { nodes { id } pageInfo { hasNextPage } } }`,
    );
    expect(next.periodicReports).toEqual({ nodes: [{ id: '420500-PR-P1' }], pageInfo: { hasNextPage: false } });
  });
});

describe('figures of periodic reports', () => {
  const FIELDS = 'id metric value reported live difference adjustedBecause';

  test('a figure is a count with the reason for its adjustment, and the rates follow from the counts', async () => {
    const data = await ask(
      `{ periodicReports(period: "2026-08") { nodes { figures { ${FIELDS} } rates { metric name rate { numerator denominator value } } } } }`,
    );
    const none = { live: null, difference: null, adjustedBecause: null };
    expect(data.periodicReports.nodes).toEqual([
      {
        figures: [
          { ...none, id: '420500-PR-P1-closeDue', metric: 'closeDue', value: 10, reported: 10 },
          { ...none, id: '420500-PR-P1-closeRate', metric: 'closeRate', value: 0.97, reported: null },
          {
            ...none,
            id: '420500-PR-P1-closed',
            metric: 'closed',
            value: 9,
            reported: 9,
            adjustedBecause: '一件为测试数据',
          },
        ],
        rates: [{ metric: 'closeRate', name: '结案率', rate: { numerator: 9, denominator: 10, value: 0.9 } }],
      },
    ]);
  });

  const figure = (metric: string, more: object = {}) => ({
    __typename: 'ReportFigure',
    id: `420500-PR-P1-${metric}`,
    kind: 'CASES',
    division: '420500',
    period: '2026-08',
    metric,
    ...more,
  });
  const askFigures = async (references: readonly object[], options: AskOptions = {}) =>
    (
      await ask(
        'query ($refs: [_Any!]!) { _entities(representations: $refs) { ... on ReportFigure { reported live difference } } }',
        { ...options, variables: { refs: references } },
      )
    )._entities;

  test('the difference is what was handed in less what the platforms counted, and null if they did not count', async () => {
    const counted = (liveCases: number | null, liveRequests: number | null = null) => ({ liveCases, liveRequests });
    expect(
      await askFigures([
        figure('closed', counted(8)),
        figure('closed', counted(11)),
        figure('closed', counted(null)),
        figure('closed', counted(null, 8)),
        figure('closeRate', counted(8)),
        figure('closeDue', counted(0)),
      ]),
    ).toEqual([
      { reported: 9, live: 8, difference: 1 },
      { reported: 9, live: 11, difference: -2 },
      { reported: 9, live: null, difference: null },
      { reported: 9, live: null, difference: null },
      { reported: null, live: 8, difference: null },
      { reported: 10, live: 0, difference: 10 },
    ]);
    expect(queries).toHaveLength(1);
  });

  test('a figure is found by what it is of alone, and only in the scope', async () => {
    const closed = figure('closed', { liveCases: 9 });
    const wrong = [
      { division: '420600' },
      { period: '2026-09' },
      { kind: 'HOTLINE' },
      { id: '420500-PR-P1' },
      { id: '420500-PR-P9-closed' },
    ];
    expect(await askFigures([...wrong.map((more) => ({ ...closed, ...more })), figure('filed')])).toEqual(
      Array(6).fill(null),
    );
    expect(await askFigures([closed], WUHAN)).toEqual([null]);
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
