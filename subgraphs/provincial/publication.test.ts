/** Who sees an evaluation, since when, and how much of it. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type AskOptions, startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import { provincial } from './module.ts';

const PUBLIC_PARTS = JSON.stringify([
  { indicator: 'closeRate', name: '结案率', score: 37.5, fullScore: 37.5, numerator: 35, denominator: 36 },
  { indicator: 'onTimeCloseRate', name: '按期结案率', score: 44.44, fullScore: 50, numerator: 8, denominator: 9 },
]);
let platform: TestPlatform;

async function ask(query: string, options: AskOptions = {}) {
  const { data, errors } = await platform.ask(query, options);
  expect(errors).toEqual([]);
  return data;
}

describe('publication', () => {
  const OPEN: AskOptions = { passport: { audience: 'open', tier: 'PUBLIC', classes: ['OPEN'], unmasked: false } };
  const DEPARTMENT: AskOptions = { passport: { audience: 'department', classes: ['OPEN', 'SHARED'] } };
  const AUDITOR: AskOptions = { passport: { audience: 'auditor', classes: ['OPEN', 'AUDIT'] } };
  const ROWS = '{ evaluations(period: "2026-05") { key { department { code } } publishedAt published rank } }';
  const DEPARTMENT_CODE = '11420600000000000X';

  beforeAll(async () => {
    platform = await startTestPlatform({
      modules: [provincial],
      identity: { id: 'provincial/420000', tier: 'PROVINCIAL', division: '420000' },
    });
    await platform.seed(`
      insert into evaluations (scheme, division, department, month, evaluator, score, grade, rank, parts, published_at) values
        ('AREA-2026', '420600', null, '2026-05-01', '420000', 91.23, 'A', 1, '${PUBLIC_PARTS}', '2026-06-15T10:00:00+08:00'),
        ('AREA-2026', '420600', null, '2026-05-01', '100000', 90, 'A', 1, '[]', null),
        ('CITY-2026', '420600', '${DEPARTMENT_CODE}', '2026-05-01', '420000', 80, 'B', 2, '[]', now() + interval '1 hour');`);
  });
  afterAll(() => platform.close());

  test('evaluations are seen by supervisors at once, by everybody else from their publication on', async () => {
    const seen = async (options?: AskOptions) => (await ask(ROWS, options)).evaluations;
    const published = {
      key: { department: null },
      publishedAt: '2026-06-15T10:00:00+08:00',
      published: true,
      rank: 1,
    };
    expect(await seen()).toEqual([
      { key: { department: null }, publishedAt: null, published: false, rank: 1 },
      published,
      { key: { department: { code: DEPARTMENT_CODE } }, publishedAt: expect.any(String), published: false, rank: 2 },
    ]);
    for (const options of [OPEN, DEPARTMENT, AUDITOR]) expect(await seen(options)).toEqual([published]);
    await platform.seed(
      "update evaluations set published_at = now() where scheme = 'CITY-2026' and division = '420600'",
    );
    for (const options of [OPEN, DEPARTMENT, AUDITOR]) expect(await seen(options)).toHaveLength(2);
  });

  test('evaluations are of the division alone if they are asked of it, and of one department if it is named', async () => {
    const data = await ask(
      `query ($refs: [_Any!]!) {
        named: evaluations(period: "2026-05", department: "${DEPARTMENT_CODE}") { scheme }
        _entities(representations: $refs) { ... on Division { evaluations(period: "2026-05") { scheme evaluator { code } } } }
      }`,
      { variables: { refs: [{ __typename: 'Division', code: '420600' }] } },
    );
    expect(data.named).toEqual([{ scheme: 'CITY-2026' }]);
    expect(data._entities[0].evaluations).toEqual([
      { scheme: 'AREA-2026', evaluator: { code: '100000' } },
      { scheme: 'AREA-2026', evaluator: { code: '420000' } },
    ]);
  });

  test('the rates behind an evaluation are for the public in tens, and withheld below ten rows; points are whole', async () => {
    const PARTS_OF =
      '{ evaluations(period: "2026-05", scheme: "AREA-2026") { score parts { score rate { numerator denominator value } } } }';
    const { evaluations } = await ask(PARTS_OF, OPEN);
    expect(evaluations).toEqual([
      {
        score: 91.23,
        parts: [
          { score: 37, rate: { numerator: 40, denominator: 40, value: 1 } },
          { score: 44, rate: null },
        ],
      },
    ]);
    const all = await ask(PARTS_OF, DEPARTMENT);
    expect(all.evaluations[0].parts).toEqual([
      { score: 37.5, rate: { numerator: 35, denominator: 36, value: 35 / 36 } },
      { score: 44.44, rate: { numerator: 8, denominator: 9, value: 8 / 9 } },
    ]);
  });
});
