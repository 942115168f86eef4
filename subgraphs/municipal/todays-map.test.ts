/** Statistics of rows that keep the codes of their day, by today's map: PostgreSQL against the rule of the standard. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import { hotline } from '../hotline/module.ts';
import { municipal } from './module.ts';

let platform: TestPlatform;

/** Places of cases, all reported on one day of 2012: Miyun and its street, Chongwen, Laiwu, Chaohu, Yuhang. */
const PLACES = [
  ...['110118001', '110118001', '110228001001', '110228001', '110228', '110101001', '110103001', '110105001'],
  ...['371200', '371202001', '371203', '370116001'],
  ...['341424001', '341421', '330110001', '330113001', '330104001'],
];

const insert = (rows: readonly string[], from: number, reported: string) =>
  rows.map(
    (division, index) =>
      `('${division}-C-${from + index}', '${division}', '10101', 'PATROL', 'REPORTED', 'X', '${reported}')`,
  );

beforeAll(async () => {
  platform = await startTestPlatform({
    modules: [municipal, hotline],
    identity: { id: 'municipal/100000', tier: 'NATIONAL', division: '100000' },
  });
  const values = [...insert(PLACES, 1, '2012-06-01T08:00+08'), ...insert(['330110001'], 90, '2022-06-01T08:00+08')];
  await platform.seed(`
    insert into cases (id, division, category, source, status, flow_state, reported_at) values ${values.join(', ')};
    insert into requests (id, division, kind, category, status, title, received_at)
      select replace(replace(id, '-C-', '-R-'), division, division), division, 'HELP', '4010101', 'RECEIVED', '-', reported_at from cases;`);
}, 120_000);

afterAll(() => platform.close());

/** A group as `unit count`, with an asterisk for one that could not be attributed. */
async function groups(within: string, level: string, { map = 'TODAY', period = '2012-06' } = {}): Promise<string[]> {
  const { data, errors } = await platform.ask(
    `{ caseStatistics(within: "${within}", period: "${period}", groupBy: [${level}], map: ${map}) {
      key { division { code } unattributed } counts { reported } } }`,
  );
  expect(errors).toEqual([]);
  const reported = data.caseStatistics.filter((group: { counts: { reported: number } }) => group.counts.reported > 0);
  return reported.map(
    ({
      key,
      counts,
    }: {
      key: { division: { code: string } | null; unattributed: boolean };
      counts: { reported: number };
    }) => `${key.division?.code ?? '-'} ${counts.reported}${key.unattributed ? ' *' : ''}`,
  );
}

describe('statistics by today’s map', () => {
  test('rows of a county that got another code count under its district, and of a merged one under the other', async () => {
    expect(await groups('110000', 'COUNTY')).toEqual(['110101 2', '110105 1', '110118 5']);
    expect(await groups('110118', 'COUNTY')).toEqual(['110118 5']);
    expect(await groups('110228', 'COUNTY')).toEqual(['110118 3']);
    expect(await groups('110000', 'COUNTY', { map: 'OF_THE_DAY' })).toEqual([
      ...['110101 1', '110103 1', '110105 1', '110118 2', '110228 3'],
    ]);
  });

  test('streets count under the street that has their digits, and those that nobody placed are a group that says so', async () => {
    expect(await groups('110000', 'STREET')).toEqual([
      ...['- 1', '110101001 1', '110103001 1 *', '110105001 1', '110118001 4'],
    ]);
    expect(await groups('110228', 'COMMUNITY')).toEqual(['- 2', '110118001001 1']);
  });

  test('a divided city counts where its parts are one, and is a group that says so where they are not', async () => {
    expect(await groups('370000', 'CITY')).toEqual(['370100 4']);
    expect(await groups('370000', 'COUNTY')).toEqual(['- 1', '370116 2', '370117 1']);
    expect(await groups('340000', 'CITY')).toEqual(['340100 1', '341400 1 *']);
    expect(await groups('340000', 'COUNTY')).toEqual(['340124 1', '341424 1 *']);
    expect(await groups('340000', 'PROVINCE')).toEqual(['340000 2']);
  });

  test('a district that gave a part away has what is of before that day apart', async () => {
    expect(await groups('330100', 'COUNTY')).toEqual(['330104 1 *', '330110 1 *', '330113 1']);
    expect(await groups('330100', 'COUNTY', { period: '2022-06' })).toEqual(['330110 1']);
    expect(await groups('330100', 'CITY')).toEqual(['330100 3']);
    expect(await groups('330100', 'STREET')).toEqual(['330104001 1 *', '330110001 1', '330113001 1']);
  });

  test('the sums of both maps are the same at every level, and so are those of requests and hotspots', async () => {
    const statistics = (field: string, count: string, level: string, map: string) =>
      `${field}(within: "100000", period: "2012-06", groupBy: [${level}, SOURCE], map: ${map}) { key { unattributed } ${count} }`;
    for (const level of ['PROVINCE', 'CITY', 'COUNTY', 'STREET', 'COMMUNITY']) {
      for (const map of ['TODAY', 'OF_THE_DAY']) {
        const { data, errors } = await platform.ask(`{
          ${statistics('caseStatistics', 'counts { reported }', level, map)}
          ${statistics('requestStatistics', 'counts { received }', level, map)}
          ${statistics('hotspots', 'requests cases', level, map)} }`);
        expect(errors).toEqual([]);
        const sum = (list: readonly Record<string, unknown>[], count: (row: never) => number) =>
          list.reduce((total, row) => total + count(row as never), 0);
        const sums = [
          sum(data.caseStatistics, ({ counts }: { counts: { reported: number } }) => counts.reported),
          sum(data.requestStatistics, ({ counts }: { counts: { received: number } }) => counts.received),
          sum(data.hotspots, ({ cases }: { cases: number }) => cases),
          sum(data.hotspots, ({ requests }: { requests: number }) => requests),
        ];
        expect([level, map, ...sums]).toEqual([level, map, ...Array(4).fill(PLACES.length)]);
      }
    }
  });

  test('a caller of the district sees the rows of its former county, and a caller of a part that moved not the rest', async () => {
    const count = async (division: string, scope: readonly string[]) => {
      const { data } = await platform.ask('{ cases(first: 50) { totalCount } }', {
        passport: { division, scope: [...scope] },
      });
      return data.cases.totalCount;
    };
    expect(await count('110118', ['110118', '110119', '110228', '110229'])).toBe(5);
    expect(await count('330113', ['330113', '330114'])).toBe(1);
  });
});
