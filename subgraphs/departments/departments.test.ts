import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import { type LoggedQuery, logLoaderQueries } from '@yiwang/scripts/testing/query-log.ts';
import { insertRows } from '../municipal/fixtures/rows.ts';
import { departments } from './module.ts';

const POLICE = '114201060106000261';
/** Registered by the ministry, at work in Wuhan. */
const BUREAU = '11100000000013338W';
const DISSOLVED = '1111010201020009X3';
const log: LoggedQuery[] = [];

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform({ modules: [logLoaderQueries(departments, log)] });
  const none = { parent: null, valid_from: null, valid_to: null, successor: null };
  await insertRows(platform, 'departments', [
    {
      ...{ ...none, code: POLICE, division: '420106', name: '武昌区城管执法局', serves: ['420106'] },
      ...{ tier: 'DISTRICT', parent: BUREAU, valid_from: '2019-03-01' },
    },
    {
      ...none,
      code: BUREAU,
      division: '420100',
      name: '驻武汉专员办',
      serves: ['420000', '410000'],
      tier: 'MUNICIPAL',
    },
    {
      ...{
        ...none,
        code: DISSOLVED,
        division: '420106',
        name: '武昌区城市管理局',
        serves: ['420106'],
        tier: 'DISTRICT',
      },
      ...{ valid_to: '2019-03-01', successor: POLICE },
    },
  ]);
  await insertRows(
    platform,
    'duties',
    ['TASK', 'RESPONSIBILITY', 'POWER', 'TASK'].map((kind, index) => ({
      ...{ id: `420106-DU-${index}`, division: '420106', department: POLICE, kind, title: `事项${index}` },
      ...{ category: kind === 'POWER' ? '20406' : null, published: true },
    })),
  );
});
beforeEach(() => {
  log.length = 0;
});
afterAll(() => platform.close());

const ENTITIES = `query($of: [_Any!]!) { _entities(representations: $of) { ... on Department {
  code name division { code } serves { code } tier validFrom validTo
  tasks { id } responsibilities { id } powers { id category { code } } } } }`;

describe('departments', () => {
  test('departments come with where they belong, whom they serve and their lists, in one query for each kind of row', async () => {
    const of = [POLICE, '1111010201020009XX', BUREAU, POLICE].map((code) => ({ __typename: 'Department', code }));
    const { data, errors } = await platform.ask(ENTITIES, { variables: { of } });
    expect(errors).toEqual([]);
    const police = {
      ...{ code: POLICE, name: '武昌区城管执法局', division: { code: '420106' }, serves: [{ code: '420106' }] },
      ...{ tier: 'DISTRICT', validFrom: '2019-03-01', validTo: null },
      tasks: [{ id: '420106-DU-0' }, { id: '420106-DU-3' }],
      responsibilities: [{ id: '420106-DU-1' }],
      powers: [{ id: '420106-DU-2', category: { code: '20406' } }],
    };
    const bureau = {
      ...{ code: BUREAU, name: '驻武汉专员办', division: { code: '420100' }, tier: 'MUNICIPAL' },
      ...{ serves: [{ code: '420000' }, { code: '410000' }], validFrom: null, validTo: null },
      ...{ tasks: [], responsibilities: [], powers: [] },
    };
    expect(data._entities).toEqual([police, null, bureau, police]);
    expect(log).toHaveLength(2);
  });

  test('a department that no longer exists is there, with the day on which it ended', async () => {
    const { data } = await platform.ask(`{ department(code: "${DISSOLVED}") { name validTo } }`);
    expect(data.department).toEqual({ name: '武昌区城市管理局', validTo: '2019-03-01' });
  });

  test('departments of a division are those that its governments run, whatever their codes begin with', async () => {
    const codes = async (within: string) => {
      const { data } = await platform.ask(`{ departments(within: "${within}") { code } }`);
      return data.departments.map(({ code }: { code: string }) => code);
    };
    expect(await codes('420106')).toEqual([DISSOLVED, POLICE]);
    expect(await codes('420100')).toEqual([BUREAU, DISSOLVED, POLICE]);
    expect(await codes('420102')).toEqual([]);
  });

  test('responsibilities are listed by division and department', async () => {
    const { data } = await platform.ask(`{
      all: responsibilities(within: "42") { title kind } other: responsibilities(department: "${BUREAU}") { title } }`);
    expect(data).toEqual({ all: [{ title: '事项1', kind: 'RESPONSIBILITY' }], other: [] });
  });

  test('a code with a wrong check digit is refused', async () => {
    const { errors } = await platform.ask('{ department(code: "114201060106000262") { name } }');
    expect(errors[0]).toMatchObject({ message: expect.stringContaining('check character') });
  });
});

describe('duties beyond the scope', () => {
  test('beyond the scope a department is there with what it publishes, and nothing else', async () => {
    const unpublished = { id: '420106-DU-9', division: '420106', department: POLICE, kind: 'TASK', title: '未公开' };
    await insertRows(platform, 'duties', [{ ...unpublished, published: false }]);
    const query = `{ department(code: "${POLICE}") { name tasks { id } } }`;
    const idsFor = async (scope: readonly string[], audience = 'supervisor') => {
      const { data } = await platform.ask(query, { passport: { scope, audience } });
      return data.department.tasks.map(({ id }: { id: string }) => id);
    };
    expect(await idsFor(['42', '43'])).toEqual(['420106-DU-0', '420106-DU-3', '420106-DU-9']);
    for (const scope of [['11', '12'], []]) expect(await idsFor(scope)).toEqual(['420106-DU-0', '420106-DU-3']);
    expect(await idsFor(['', '~'], 'open')).toEqual(['420106-DU-0', '420106-DU-3']);
  });
});
