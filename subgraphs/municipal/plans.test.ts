import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Database, Within } from '@yiwang/platform';
import { parsePeriod } from '@yiwang/schema/time';
import { startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import { type LoggedQuery, logQueries } from '@yiwang/scripts/testing/query-log.ts';
import pg from 'pg';
import { hotline } from '../hotline/module.ts';
import { readRequestStatistics } from '../hotline/store/request-statistics.ts';
import { municipal } from './module.ts';
import { readCaseStatistics } from './store/case-statistics.ts';
import { type CasePageQuery, pageCases, readCaseStages } from './store/cases.ts';
import { pageFacilities } from './store/facilities.ts';

const ROWS = 200_000;
const NOW = new Date('2026-11-01T00:00:00+08:00');
const READER = { classes: ['OPEN', 'SHARED'], unmasked: false } as const;

let platform: TestPlatform;
let client: pg.Client;
beforeAll(async () => {
  platform = await startTestPlatform({ modules: [municipal, hotline] });
  await platform.seed(FILL);
  client = new pg.Client({ connectionString: platform.ownerUrl });
  await client.connect();
  await client.query('set role yiwang_platform');
  await setScope('', '~');
}, 120_000);
afterAll(async () => {
  await client.end();
  await platform.close();
});

/** 100 streets of 50 counties, two years of reports in an even stream, most of them closed within ten days. */
const FILL = `
insert into cases (id, division, category, source, status, flow_state, reported_at, filed_at, due_at, closed_at, on_time)
select division || '-C-' || i, division, '10101', 'PATROL', case when open then 'FILED' else 'CLOSED' end, 'X', reported,
  reported + interval '1 hour', reported + interval '5 days', case when not open then reported + interval '3 days' end,
  case when not open then true end
from (select i, '42' || (1000 + i % 50)::text || (100 + i % 100)::text || '001' as division, i % 50 = 7 as open,
    timestamptz '2024-11-01 00:00+08' + i * interval '315 seconds' as reported from generate_series(1, ${ROWS}) i) as made;
insert into case_stages (case_id, seq, division, action, at) select id, 1, division, 'REPORT', reported_at from cases where reported_at < '2025-01-01';
insert into case_stages (case_id, seq, division, action, at, officer) select id, 2, division, 'DISPATCH', filed_at, '421000-OF-1' from cases;
insert into requests (id, division, kind, category, status, title, received_at, answered_at, closed_at)
select replace(id, '-C-', '-R-'), division, 'HELP', '4010101', 'CLOSED', '-', reported_at, reported_at, reported_at + interval '4 days' from cases;
insert into facilities (id, division, kind, name, longitude, latitude)
select '421000101001-F-' || i, '421000101001', 'PARK', 'x', 108 + (i % 400) * 0.02, 29 + i / 400 * 0.02 from generate_series(1, 80000) i;
analyze;`;

async function setScope(low: string, high: string): Promise<void> {
  await client.query(`select set_config('yiwang.low', $1, false), set_config('yiwang.high', $2, false)`, [low, high]);
}

interface Plan {
  readonly text: string;
  /** Rows that the scans gave or dropped. */
  readonly touched: number;
}

interface PlanNode {
  readonly 'Node Type': string;
  readonly 'Actual Rows': number;
  readonly 'Actual Loops': number;
  readonly 'Rows Removed by Filter'?: number;
  readonly Plans?: readonly PlanNode[];
}

/** Runs what the store asks, and explains each of its queries. */
async function explain(ask: (db: Database) => Promise<unknown>): Promise<Plan[]> {
  const log: LoggedQuery[] = [];
  const real: Database = {
    query: async (_name, text, values = []) => (await client.query({ text, values: [...values] })).rows,
  };
  await ask(logQueries(real, log));
  return Promise.all(
    log.map(async ({ sql, values }) => {
      const { rows } = await client.query({ text: `explain (analyze, format json) ${sql}`, values: [...values] });
      const [{ Plan: plan }] = rows[0]['QUERY PLAN'];
      return { text: JSON.stringify(plan), touched: touchedBy(plan) };
    }),
  );
}

function touchedBy(node: PlanNode): number {
  if (node['Node Type'] === 'Function Scan') return 0;
  const own = (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'];
  const below = (node.Plans ?? []).reduce((sum, child) => sum + touchedBy(child), 0);
  return (/Scan/.test(node['Node Type']) && node['Node Type'] !== 'Bitmap Index Scan' ? own : 0) + below;
}

const cases = (query: CasePageQuery) => (db: Database) => pageCases(db, query, { clearance: READER, now: NOW }).nodes();

describe(`with ${ROWS} cases, an index range serves`, () => {
  test.each<[string, CasePageQuery, string]>([
    ['the latest reports', {}, 'cases_reported'],
    ['the next deadlines', { orderBy: { field: 'DUE_AT', direction: 'ASC' } }, 'cases_due'],
    ['the last deadlines', { orderBy: { field: 'DUE_AT', direction: 'DESC' } }, 'cases_due_desc'],
    ['the last closed', { orderBy: { field: 'CLOSED_AT', direction: 'DESC' } }, 'cases_closed_desc'],
    ['the first filed', { orderBy: { field: 'FILED_AT', direction: 'ASC' } }, 'cases_filed'],
  ])('%s', async (_, query, index) => {
    const [plan] = await explain(cases({ ...query, first: 50 }));
    expect(plan?.text).toContain(`"${index}"`);
    expect(plan?.text).not.toContain('Seq Scan');
    expect(plan?.touched).toBeLessThan(500);
  });

  test('a page deep in the order as well as the first', async () => {
    const position = ['REPORTED_AT:DESC', '2025-06-01T00:00:00.000000Z', '421000100001', '421000100001-C-1'];
    const after = Buffer.from(JSON.stringify(position)).toString('base64url');
    const [plan] = await explain(cases({ first: 50, after }));
    expect(plan?.text).toContain('"cases_reported"');
    expect(plan?.touched).toBeLessThan(500);
  });

  test("a street's page, by argument or by scope", async () => {
    const [byArgument] = await explain(cases({ within: '421007107', first: 50 }));
    await setScope('421007107', '421007108');
    const [byScope] = await explain(cases({ first: 50 }));
    await setScope('', '~');
    for (const plan of [byArgument, byScope]) {
      expect(plan?.text).not.toContain('Seq Scan');
      expect(plan?.touched).toBeLessThan(10_000);
    }
  });

  test.each([2, 8, 9, 40])('a page and the statistics of %s streets, as the sum of each', async (count) => {
    const streets = Array.from({ length: count }, (_, i) => `42${1000 + i}${100 + i}`);
    const [page] = await explain(cases({ within: streets, first: 50 }));
    const [statistics] = await explain((db) => readCaseStatistics(db, question('2026-10', [], [streets])));
    for (const plan of [page, statistics]) {
      expect(plan?.text).not.toContain('Seq Scan');
      expect(plan?.touched).toBeLessThan(ROWS / 10);
    }
    const db: Database = {
      query: async (_name, text, values = []) => (await client.query({ text, values: [...values] })).rows,
    };
    const [together] = await readCaseStatistics(db, question('2026-10', [], [streets]));
    const each = await readCaseStatistics(db, question('2026-10', [], streets));
    const total = each.reduce((sum, [group]) => sum + (group?.counts.reported ?? 0), 0);
    expect(together?.[0]?.counts.reported).toBe(total);
    expect(total).toBeGreaterThan(0);
  });

  test('statistics of a month, of all divisions', async () => {
    const [plan] = await explain((db) => readCaseStatistics(db, question('2026-10', ['COUNTY'])));
    expect(plan?.text).toContain('"cases_lifetime"');
    // A month is a 24th of the rows, and 2 % are open ever since.
    expect(plan?.touched).toBeLessThan(ROWS / 10);
    const [requests] = await explain((db) =>
      readRequestStatistics(db, { ...question('2026-10', ['STREET']), facts: ['received'] }),
    );
    expect(requests?.text).toContain('"requests_lifetime"');
    expect(requests?.touched).toBeLessThan(ROWS / 10);
  });

  test('statistics of a month by today’s map, in a province with codes of the past', async () => {
    const query = { ...question('2026-10', ['COUNTY'], ['420000']), map: 'TODAY' as const };
    const [plan] = await explain((db) => readCaseStatistics(db, query));
    expect(plan?.text).toContain('420882');
    expect(plan?.text).toContain('"cases_lifetime"');
    expect(plan?.touched).toBeLessThan(ROWS / 10);
    const [unchanged] = await explain((db) => readCaseStatistics(db, { ...query, places: ['420100'] }));
    expect(unchanged?.text).not.toContain('COALESCE');
  });

  test('statistics of a street over two years, month by month', async () => {
    const [plan] = await explain((db) =>
      readCaseStatistics(db, question('2024-11-01/2026-11-01', ['MONTH'], ['421007107'])),
    );
    expect(plan?.text).toContain('"cases_division"');
    expect(plan?.touched).toBeLessThan(ROWS / 10);
  });

  test('statistics of many streets at once', async () => {
    const streets = Array.from({ length: 20 }, (_, i) => `42${1000 + i}${100 + i}`);
    const plans = await explain((db) => readCaseStatistics(db, question('2026-10', [], streets)));
    expect(plans).toHaveLength(1);
    expect(plans[0]?.text).not.toContain('Seq Scan');
    expect(plans[0]?.touched).toBeLessThan(ROWS / 10);
  });

  test.each([
    ['of all divisions', null, '"case_stages_at"'],
    ['of a street', '421007107', '"case_stages_division"'],
  ])("a month's steps %s", async (_, place, index) => {
    const query = { ...question('2026-10', ['COUNTY'], [place]), facts: ['dispatched', 'dispatchedAccurate'] };
    const [plan] = await explain((db) => readCaseStatistics(db, query));
    expect(plan?.text).toContain(index);
    // The cases of a month's steps in all divisions may be joined by a scan; a street's are looked up.
    if (place !== null) {
      expect(plan?.text).not.toContain('Seq Scan');
      expect(plan?.touched).toBeLessThan(ROWS / 10);
    }
  });

  test('the flow records of a page of cases', async () => {
    const ids = Array.from(
      { length: 50 },
      (_, i) => `${421000 + ((i + 1) % 50)}${100 + ((i + 1) % 100)}001-C-${i + 1}`,
    );
    const [plan] = await explain((db) => readCaseStages(db, ids));
    expect(plan?.text).toContain('"case_stages_pkey"');
    expect(plan?.touched).toBe(100);
  });

  test('facilities near a place', async () => {
    const near = { longitude: 110, latitude: 31, withinMetres: 3000 };
    const [plan] = await explain((db) => pageFacilities(db, { near, first: 10 }).nodes());
    expect(plan?.text).toContain('"facilities_place"');
    expect(plan?.touched).toBeLessThan(2000);
  });
});

function question(period: string, groupBy: ('MONTH' | 'COUNTY' | 'STREET')[], places: Within[] = [null]) {
  return {
    places,
    period: parsePeriod(period),
    groupBy,
    facts: ['reported', 'due', 'closed', 'open'],
    filter: null,
    clearance: READER,
    now: NOW,
  };
}

test('two years of all divisions, month by month and street by street, are counted in one pass', async () => {
  const plans = await explain((db) => readCaseStatistics(db, question('2024-11-01/2026-11-01', ['MONTH', 'STREET'])));
  expect(plans).toHaveLength(1);
  expect(plans[0]?.touched).toBeGreaterThan(0);
  expect(plans[0]?.touched).toBeLessThan(2 * ROWS);
});
