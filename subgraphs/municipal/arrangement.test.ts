import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { GroupBudget } from '@yiwang/platform';
import { startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import { requestRow } from '../hotline/fixtures/rows.ts';
import { hotline } from '../hotline/module.ts';
import { caseRow, insertRows } from './fixtures/rows.ts';
import { municipal } from './module.ts';

const CLOSED = { due_at: '2026-10-09T08:00:00+08:00', closed_at: '2026-10-08T08:00:00+08:00' };
const CALLED_BACK = {
  called_back_at: '2026-10-09T08:00:00+08:00',
  valid_callback: true,
  responded: true,
  resolved: true,
};

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform({ modules: [municipal, hotline] });
  await insertRows(platform, 'cases', [
    caseRow(1, { ...CLOSED, division: '420102001001' }),
    caseRow(2, { ...CLOSED, division: '420103001001', on_time: false }),
    caseRow(3, { ...CLOSED, division: '420104001001' }),
    caseRow(4, { division: '420105001001' }),
    caseRow(5, { ...CLOSED, division: '420104001001', on_time: false }),
    caseRow(6, { division: '420100' }),
  ]);
  await insertRows(platform, 'requests', [
    requestRow(1, { ...CALLED_BACK, satisfied: 'SATISFIED' }),
    requestRow(2, { ...CALLED_BACK, satisfied: 'BASICALLY_SATISFIED', resolved: false }),
    requestRow(3, { ...CALLED_BACK, satisfied: 'DISSATISFIED' }),
    requestRow(4, { ...CALLED_BACK, satisfied: 'SATISFIED', valid_callback: false }),
  ]);
});
afterAll(() => platform.close());

const codes = async (args: string): Promise<(string | null)[]> => {
  const { data, errors } = await platform.ask(
    `{ caseStatistics(period: "2026-10", groupBy: [COUNTY]${args}) { key { division { code } } } }`,
  );
  expect(errors).toEqual([]);
  return data.caseStatistics.map(
    ({ key }: { key: { division: { code: string } | null } }) => key.division?.code ?? null,
  );
};

describe('groups are put in order', () => {
  test.each([
    ['by key, rows above the level first', '', [null, '420102', '420103', '420104', '420105']],
    [
      'by a rate, those without a value last, equal ones by key',
      ', orderBy: {by: "rates.closingOnTime", direction: ASC}',
      ['420103', '420104', '420102', null, '420105'],
    ],
    [
      'by a rate the other way round, those without a value last still',
      ', orderBy: {by: "rates.closingOnTime"}',
      ['420102', '420104', '420103', null, '420105'],
    ],
    ['by a count', ', orderBy: {by: "counts.closed"}', ['420104', '420102', '420103', null, '420105']],
    ['and cut', ', orderBy: {by: "counts.closed"}, top: 2', ['420104', '420102']],
    ['and cut to nothing', ', top: 0', []],
  ])('%s', async (_, args, expected) => {
    expect(await codes(args)).toEqual(expected);
  });

  test.each(['rates.speed', 'counts', 'counts.constructor', 'closed', 'rates.closing.value'])(
    'but not by %s, and the refusal names what there is',
    async (by) => {
      const { errors } = await platform.ask(
        `{ caseStatistics(period: "2020", groupBy: [CITY], orderBy: {by: "${by}"}) { key { month } } }`,
      );
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' }, path: ['caseStatistics'] }]);
      expect(errors[0]?.message).toContain(`"${by}"; expected one of counts.reported, counts.reportedValid`);
      expect(errors[0]?.message).toContain('rates.closingOnTime');
    },
  );

  test('statistics refuse a negative cut and a period beyond all measure', async () => {
    const bad = (args: string) => platform.ask(`{ caseStatistics(${args}) { key { month } } }`);
    expect((await bad('period: "2026", top: -1')).errors[0]?.message).toBe('"top" is -1; expected 0 or more');
    expect((await bad('period: "2000-01-01/2026-01-01"')).errors[0]?.message).toBe(
      '"period" spans 312 months; expected at most 120',
    );
  });
});

test('rates are whole parts and their quotient', async () => {
  const { data } = await platform.ask(`{
    caseStatistics(period: "2026-10") {
      rates { closing { ...parts } closingOnTime { ...parts } handling { ...parts } rework { ...parts } } }
    requestStatistics(period: "2026-10") { rates { response { ...parts } resolution { ...parts } satisfaction { ...parts } } }
  } fragment parts on Rate { numerator denominator value }`);
  expect(data.caseStatistics[0].rates).toEqual({
    closing: { numerator: 4, denominator: 4, value: 1 },
    closingOnTime: { numerator: 2, denominator: 4, value: 0.5 },
    handling: { numerator: 0, denominator: 0, value: null },
    rework: { numerator: 0, denominator: 4, value: 0 },
  });
  expect(data.requestStatistics[0].rates).toEqual({
    response: { numerator: 3, denominator: 3, value: 1 },
    resolution: { numerator: 2, denominator: 3, value: 2 / 3 },
    satisfaction: { numerator: 19, denominator: 30, value: 19 / 30 },
  });
});

