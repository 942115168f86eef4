import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import { type LoggedQuery, logLoaderQueries } from './fixtures/query-log.ts';
import { caseRow, facilityRow, insertRows, requestRow } from './fixtures/rows.ts';
import { municipal } from './module.ts';

const POLICE = '114201060106000261';
const DISTRICT = '420106003001';
const GRID = `${DISTRICT}001`;
const log: LoggedQuery[] = [];

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform({ modules: [logLoaderQueries(municipal, log)] });
  const serials = Array.from({ length: 60 }, (_, index) => index + 1);
  const component = (serial: number) => `4201060101${String(serial).padStart(6, '0')}`;
  await insertRows(platform, 'departments', [{ code: POLICE, division: '420106', name: '武昌区城管执法局' }]);
  await insertRows(
    platform,
    'duties',
    ['TASK', 'RESPONSIBILITY', 'POWER', 'TASK'].map((kind, index) => ({
      ...{
        id: `420106-DU-${index}`,
        division: '420106',
        department: POLICE,
        kind,
        title: `事项${index}`,
        published: true,
      },
    })),
  );
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
        ...{ component: component(serial), grid: GRID, request: `${DISTRICT}-R-000001`, department: POLICE },
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
    request { id case { id } } department { code name tasks { title } powers { id } division { code } } } } }`);
  expect(errors).toEqual([]);
  expect(data.cases.nodes).toHaveLength(50);
  expect(data.cases.nodes[0]).toMatchObject({
    component: { state: 'INTACT' },
    grid: { code: GRID, division: { code: DISTRICT } },
    stages: [{ action: 'REPORT' }, { action: 'FILE' }],
    reporter: { name: '王小明' },
    request: { case: { id: `${DISTRICT}-C-000001` } },
    department: {
      name: '武昌区城管执法局',
      tasks: [{ title: '事项0' }, { title: '事项3' }],
      division: { code: '420106' },
    },
  });
  expect(names()).toEqual([
    ...['case_stages', 'cases_by_id', 'components_by_code', 'departments_by_code', 'duties_by_department'],
    ...['grid_cells_by_code', 'requests_by_id'],
  ]);
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
        ...references('Request', 'id', `${DISTRICT}-R-000001`, 'nonsense'),
        ...references('Department', 'code', POLICE, '1111010201020009X3'),
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
    ...[`${DISTRICT}-R-000001`, null, `${DISTRICT}-R-000001`],
    ...[POLICE, null, POLICE],
    ...['4201060101000003', null, '4201060101000003'],
    ...[`${DISTRICT}-F-000001`, null, `${DISTRICT}-F-000001`],
    ...Array(9).fill(null),
  ]);
  expect(log).toHaveLength(8);
});

const ENTITIES = `query($of: [_Any!]!) { _entities(representations: $of) {
  ... on Division { code caseStatistics(period: "2026-10") { counts { reported } }
    requestStatistics(period: "2026-10") { counts { received } } }
  ... on Case { id } ... on Request { id } ... on Department { department: code } ... on Component { component: code }
  ... on Facility { id } ... on Alarm { id } ... on MonitoringPoint { id } ... on EnforcementCase { id } } }`;

test('lists of departments, duties and cells are given whole', async () => {
  const { data, errors } = await platform.ask(`{
    departments(within: "420106") { code name } elsewhere: departments(within: "420102") { code }
    responsibilities { title kind } gridCells { nodes { code } } components(state: "LOST") { totalCount }
    department(code: "${POLICE}") { responsibilities { id } } component(code: "4201060101000001") { category { code } } }`);
  expect(errors).toEqual([]);
  expect(data).toEqual({
    departments: [{ code: POLICE, name: '武昌区城管执法局' }],
    elsewhere: [],
    responsibilities: [{ title: '事项1', kind: 'RESPONSIBILITY' }],
    gridCells: { nodes: [{ code: GRID }] },
    components: { totalCount: 0 },
    department: { responsibilities: [{ id: '420106-DU-1' }] },
    component: { category: { code: '10101' } },
  });
});

test('beyond the scope a department is there with what it publishes, and nothing else', async () => {
  const unpublished = { id: '420106-DU-9', division: '420106', department: POLICE, kind: 'TASK', title: '未公开事项' };
  await insertRows(platform, 'duties', [{ ...unpublished, published: false }]);
  const query = `{ department(code: "${POLICE}") { name tasks { id } } }`;
  const idsFor = async (scope: readonly string[]) => {
    const { data } = await platform.ask(query, { passport: { scope } });
    return data.department.tasks.map(({ id }: { id: string }) => id);
  };
  expect(await idsFor(['42', '43'])).toEqual(['420106-DU-0', '420106-DU-3', '420106-DU-9']);
  expect(await idsFor(['11', '12'])).toEqual(['420106-DU-0', '420106-DU-3']);
  expect(await idsFor([])).toEqual(['420106-DU-0', '420106-DU-3']);
});

test('the public sees the duties that are published, with the class that each is about', async () => {
  await insertRows(
    platform,
    'duties',
    [
      {
        id: '420106-DU-7',
        division: '420106',
        department: POLICE,
        kind: 'POWER',
        title: '占道经营查处',
        category: '20406',
      },
      { id: '420106-DU-8', division: '420106', department: POLICE, kind: 'POWER', title: '未公开事项' },
    ].map((row, index) => ({ ...row, published: index === 0 })),
  );
  const query = `{ department(code: "${POLICE}") { powers { title category { code } } } }`;
  const titlesFor = async (audience: 'open' | 'supervisor') => {
    const { data } = await platform.ask(query, { passport: { audience, scope: ['', '~'] } });
    return data.department.powers.slice(-2);
  };
  const published = { title: '占道经营查处', category: { code: '20406' } };
  expect((await titlesFor('open')).at(-1)).toEqual(published);
  expect(await titlesFor('supervisor')).toEqual([published, { title: '未公开事项', category: null }]);
});
