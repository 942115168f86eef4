import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { monitoringFields } from '@yiwang/schema/cases';
import { startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import { type EnumTypeDefinitionNode, Kind, parse } from 'graphql';
import { requestRow } from '../hotline/fixtures/rows.ts';
import { hotline } from '../hotline/module.ts';
import { caseRow, facilityRow, insertRows, type Row } from './fixtures/rows.ts';
import { municipal } from './module.ts';

const NOW = new Date('2026-11-01T00:00:00+08:00');
const POLICE = '114201060106000261';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform({ modules: [municipal, hotline], now: () => NOW });
  await insertRows(platform, 'cases', CASES);
  await insertRows(platform, 'requests', REQUESTS);
  await insertRows(platform, 'facilities', FACILITIES);
  await insertRows(platform, 'monitoring_points', [POINT]);
  await insertRows(platform, 'alarms', ALARMS);
});
afterAll(() => platform.close());

const CASES = [
  caseRow(1, { reported_at: '2026-10-01T08:00:00+08:00', due_at: '2026-10-02T08:00:00+08:00' }),
  caseRow(2, { reported_at: '2026-10-03T08:00:00+08:00', source: 'HOTLINE', grid: '420106003001001' }),
  caseRow(3, {
    reported_at: '2026-10-02T08:00:00+08:00',
    due_at: '2026-10-05T08:00:00+08:00',
    closed_at: '2026-10-04T08:00:00+08:00',
    on_time: true,
    category: '20104',
  }),
  caseRow(4, {
    reported_at: '2026-10-04T08:00:00+08:00',
    address: '中山路100%处',
    description: '井盖破损',
    suspended: true,
  }),
  caseRow(5, { division: '420102001001', reported_at: '2026-10-05T08:00:00+08:00', department: POLICE }),
  caseRow(6, { reported_at: '2026-10-31T08:00:00+08:00', due_at: '2026-11-03T08:00:00+08:00', category: '10102' }),
];

const REQUESTS = [
  requestRow(1, { due_at: '2026-10-10T08:00:00+08:00', title: '噪声扰民' }),
  requestRow(2, { due_at: '2026-10-10T08:00:00+08:00', answered_at: '2026-10-12T08:00:00+08:00', kind: 'HELP' }),
  requestRow(3, { received_at: '2026-09-05T08:00:00+08:00', handler: POLICE, category: '4020101' }),
];

/** A degree of latitude is about 111.2 km: 0.001° are 111.2 m. */
const FACILITIES = [
  facilityRow(1, { latitude: 30.553 }),
  facilityRow(2, { latitude: 30.551 }),
  facilityRow(3, { latitude: 30.551, division: '420102001001' }),
  facilityRow(4, { latitude: 30.56, longitude: 114.31 }),
  facilityRow(5, { latitude: 30.552, kind: 'PARKING' }),
];

const POINT = {
  ...{ id: '420106003001-M-1', division: '420106003001', field: 'GAS', name: '燃气井1' },
  ...{ metric: 'combustibleGas', unit: '%LEL', status: 'NORMAL' },
};
const ALARMS = [1, 2, 3].map((serial) => ({
  ...{ id: `420106003001-A-${serial}`, division: '420106003001', point: POINT.id, level: `LEVEL_${serial}` },
  ...{ field: 'GAS', metric: 'combustibleGas', value: 30, threshold: 25 },
  raised_at: `2026-10-0${serial}T08:00:00+08:00`,
  resolved_at: serial === 2 ? '2026-10-09T08:00:00+08:00' : null,
}));

async function numbersOf(field: string, args: string, passport: Row = {}): Promise<number[]> {
  const { data, errors } = await platform.ask(`{ ${field}${args} { nodes { id } totalCount } }`, { passport });
  expect(errors).toEqual([]);
  expect(data[field].totalCount).toBe(data[field].nodes.length);
  return data[field].nodes.map(({ id }: { id: string }) => Number(id.split('-')[2]));
}

