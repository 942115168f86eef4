/** The id of a request names its city, and its division is data: rights go by the division, routes by the city. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { requestRow } from '../../../subgraphs/hotline/fixtures/rows.ts';
import { caseRow } from '../../../subgraphs/municipal/fixtures/rows.ts';
import { type HotlineAnswer, type HotlineWorld, startHotlineEngine, startHotlineWorld } from './hotline-world.ts';

/** About two communities of Wuchang, one of Jiang'an and one of Yichang; the last has an id from before there were hotlines. */
const REQUESTS = [
  requestRow(1, { division: '420106003001', case_id: '420106003001-C-000001' }),
  requestRow(2, { division: '420106001001', received_at: '2026-10-06T08:00:00+08:00' }),
  requestRow(3, { division: '420102001001', received_at: '2026-10-05T08:00:00+08:00' }),
  requestRow(4, { division: '420502001001' }),
  requestRow(5, { id: '420106003001-R-000005', division: '420106003001' }),
  // Its division was corrected.
  requestRow(6, { id: '420106003002-R-000006', division: '420102001001' }),
];
const CASES = [caseRow(1, { request: '420100-R-000001' }), caseRow(2, { request: '420106003001-R-000005' })];

let world: HotlineWorld;
beforeAll(async () => {
  world = await startHotlineWorld();
  await world.spread({ cases: CASES, requests: REQUESTS });
}, 180_000);
afterAll(() => world.close());

const byId = async (id: string, division: string) => {
  const { data, errors } = await world.ask(`{ request(id: "${id}") { id title division { code } } }`, division);
  expect(errors).toEqual([]);
  return data.request;
};

describe('a request by its id', () => {
  test.each([
    ['100000', '420100-R-000001'],
    ['420100', '420100-R-000001'],
    ['420106', '420100-R-000001'],
    ['420106003', '420100-R-000001'],
    ['420106', '420100-R-000002'],
    ['420106003', '420106003001-R-000005'],
    ['420102', '420106003002-R-000006'],
    ['420500', '420500-R-000004'],
  ])('is given to a caller of %s whose division it is about: %s', async (division, id) => {
    expect(await byId(id, division)).toEqual({
      id,
      title: '路面积水',
      division: { code: REQUESTS.find((row) => row.id === id)?.division },
    });
  });

  test.each([
    ['420102', '420100-R-000001'],
    ['420106003', '420100-R-000002'],
    ['420106', '420106003002-R-000006'],
    ['420500', '420100-R-000001'],
    ['110000', '420100-R-000001'],
    ['420106', '420000-R-000001'],
    ['420106', 'nonsense'],
  ])('is not there for a caller of %s whose division it is not about: %s', async (division, id) => {
    expect(await byId(id, division)).toBeNull();
  });

  test('goes to the hotline of its city alone, whatever else the caller sees', async () => {
    const asked = async (id: string, division: string) =>
      (await world.ask(`{ request(id: "${id}") { id } }`, division)).coverage?.platforms.map((each) => each.platform);
    expect(await asked('420100-R-000001', '100000')).toEqual(['municipal/420100']);
    expect(await asked('420106003001-R-000005', '420106003')).toEqual(['municipal/420100']);
    expect(await asked('420500-R-000004', '420000')).toEqual(['hotline/420500']);
    expect(await asked('420100-R-000001', '420500')).toBeUndefined();
  });

  test('of a city whose hotline nobody serves is not merely not found: its city is unserved', async () => {
    const partial = await startHotlineEngine(world.entries.filter(({ id }) => id !== 'municipal/420100'));
    try {
      const { data, coverage } = await partial.ask('{ request(id: "420100-R-000001") { id } }', '420000');
      expect([data, coverage?.complete, coverage?.unserved]).toEqual([{ request: null }, false, ['420100']]);
    } finally {
      await partial.close();
    }
  });
});

test('a case and its request lead to each other over platforms, for a street as for a city', async () => {
  for (const division of ['420106003', '420106', '420100']) {
    const { data, errors } = await world.ask(
      '{ cases { nodes { id request { id title division { code } case { id status } } } } requests { nodes { id case { id } } } }',
      division,
    );
    expect(errors).toEqual([]);
    const [second, first] = [...data.cases.nodes].sort((a, b) => (a.id < b.id ? 1 : -1));
    expect(first).toMatchObject({
      id: '420106003001-C-000001',
      request: { title: '路面积水', division: { code: '420106003001' }, case: { id: first.id, status: 'REPORTED' } },
    });
    expect(second.request).toMatchObject({ id: '420106003001-R-000005', title: '路面积水', case: null });
    const linked = data.requests.nodes.filter((node: { case: unknown }) => node.case !== null);
    expect(linked).toEqual([{ id: '420100-R-000001', case: { id: '420106003001-C-000001' } }]);
  }
});

