import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import { type LoggedQuery, logLoaderQueries } from '@yiwang/scripts/testing/query-log.ts';
import { requestRow } from '../hotline/fixtures/rows.ts';
import { hotline } from '../hotline/module.ts';
import { caseRow, facilityRow, insertRows } from './fixtures/rows.ts';
import { municipal } from './module.ts';

const POLICE = '114201060106000261';
const DISTRICT = '420106003001';
const GRID = `${DISTRICT}001`;
const REQUEST = '420100-R-000001';
const log: LoggedQuery[] = [];

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform({ modules: [logLoaderQueries(municipal, log), logLoaderQueries(hotline, log)] });
  const serials = Array.from({ length: 60 }, (_, index) => index + 1);
  const component = (serial: number) => `4201060101${String(serial).padStart(6, '0')}`;
  await insertRows(platform, 'grid_cells', [{ code: GRID, division: DISTRICT, name: '第1网格' }]);
  await insertRows(
    platform,
    'components',
    serials.map((serial) => ({ code: component(serial), division: DISTRICT, category: '10101', state: 'INTACT' })),
  );
  await insertRows(
    platform,
    'cases',
    serials.map((serial) =>
      caseRow(serial, {
        ...{ component: component(serial), grid: GRID, request: REQUEST, department: POLICE },
        reporter_name: '王小明',
      }),
    ),
  );
  await insertRows(
    platform,
    'case_stages',
    serials.flatMap((serial) =>
      ['REPORT', 'FILE'].map((action, index) => ({
        ...{ case_id: caseRow(serial).id, seq: index + 1, division: DISTRICT, action },
        at: `2026-10-0${index + 5}T08:00:00+08:00`,
      })),
    ),
  );
  await insertRows(platform, 'requests', [requestRow(1, { case_id: `${DISTRICT}-C-000001` })]);
  await insertRows(platform, 'facilities', [facilityRow(1)]);
});
beforeEach(() => {
  log.length = 0;
});
afterAll(() => platform.close());

const names = (): string[] => log.map(({ name }) => name.replace(/_[0-9a-f]{12}$/, '')).sort();

test('a page of cases with all that hangs on them takes one query for each kind of thing', async () => {
  const { data, errors } = await platform.ask(`{ cases(first: 50) { nodes {
    id component { code state grid { code } } grid { code division { code } } stages { action at } reporter { name }
    request { id } department { code } } } }`);
  expect(errors).toEqual([]);
  expect(data.cases.nodes).toHaveLength(50);
  expect(data.cases.nodes[0]).toMatchObject({
    component: { state: 'INTACT' },
    grid: { code: GRID, division: { code: DISTRICT } },
    stages: [{ action: 'REPORT' }, { action: 'FILE' }],
    reporter: { name: '王小明' },
    request: { id: REQUEST },
    department: { code: POLICE },
  });
  expect(names()).toEqual([...['case_stages', 'components_by_code', 'grid_cells_by_code']]);
});

test('statistics of many divisions take one query, and overlapping ones each count all of theirs', async () => {
  const { data, errors } = await platform.ask(ENTITIES, {
    variables: {
      of: ['420106', '420100', '420102', '420000', '100000'].map((code) => ({ __typename: 'Division', code })),
    },
  });
  expect(errors).toEqual([]);
  expect(data._entities.map((entity: { caseStatistics: unknown }) => entity.caseStatistics)).toEqual([
    [{ counts: { reported: 60 } }],
    [{ counts: { reported: 60 } }],
    [{ counts: { reported: 0 } }],
    [{ counts: { reported: 60 } }],
    [{ counts: { reported: 60 } }],
  ]);
  expect(names()).toEqual(['cases_statistics', 'requests_statistics']);
});

test('references of every kind come in one query each, unknown ones as null', async () => {
  const references = (typename: string, key: 'id' | 'code', known: string, unknown: string) =>
    [known, unknown, known].map((value) => ({ __typename: typename, [key]: value }));
  const { data, errors } = await platform.ask(ENTITIES, {
    variables: {
      of: [
        ...references('Case', 'id', `${DISTRICT}-C-000007`, `${DISTRICT}-C-999999`),
        ...references('Request', 'id', REQUEST, 'nonsense'),
        ...references('Component', 'code', '4201060101000003', '4201060101999999'),
        ...references('Facility', 'id', `${DISTRICT}-F-000001`, ''),
        ...references('Alarm', 'id', 'none', 'none'),
        ...references('MonitoringPoint', 'id', 'none', 'none'),
        ...references('EnforcementCase', 'id', 'none', 'none'),
      ],
    },
  });
  expect(errors).toEqual([]);
  const found = data._entities.map((entity: Record<string, string> | null) =>
    entity ? Object.values(entity)[0] : null,
  );
  expect(found).toEqual([
    ...[`${DISTRICT}-C-000007`, null, `${DISTRICT}-C-000007`],
    ...[REQUEST, null, REQUEST],
    ...['4201060101000003', null, '4201060101000003'],
    ...[`${DISTRICT}-F-000001`, null, `${DISTRICT}-F-000001`],
    ...Array(9).fill(null),
  ]);
  expect(log).toHaveLength(7);
});

const ENTITIES = `query($of: [_Any!]!) { _entities(representations: $of) {
  ... on Division { code caseStatistics(period: "2026-10") { counts { reported } }
    requestStatistics(period: "2026-10") { counts { received } } }
  ... on Case { id } ... on Request { id } ... on Component { component: code }
  ... on Facility { id } ... on Alarm { id } ... on MonitoringPoint { id } ... on EnforcementCase { id } } }`;

test('lists of cells and components are given whole', async () => {
  const { data, errors } = await platform.ask(`{
    gridCells { nodes { code } } components(state: "LOST") { totalCount }
    component(code: "4201060101000001") { category { code } } }`);
  expect(errors).toEqual([]);
  expect(data).toEqual({
    gridCells: { nodes: [{ code: GRID }] },
    components: { totalCount: 0 },
    component: { category: { code: '10101' } },
  });
});
