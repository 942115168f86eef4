import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import type { AskOptions } from '@yiwang/scripts/testing/platform.ts';
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
    expect(world.queries).toHaveLength(1);
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