test('a case whose request moved to another district has none for who sees that case alone, and nobody is at fault', async () => {
  const moved = caseRow(3, { request: '420106003002-R-000006' });
  const dangling = caseRow(4, { request: '420100-R-000099' });
  const answer = async (id: string, division: string) => {
    const { data, errors, coverage } = await world.ask(`{ case(id: "${id}") { request { title status } } }`, division);
    return [data.case, errors.map(({ code }) => code), coverage?.complete];
  };
  await world.spread({ cases: [moved, dangling], requests: REQUESTS });
  try {
    for (const division of ['420106003', '420106'])
      expect(await answer(String(moved.id), division)).toEqual([{ request: null }, [], true]);
    expect(await answer(String(moved.id), '420100')).toEqual([
      { request: { title: '路面积水', status: 'RECEIVED' } },
      [],
      true,
    ]);
    // Who sees the whole city is told of a request that is nowhere.
    const [row, codes] = await answer(String(dangling.id), '420100');
    expect(row).toEqual({ request: null });
    expect(new Set(codes as string[])).toEqual(new Set(['PLATFORM_FAILED']));
  } finally {
    await world.spread({ cases: CASES, requests: REQUESTS });
  }
});

test('a hotline that has lost its row security shows a caller no request about others, and is listed for it', async () => {
  const hotline = world.platforms.get('municipal/420100')!;
  await hotline.seed('alter table requests disable row level security');
  try {
    expect(await byId('420106003001-R-000005', '420106')).toMatchObject({ division: { code: '420106003001' } });
    const listed = [['municipal/420100', 'NONCONFORMING']];
    const faults = ({ coverage }: HotlineAnswer) =>
      coverage?.platforms.filter(({ status }) => status !== 'OK').map(({ platform, status }) => [platform, status]);
    const root = await world.ask('{ request(id: "420100-R-000001") { id title } }', '420102');
    expect([root.data, faults(root)]).toEqual([{ request: null }, listed]);
    // A case of Jiang'an about whose request another district was found to be responsible.
    await world.platforms
      .get('municipal/420100')!
      .seed(
        `update cases set division = '420102001001', request = '420100-R-000001' where id = '420106003001-C-000001'`,
      );
    const entity = await world.ask('{ cases { nodes { request { id title } } } }', '420102');
    expect(JSON.stringify(entity.data)).not.toContain('路面积水');
    expect(faults(entity)).toEqual(listed);
    // In scope it is there, by the root and by the case.
    expect((await world.ask('{ cases { nodes { request { title division { code } } } } }', '420106')).errors).toEqual(
      [],
    );
  } finally {
    await hotline.seed('alter table requests enable row level security');
    await world.spread({ cases: CASES, requests: REQUESTS });
  }
});

test('pages give every request in scope once, in one order, though ids do not tell the division', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('420000', '420100', '420106', '420106003'),
      fc.integer({ min: 1, max: 4 }),
      fc.constantFrom('RECEIVED_AT', 'DUE_AT'),
      async (division, first, field) => {
        const order = `orderBy: { field: ${field} }`;
        const seen: string[] = [];
        let after = 'null';
        for (let more = true; more; ) {
          const { data, errors } = await world.ask(
            `{ requests(first: ${first}, after: ${after}, ${order}) { nodes { id } pageInfo { hasNextPage endCursor } } }`,
            division,
          );
          expect(errors).toEqual([]);
          seen.push(...data.requests.nodes.map(({ id }: { id: string }) => id));
          more = data.requests.pageInfo.hasNextPage;
          after = JSON.stringify(data.requests.pageInfo.endCursor);
        }
        const { data } = await world.askWhole(`{ requests(first: 100, ${order}) { nodes { id } } }`, division);
        expect(seen).toEqual(data.requests.nodes.map(({ id }: { id: string }) => id));
      },
    ),
    { numRuns: 25 },
  );
});
