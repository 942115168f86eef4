/** The partition law over two subgraphs: hotspots are counted by the platforms of both, and each row once. */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { requestRow } from '../../../subgraphs/hotline/fixtures/rows.ts';
import { caseRow } from '../../../subgraphs/municipal/fixtures/rows.ts';
import type { PlatformEntry } from '../../model/platform/network.ts';
import { createSigner, type Signer, startLowerGateway } from '../support/toys/lower-gateway.ts';
import {
  type HotlineAnswer,
  type HotlineWorld,
  type Rows,
  SUPERGRAPH,
  startHotlineEngine,
  startHotlineWorld,
} from './hotline-world.ts';

const DIVISIONS = ['420102001001', '420106001001', '420106003001', '420106003002', '420502001001', '420502002001'];
const QUESTIONS = [
  '{ hotspots(period: "2026") { key { division { code } } requests cases quadrant } }',
  '{ hotspots(within: "420100", period: "2026", groupBy: [COUNTY]) { key { division { code } } requests cases quadrant } }',
  '{ hotspots(within: "420106", period: "2026", groupBy: [COMMUNITY, MONTH]) { quadrant key { month division { code } } } }',
  '{ hotspots(within: "420106003", period: "2026", groupBy: []) { requests cases } cases(within: "420106") { totalCount } }',
  '{ hotspots(period: "2026-09", groupBy: [CITY]) { key { division { code } } requests cases quadrant } }',
  '{ requests(first: 5, filter: { received: "2026-10" }) { totalCount nodes { id division { code } } } }',
  '{ requestStatistics(period: "2026", groupBy: [COUNTY, MONTH]) { key { month division { code } } counts { received overdue } } }',
  '{ monthlyTopics(month: "2026-09-01/2026-11-01") { id requests rank division { code } } here: monthlyTopics(within: "420106", month: "2026-10") { id requests rank } }',
  '{ a: hotspots(period: "2026-09", groupBy: [SOURCE]) { key { source } cases } b: hotspots(period: "2026-10") { requests } }',
];

const rowsArbitrary: fc.Arbitrary<Rows> = fc
  .record({ cases: fc.array(rowArbitrary(), { maxLength: 25 }), requests: fc.array(rowArbitrary(), { maxLength: 25 }) })
  .map(({ cases, requests }) => ({
    cases: cases.map(({ division, month }, i) =>
      caseRow(i + 1, { division, reported_at: `2026-${month}-05T08:00:00+08:00` }),
    ),
    requests: requests.map(({ division, month }, i) =>
      requestRow(i + 1, { division, received_at: `2026-${month}-05T08:00:00+08:00` }),
    ),
  }));

function rowArbitrary() {
  return fc.record({ division: fc.constantFrom(...DIVISIONS), month: fc.constantFrom('09', '10') });
}

let lower: Signer;
let world: HotlineWorld;
beforeAll(async () => {
  lower = await createSigner();
  world = await startHotlineWorld([lower]);
}, 180_000);
afterAll(() => world.close());

const some = (counts: Readonly<Record<string, readonly [requests: number, cases: number]>>): Rows => {
  const rowsOf = <T>(part: 0 | 1, make: (serial: number, division: string) => T): T[] => {
    let serial = 0;
    return Object.entries(counts).flatMap(([division, count]) =>
      Array.from({ length: count[part] }, () => make(++serial, division)),
    );
  };
  return {
    requests: rowsOf(0, (serial, division) => requestRow(serial, { division })),
    cases: rowsOf(1, (serial, division) => caseRow(serial, { division })),
  };
};

const CALLERS = ['420000', '420100', '420106', '420106003', '420500'];

test('one platform with all rows and many with their parts give the same answers, whatever copies a city holds', async () => {
  await fc.assert(
    fc.asyncProperty(rowsArbitrary, fc.constantFrom(...CALLERS), async (rows, caller) => {
      await world.spread(rows);
      for (const question of QUESTIONS) {
        const [many, one] = await Promise.all([world.ask(question, caller), world.askWhole(question, caller)]);
        expect([many.data, many.errors]).toEqual([one.data, one.errors]);
      }
    }),
    { numRuns: 12 },
  );
}, 120_000);

test('a group that only one side has is there, and quadrants go by all groups', async () => {
  await world.spread(some({ '420106003001': [3, 0], '420106001001': [0, 3], '420102001001': [1, 1] }));
  const { data, errors } = await world.ask(QUESTIONS[0]!, '420100');
  expect(errors).toEqual([]);
  expect(data.hotspots).toEqual([
    { key: { division: { code: '420102001' } }, requests: 1, cases: 1, quadrant: 'BOTH_LOW' },
    { key: { division: { code: '420106001' } }, requests: 0, cases: 3, quadrant: 'GRID_HIGH' },
    { key: { division: { code: '420106003' } }, requests: 3, cases: 0, quadrant: 'HOTLINE_HIGH' },
  ]);
});