describe('the groups of a request', () => {
  const FIVE = 'caseStatistics(period: "2026-10", groupBy: [COUNTY]';
  const counting = async (query: string) => {
    const { data, errors } = await bounded.ask(query);
    return [data, errors[0]?.extensions?.code] as const;
  };
  let bounded: TestPlatform;
  beforeAll(async () => {
    bounded = await startTestPlatform({ modules: [municipal, hotline], limits: { groupsMax: 5 } });
    await insertRows(
      bounded,
      'cases',
      [102, 103, 104, 105, 106].map((county, i) => caseRow(i, { division: `420${county}` })),
    );
  });
  afterAll(() => bounded.close());

  test('the groups of a request are bounded at the edge, whichever statistics they are of', async () => {
    expect(await counting(`{ ${FIVE}) { key { month } } }`)).toMatchObject([
      { caseStatistics: Array(5).fill({}) },
      undefined,
    ]);
    const [data, code] = await counting(`{ a: ${FIVE}) { key { month } } hotspots(period: "2026-10") { cases } }`);
    expect([data, code]).toEqual([null, 'TOO_COSTLY']);
    const message = (
      await bounded.ask(
        `{ a: ${FIVE}) { key { month } } b: ${FIVE}) { counts { open } } c: ${FIVE}, filter: { overdue: false }) { counts { open } } }`,
      )
    ).errors[0]?.message;
    expect(message).toBe(
      'the statistics of this request come to more than 5 groups; ask for fewer dimensions, a shorter period or a smaller division',
    );
  });

  test('the groups of a request are read one statistic after the other, so that a request takes one connection at a time', async () => {
    let [running, most] = [0, 0];
    const budget = new GroupBudget(3);
    const read = (groups: number) =>
      budget.read(async (groupsMax) => {
        most = Math.max(most, ++running);
        await new Promise((resolve) => setImmediate(resolve));
        running--;
        return Array(Math.min(groups, groupsMax)).fill(0);
      });
    const results = await Promise.allSettled([read(1), read(1), read(1), read(0), read(100), read(0)]);
    expect(most).toBe(1);
    expect(results.map(({ status }) => status)).toEqual([...Array(4).fill('fulfilled'), 'rejected', 'rejected']);
  });

  test('the groups of a request that are cut count as far as they are wanted: the database gives no more', async () => {
    const cut = (by: string) =>
      `${by}: ${FIVE}, top: 2, orderBy: { by: "counts.${by}" }) { key { division { code } } }`;
    const [data, code] = await counting(`{ ${cut('reported')} ${cut('open')} }`);
    expect(code).toBeUndefined();
    const first = [{ key: { division: { code: '420102' } } }, { key: { division: { code: '420103' } } }];
    expect(data).toEqual({ reported: first, open: first });
  });
});

describe('a caller who sees no rows', () => {
  const passport = { classes: ['OPEN'] as const };
  const reported = async (period: string, at: string) => {
    const now = new Date(at);
    clock = () => now;
    const { data, errors } = await open.ask(`{ caseStatistics(period: "${period}") { counts { reported } } }`, {
      passport,
    });
    return data?.caseStatistics[0].counts.reported ?? errors[0]?.message;
  };
  let clock = () => new Date('2026-11-01T00:00:00+08:00');
  let open: TestPlatform;
  beforeAll(async () => {
    open = await startTestPlatform({ modules: [municipal, hotline], now: () => clock() });
    await insertRows(open, 'cases', [caseRow(1, {}), caseRow(2, {})]);
  });
  afterAll(() => open.close());

  test('a caller who sees no rows gets statistics of months that are over: those that differ by a day differ by its few', async () => {
    expect(await reported('2026-10', '2026-11-01T00:00:00+08:00')).toBe(2);
    expect(await reported('2026', '2026-11-20T12:00:00+08:00')).toBe(2);
    expect(await reported('2026-10', '2026-10-31T23:00:00+08:00')).toBe(0);
    expect(await reported('2026-10-01/2026-10-31', '2026-11-01T00:00:00+08:00')).toBe(
      '"period" is 2026-10-01/2026-10-31; open statistics are of one month, one quarter or one year',
    );
  });
});