describe('cases', () => {
  test.each([
    ['latest report first', '', [6, 5, 4, 2, 3, 1]],
    ['by deadline, those without one last', '(orderBy: {field: DUE_AT, direction: DESC})', [6, 3, 1, 5, 2, 4]],
    ['of a district', '(within: "420102")', [5]],
    ['of a city', '(within: "420100")', [6, 5, 4, 2, 3, 1]],
    ['of a state', '(filter: {status: [CLOSED]})', [3]],
    ['of a minor class', '(filter: {category: "10102"})', [6]],
    ['of a major class', '(filter: {category: "101"})', [6, 5, 4, 2, 1]],
    ['of a source', '(filter: {source: [HOTLINE]})', [2]],
    ['overdue', '(filter: {overdue: true})', [1]],
    ['not overdue, those without a deadline included', '(filter: {overdue: false})', [6, 5, 4, 2, 3]],
    ['suspended', '(filter: {suspended: true})', [4]],
    ['reported in a period, its end left out', '(filter: {reported: "2026-10-02/2026-10-04"})', [2, 3]],
    ['closed in a period', '(filter: {closed: "2026-10"})', [3]],
    ['in a grid cell', '(filter: {grid: "420106003001001"})', [2]],
    ['with a text in the id', '(filter: {text: "c-000005"})', [5]],
    ['with a text in the address, taken as it is', '(filter: {text: "100%处"})', [4]],
    ['with no text like that: % is no wildcard', '(filter: {text: "中%处"})', []],
    ['with a text in the description', '(filter: {text: "破损"})', [4]],
    ['of two conditions at once', '(filter: {source: [PATROL], overdue: false, category: "101"})', [6, 5, 4]],
  ])('%s', async (_, args, expected) => {
    expect(await numbersOf('cases', args)).toEqual(expected);
  });

  test('cases are not found by a text that the reader may not see', async () => {
    const args = '(filter: {text: "破损"})';
    expect(await numbersOf('cases', args, { unmasked: false })).toEqual([]);
    expect(await numbersOf('cases', args, { classes: ['OPEN', 'SHARED', 'INTERNAL'] })).toEqual([]);
  });

  test('cases outside the scope are not there, by page or by id', async () => {
    const passport = { scope: ['420102', '420103'] };
    expect(await numbersOf('cases', '', passport)).toEqual([5]);
    const { data } = await platform.ask('{ case(id: "420106003001-C-000001") { id } }', { passport });
    expect(data.case).toBeNull();
  });

  test('cases are walked page by page, once each, those without a deadline too', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data, errors } = await platform.ask(
        `query($after: String) { cases(first: 2, after: $after, orderBy: {field: DUE_AT, direction: ASC}) {
          nodes { id } pageInfo { hasNextPage endCursor } totalCount } }`,
        { variables: { after } },
      );
      expect(errors).toEqual([]);
      expect(data.cases.totalCount).toBe(6);
      seen.push(...data.cases.nodes.map(({ id }: { id: string }) => id));
      after = data.cases.pageInfo.hasNextPage ? data.cases.pageInfo.endCursor : null;
    } while (after);
    expect(seen.map((id) => Number(id.split('-')[2]))).toEqual([1, 3, 6, 5, 2, 4]);
  });

  test('cases refuse a bad filter in plain words', async () => {
    const { errors } = await platform.ask(`{ cases(filter: {text: "${'井'.repeat(101)}"}) { nodes { id } } }`);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(errors[0]?.message).toBe('"text" has 101 characters; expected at most 100');
  });
});

describe('requests', () => {
  test.each([
    ['latest first', '', [1, 2, 3]],
    ['of a kind', '(filter: {kind: [HELP]})', [2]],
    ['overdue: neither answered nor closed', '(filter: {overdue: true})', [1]],
    ['of a class and those below it', '(filter: {category: "40201"})', [3]],
    ['with a text in the title', '(filter: {text: "噪声"})', [1]],
    ['received in a period', '(filter: {received: "2026Q3"})', [3]],
  ])('%s', async (_, args, expected) => {
    expect(await numbersOf('requests', args)).toEqual(expected);
  });
});

