/** The figures of periodic accounts as this platform's rows tell them. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { countNameOf, metrics } from '@yiwang/schema/statistics';
import { startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import { type LoggedQuery, logLoaderQueries } from '@yiwang/scripts/testing/query-log.ts';
import { requestRow } from '../hotline/fixtures/rows.ts';
import { hotline } from '../hotline/module.ts';
import { caseRow, insertRows } from './fixtures/rows.ts';
import { municipal } from './module.ts';

const log: LoggedQuery[] = [];
let platform: TestPlatform;

beforeAll(async () => {
  const now = () => new Date('2026-10-20T12:00:00+08:00');
  platform = await startTestPlatform({
    modules: [logLoaderQueries(municipal, log), logLoaderQueries(hotline, log)],
    now,
  });
  const at = (month: string, day: number) => `2026-${month}-${String(day).padStart(2, '0')}T10:00:00+08:00`;
  const cases = ['420106003001', '420106003001', '420102001001', '429004001'].flatMap((division, i) =>
    ['08', '09'].map((month, j) =>
      caseRow(10 * i + j, {
        division,
        reported_at: at(month, 1 + i),
        filed_at: at(month, 2 + i),
        due_at: at(month, 20),
        ...(i === 1 ? {} : { closed_at: at(month, 10) }),
      }),
    ),
  );
  await insertRows(platform, 'cases', cases);
  await insertRows(platform, 'requests', [
    requestRow(1, { received_at: at('09', 3), called_back_at: at('09', 9), valid_callback: true, resolved: true }),
  ]);
});
afterAll(() => platform.close());
beforeEach(() => {
  log.length = 0;
});

interface Figure {
  readonly kind: string;
  readonly division: string;
  readonly period: string;
  readonly metric: string;
}

async function ask(figures: readonly Figure[], scope = ['', '~']) {
  const representations = figures.map((figure) => ({ __typename: 'ReportFigure', id: 'x', ...figure }));
  const { data, errors } = await platform.ask(
    'query ($r: [_Any!]!) { _entities(representations: $r) { ... on ReportFigure { liveCases liveRequests } } }',
    { variables: { r: representations }, passport: { scope } },
  );
  expect(errors).toEqual([]);
  return data._entities;
}

describe('figures of accounts', () => {
  test.each([
    ['CASES', 'liveCases', 'caseStatistics', 'CaseCounts'],
    ['HOTLINE', 'liveRequests', 'requestStatistics', 'RequestCounts'],
  ])('every figure of %s is what the statistics count for its division and month', async (kind, field, root, type) => {
    const { data: schema } = await platform.ask(`{ __type(name: "${type}") { fields { name } } }`);
    const counted = new Set(schema.__type.fields.map(({ name }: { name: string }) => name));
    const keys = metrics()
      .map(({ key }) => key)
      .filter((key) => counted.has(countNameOf(key)));
    expect(keys.length).toBeGreaterThan(2);
    const { data } = await platform.ask(
      `{ ${root}(within: "420100", period: "2026-09") { counts { ${keys.map((key) => countNameOf(key)).join(' ')} } } }`,
    );
    const entities = await ask(keys.map((metric) => ({ kind, division: '420100', period: '2026-09', metric })));
    const { counts } = data[root][0];
    expect(entities.map((entity: Record<string, number>) => entity[field])).toEqual(
      keys.map((key) => counts[countNameOf(key)!]),
    );
    expect(Object.values(counts).some((count) => Number(count) > 0)).toBe(true);
  });

  test('a figure of the other kind and one that nobody counts are null, a division without rows has 0', async () => {
    const of = (figure: Partial<Figure>) => ({
      kind: 'CASES',
      division: '420100',
      period: '2026-09',
      metric: 'closed',
      ...figure,
    });
    expect(
      await ask([
        of({}),
        of({ kind: 'HOTLINE' }),
        of({ metric: 'peakHour' }),
        of({ metric: 'closeRate' }),
        of({ division: '420500' }),
      ]),
    ).toEqual([
      { liveCases: 2, liveRequests: null },
      { liveCases: null, liveRequests: null },
      { liveCases: null, liveRequests: null },
      { liveCases: null, liveRequests: null },
      { liveCases: 0, liveRequests: null },
    ]);
  });

  test('a platform counts the part of the division that its passport lets it show', async () => {
    const figure = { kind: 'CASES', division: '420000', period: '2026-09', metric: 'reported' };
    expect(await ask([figure])).toMatchObject([{ liveCases: 4 }]);
    expect(await ask([figure], ['420106', '420107'])).toMatchObject([{ liveCases: 2 }]);
  });

  test('figures of many divisions and metrics take one query for each month', async () => {
    const figures = ['420106', '420102', '420100'].flatMap((division) =>
      ['2026-08', '2026-09'].flatMap((period) =>
        ['reported', 'closed', 'filed'].map((metric) => ({ kind: 'CASES', division, period, metric })),
      ),
    );
    const entities = await ask(figures);
    expect(entities).toHaveLength(18);
    expect(log).toHaveLength(2);
  });
});