test('a platform is asked once for each subgraph in which it answers for a part, and no other is', async () => {
  const askedFor = async (division: string) =>
    (await world.ask('{ hotspots(period: "2026") { cases } }', division)).coverage?.platforms
      .map(({ platform, subgraph }) => `${platform} ${subgraph}`)
      .sort();
  expect(await askedFor('420500')).toEqual(['hotline/420500 hotline', 'municipal/420500 municipal']);
  expect(await askedFor('420106003')).toEqual(['municipal/420100 hotline', 'municipal/420106003 municipal']);
  expect(await askedFor('420100')).toEqual([
    ...['municipal/420100 hotline', 'municipal/420100 municipal', 'municipal/420106 municipal'],
    'municipal/420106003 municipal',
  ]);
});

test('a missing hotline is named as such, and the cases stay', async () => {
  await world.spread(some({ '420502001001': [2, 3], '420106003001': [2, 3] }));
  const question = '{ hotspots(period: "2026", groupBy: [CITY]) { key { division { code } } requests cases } }';
  const without = (id: string) =>
    world.entries.map((entry) => (entry.id === id ? { ...entry, url: 'http://127.0.0.1:1/graphql' } : entry));
  const partial = await startHotlineEngine(without('hotline/420500'));
  try {
    const { data, errors, coverage } = await partial.ask(question, '420000');
    expect(data.hotspots).toEqual([
      { key: { division: { code: '420100' } }, requests: 2, cases: 3 },
      { key: { division: { code: '420500' } }, requests: 0, cases: 3 },
    ]);
    expect(errors).toEqual([{ code: 'PLATFORM_UNREACHABLE', path: ['hotspots'] }]);
    expect(coverage?.platforms.filter(({ status }) => status !== 'OK')).toMatchObject([
      { platform: 'hotline/420500', subgraph: 'hotline', division: '420500', path: ['hotspots'] },
    ]);
  } finally {
    await partial.close();
  }
});

test('a division whose hotline nobody serves is named as unserved', async () => {
  const partial = await startHotlineEngine(world.entries.filter(({ id }) => id !== 'hotline/420500'));
  try {
    const { errors, coverage } = await partial.ask('{ hotspots(period: "2026") { requests cases } }', '420500');
    expect([errors, coverage?.complete, coverage?.unserved]).toEqual([[], false, ['420500']]);
  } finally {
    await partial.close();
  }
});

test('the platforms of both subgraphs count against the number that an operation may reach', async () => {
  const few = await startHotlineEngine(world.entries, { fanOutMax: 4 });
  try {
    const { data, errors } = await few.ask('{ hotspots(period: "2026") { cases } cases { totalCount } }', '420000');
    expect(errors).toEqual([{ code: 'TOO_COSTLY', path: ['hotspots'] }]);
    expect(data.cases).toEqual({ totalCount: expect.any(Number) });
    expect((await few.ask('{ hotspots(period: "2026") { cases } }', '420106')).errors).toEqual([]);
  } finally {
    await few.close();
  }
});

test('a gateway of a province counts the parts of its platforms for an upstream gateway as that would itself', async () => {
  const { requests, cases } = some({ '420106003001': [3, 1], '420106001001': [0, 3], '420502001001': [2, 2] });
  await world.spread({ requests, cases: cases.map((row) => ({ ...row, request: requests[0]?.id })) });
  const above = await createSigner();
  const id = 'municipal/420000';
  const province = await startLowerGateway({
    ...{ division: '420000', placed: [], above, own: lower, supergraph: SUPERGRAPH },
    directory: { id, platforms: world.entries },
  });
  const entry: PlatformEntry = {
    ...{ id, name: id, tier: 'PROVINCIAL', division: '420000', subgraphs: ['municipal', 'hotline'] },
    url: province.url,
  };
  const tree = await startHotlineEngine([entry], {}, above.signPassport);
  try {
    const byId = `{ request(id: "${requests[0]?.id}") { title } cases { nodes { request { title } } } }`;
    for (const question of [...QUESTIONS, byId]) {
      const [through, flat] = [await tree.ask(question, '420000'), await world.ask(question, '420000')];
      expect([through.data, through.errors]).toEqual([flat.data, []]);
      const names = ({ coverage }: HotlineAnswer) =>
        coverage?.platforms.map(({ platform, subgraph }) => `${platform} ${subgraph}`).sort();
      expect(names(through)).toEqual(names(flat));
    }
  } finally {
    await Promise.all([tree.close(), province.close(), above.close()]);
  }
}, 180_000);