describe('facilities', () => {
  test.each([
    ['by id', '', [3, 1, 2, 4, 5]],
    ['of a kind', '(kind: PARKING)', [5]],
    ['near a place, the nearest first, ties by division', `(near: {longitude: 114.3, latitude: 30.55})`, [3, 2, 5, 1]],
    ['no further than asked', `(near: {longitude: 114.3, latitude: 30.55, withinMetres: 112})`, [3, 2]],
    ['not in the corners of the box', `(near: {longitude: 114.3, latitude: 30.55, withinMetres: 1200})`, [3, 2, 5, 1]],
    ['near a place, in a district', `(within: "420106", near: {longitude: 114.3, latitude: 30.55})`, [2, 5, 1]],
  ])('%s', async (_, args, expected) => {
    expect(await numbersOf('facilities', args)).toEqual(expected);
  });

  test('facilities say how far they are, in metres on the sphere', async () => {
    const { data } = await platform.ask(
      '{ facilities(near: {longitude: 114.3, latitude: 30.55, withinMetres: 2000}) { nodes { id distanceMetres } } }',
    );
    const far = data.facilities.nodes.find(({ id }: { id: string }) => id.endsWith('4'));
    // 0.01° north and 0.01° east at 30.55°: √(1111.95² + 957.6²).
    expect(Math.abs(far.distanceMetres - 1467.4)).toBeLessThan(1);
  });

  test('facilities are walked by distance', async () => {
    const near = 'near: {longitude: 114.3, latitude: 30.55}';
    const first = await platform.ask(`{ facilities(${near}, first: 1) { nodes { id } pageInfo { endCursor } } }`);
    const after = first.data.facilities.pageInfo.endCursor;
    expect(await walk(`${near}, first: 2, after: "${after}"`)).toEqual([2, 5]);
    const elsewhere = await platform.ask(
      `{ facilities(near: {longitude: 114.4, latitude: 30.55}, after: "${after}") { nodes { id } } }`,
    );
    expect(elsewhere.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  });

  async function walk(args: string): Promise<number[]> {
    const { data } = await platform.ask(`{ facilities(${args}) { nodes { id } } }`);
    return data.facilities.nodes.map(({ id }: { id: string }) => Number(id.split('-')[2]));
  }

  test('facilities refuse a distance out of bounds', async () => {
    const { errors } = await platform.ask(
      '{ facilities(near: {longitude: 114.3, latitude: 30.55, withinMetres: 50001}) { nodes { id } } }',
    );
    expect(errors[0]?.message).toBe('"withinMetres" is 50001; expected 1 to 50000');
  });
});

test.each([
  ['latest first', '', [3, 2, 1]],
  ['open', '(filter: {open: true})', [3, 1]],
  ['resolved', '(filter: {open: false})', [2]],
  ['of levels', '(filter: {level: [LEVEL_1, LEVEL_2]})', [2, 1]],
  ['of another field', '(filter: {field: "WATER_SUPPLY"})', []],
  ['raised in a period', '(filter: {raised: "2026-10-02/2026-10-03"})', [2]],
])('alarms: %s', async (_, args, expected) => {
  expect(await numbersOf('alarms', args)).toEqual(expected);
});

test.each([
  ['components(state: "BROKEN")', '"state" is "BROKEN"; expected one of INTACT, DAMAGED, LOST, DISCARDED'],
  ['propertyCompanies(grade: "F")', '"grade" is "F"; expected one of A, B, C, D, E'],
  ['propertyCompanies(list: "PINK")', '"list" is "PINK"; expected one of RED, BLACK'],
])('%s is refused with the codes of the standard, instead of no row being found', async (field, message) => {
  const { errors } = await platform.ask(`{ ${field} { totalCount } }`);
  expect(errors[0]).toMatchObject({ message, extensions: { code: 'BAD_USER_INPUT' } });
});

test('points and alarms of a field that the standard does not know are refused, with the fields that it knows', async () => {
  for (const query of [
    '{ alarms(filter: { field: "GASS" }) { totalCount } }',
    '{ monitoringPoints(field: "gas") { totalCount } }',
  ]) {
    const { errors } = await platform.ask(query);
    expect(errors[0]).toMatchObject({
      message: expect.stringContaining('GAS, UTILITY_TUNNEL'),
      extensions: { code: 'BAD_USER_INPUT' },
    });
  }
});

test('the fields of monitoring are those of the standard, with its names', () => {
  const document = parse(readFileSync(new URL('schema.graphql', import.meta.url), 'utf8'));
  const field = document.definitions.find(
    (node) => node.kind === Kind.ENUM_TYPE_DEFINITION && node.name.value === 'MonitoringField',
  ) as EnumTypeDefinitionNode;
  const names = (field.values ?? []).map(({ name, description }) => [name.value, description?.value.split(':')[0]]);
  expect(Object.fromEntries(names)).toEqual(monitoringFields());
});
