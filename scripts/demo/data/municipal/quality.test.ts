/** The demo's cases keep their steps in order, and each fault that is made is found by the measure that says so. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { municipal } from '@yiwang/municipal';
import { QUALITY_MEASURES, type QualityMeasure } from '@yiwang/schema/statistics';
import { startTestPlatform, type TestPlatform } from '../../../testing/platform.ts';
import { ownRegion, platformOf } from '../../platforms.ts';
import { DATA_END } from '../data-period.ts';
import { generateMunicipal } from './generate.ts';
import { type Batch, COLUMNS } from './tables.ts';

let platform: TestPlatform;
let batches: readonly Batch[];

beforeAll(async () => {
  platform = await startTestPlatform({ modules: [municipal], now: () => new Date(DATA_END) });
  const wuhan = platformOf('municipal/420100');
  const area = { id: wuhan.id, division: wuhan.division, region: ownRegion(wuhan) };
  batches = [...generateMunicipal(area, { scale: 0.02, now: DATA_END })].filter(({ table }) =>
    ['cases', 'case_stages'].includes(table),
  );
});
afterAll(() => platform.close());

beforeEach(async () => {
  await platform.seed('truncate cases, case_stages');
  for (const { table, rows } of batches) {
    const columns = COLUMNS[table].join(', ');
    await platform.seed(
      `insert into ${table} (${columns}) select ${columns} from json_populate_recordset(null::${table}, $1)`,
      [JSON.stringify(rows)],
    );
  }
});

type Counts = Readonly<Record<QualityMeasure | 'rows', number>>;

async function ask(groupBy = ''): Promise<readonly Counts[]> {
  const { data, errors } = await platform.ask(
    `{ quality(period: "2026", groupBy: [${groupBy}]) { counts { rows ${QUALITY_MEASURES.join(' ')} } } }`,
  );
  expect(errors).toEqual([]);
  return data.quality.map(({ counts }: { counts: Counts }) => counts);
}

/** By measure, how many rows keep it less than before. */
async function lossOf(change: string): Promise<Readonly<Record<string, number>>> {
  const [before] = await ask();
  await platform.seed(change);
  const [after] = await ask();
  const losses = QUALITY_MEASURES.map((name): [string, number] => [name, before![name] - after![name]]);
  return Object.fromEntries(losses.filter(([, loss]) => loss !== 0));
}

test('every case of the demo has taken the steps that its instants tell of, in order', async () => {
  const [counts] = await ask();
  expect(counts!.rows).toBeGreaterThan(50);
  expect(counts).toMatchObject({ recorded: counts!.rows, ordered: counts!.rows, responsible: counts!.rows });
});

test.each(['COUNTY', 'STREET', 'COMMUNITY', 'CATEGORY'])('the counts by %s sum to the whole', async (groupBy) => {
  const [whole] = await ask();
  const parts = await ask(groupBy);
  expect(parts.length).toBeGreaterThan(3);
  for (const name of ['rows', ...QUALITY_MEASURES] as const)
    expect([name, parts.reduce((sum, counts) => sum + counts[name], 0)]).toEqual([name, whole![name]]);
});

const FIVE = `(select id from cases where closed_at is not null and reported_at >= '2026-01-01' and grid is not null
  order by id limit 5)`;
const FAULTS: readonly (readonly [string, string, Readonly<Record<string, number>>])[] = [
  ['coordinates are lost', `update cases set latitude = null where id in ${FIVE}`, { located: 5 }],
  ['grid cells are lost', `update cases set grid = null where id in ${FIVE}`, { gridded: 5 }],
  ['addresses are empty', `update cases set address = '' where id in ${FIVE}`, { addressed: 5 }],
  ['departments are lost', `update cases set department = null where id in ${FIVE}`, { responsible: 5 }],
  ['deadlines are lost', `update cases set due_at = null where id in ${FIVE}`, { limited: 5 }],
  ['filing conditions are lost', `update cases set condition_id = null where id in ${FIVE}`, { conditioned: 5 }],
  ['descriptions are lost', `update cases set description = null where id in ${FIVE}`, { described: 5 }],
  [
    'all steps after the report are lost',
    `delete from case_stages where seq > 1 and case_id in ${FIVE}`,
    { recorded: 5 },
  ],
  [
    'a step is said to be before the report',
    `update case_stages s set at = s.at - interval '10 years' where action = 'ARCHIVE' and case_id in ${FIVE}`,
    { ordered: 5 },
  ],
  [
    'cases are reported twice',
    `with twice as (select * from cases where id in ${FIVE}),
       again as (insert into case_stages (case_id, seq, division, action, at, from_status, to_status)
         select s.case_id || '9', s.seq, s.division, s.action, s.at, s.from_status, s.to_status
         from case_stages s where s.case_id in (select id from twice))
     insert into cases (id, division, grid, category, condition_id, source, status, flow_state, address, description, department,
       longitude, latitude, reported_at, filed_at, dispatched_at, handled_at, closed_at, due_at, on_time)
     select id || '9', division, grid, category, condition_id, source, status, flow_state, address, description, department,
       longitude, latitude, reported_at, filed_at, dispatched_at, handled_at, closed_at, due_at, on_time from twice`,
    {},
  ],
];

test.each(FAULTS)('when %s, the measure that says so falls, and no other', async (what, change, expected) => {
  const losses = await lossOf(change);
  if (what !== 'cases are reported twice') return expect(losses).toEqual(expected);
  // Five more rows keep all measures but one.
  const gained = Object.fromEntries(QUALITY_MEASURES.filter((name) => name !== 'unique').map((name) => [name, -5]));
  expect(losses).toEqual(gained);
});
