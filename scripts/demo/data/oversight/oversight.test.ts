import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { exchange } from '@yiwang/exchange';
import { national } from '@yiwang/national';
import type { PlatformModule } from '@yiwang/platform';
import { provincial } from '@yiwang/provincial';
import { containsDivision, divisionOfId, regionOf } from '@yiwang/schema';
import { ORDER_STATUSES } from '@yiwang/schema/cases';
import { gradeOf } from '@yiwang/schema/statistics';
import { startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import { supervision } from '@yiwang/supervision';
import pg from 'pg';
import { DEMO_PLATFORMS, platformOf } from '../../platforms.ts';
import { loadExchange } from '../exchange/exchange.ts';
import { type SeededTiers, seedLowerTiers } from './fixtures/lower-tiers.ts';
import { inspectionRows } from './inspections.ts';
import { loadNational } from './national.ts';
import { orderRows } from './orders.ts';
import { loadOversight } from './oversight.ts';
import { reportRows } from './reports.ts';

const MATTERS = {
  cases: [
    { id: '420106003001-C-000001', division: '420106003001' },
    { id: '420103001001-C-000002', division: '420103001001' },
    { id: '110102020001-C-000003', division: '110102020001' },
    { id: '429004001-C-000004', division: '429004001' },
  ],
  // The city's id, wherever in the city the request is about.
  requests: [
    { id: '420100-R-000001', division: '420106003' },
    { id: '110000-R-000002', division: '110102020001' },
  ],
};
const DIVISION_OF = new Map([...MATTERS.cases, ...MATTERS.requests].map(({ id, division }) => [id, division]));
const SPAN_END = Date.parse('2026-11-01T00:00:00+08:00');
const PROVINCIAL = ['national/100000', 'provincial/420000', 'provincial/110000'];

const open: TestPlatform[] = [];
let tiers: SeededTiers;
beforeAll(async () => {
  tiers = await seedLowerTiers(0.1);
}, 120_000);
afterAll(async () => {
  await Promise.all(open.map((platform) => platform.close()));
  await tiers.stop();
});

async function load(
  id: string,
  modules: readonly PlatformModule[],
  work: (client: pg.Client) => Promise<unknown>,
): Promise<TestPlatform> {
  const platform = await startTestPlatform({ modules, identity: platformOf(id) });
  open.push(platform);
  const client = new pg.Client({ connectionString: platform.ownerUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
  return platform;
}

async function ask(platform: TestPlatform, query: string) {
  const { data, errors } = await platform.ask(query);
  expect(errors).toEqual([]);
  return data;
}

describe('the rows of every platform', () => {
  test('are the same for the same seed, and others for another', () => {
    const hubei = platformOf('provincial/420000');
    const made = (seed: string) =>
      JSON.stringify([
        inspectionRows(hubei, seed),
        [...reportRows(hubei, seed, tiers.figures)],
        orderRows(hubei, seed, MATTERS),
      ]);
    expect(made('a')).toBe(made('a'));
    expect(made('a')).not.toBe(made('b'));
  });

  test.each(DEMO_PLATFORMS.filter(({ kind }) => kind !== 'exchange').map(({ id }) => id))(
    'orders of %s go to divisions below, in every status, about matters that lie there',
    (id) => {
      const platform = platformOf(id);
      const { orders, answers } = orderRows(platform, 'yiwang', MATTERS);
      expect(new Set(orders.map(({ status }) => status))).toEqual(new Set(ORDER_STATUSES));
      expect(new Set(orders.map((order) => order.id)).size).toBe(orders.length);
      for (const order of orders) {
        const to = String(order.division);
        expect(to).not.toBe(platform.division);
        expect(containsDivision(regionOf(platform.division), to)).toBe(true);
        expect(divisionOfId(String(order.id))).toBe(to);
        for (const matter of [order.case_id, order.request_id]) {
          if (matter) expect(containsDivision(regionOf(to), DIVISION_OF.get(String(matter))!)).toBe(true);
        }
        assertCourse(order.issued_at, order.deadline);
      }
      for (const answer of answers) expect(Date.parse(String(answer.answered_at))).toBeLessThanOrEqual(SPAN_END);
    },
  );

  test('orders to one city by ministry, province and city never share an id', () => {
    const ids = DEMO_PLATFORMS.filter(({ kind }) => kind !== 'exchange').flatMap((platform) => [
      ...orderRows(platform, 'yiwang', MATTERS).orders.map(({ id }) => id),
      ...inspectionRows(platform, 'yiwang').inspections.map(({ id }) => id),
      ...[...reportRows(platform, 'yiwang', tiers.figures)].map(({ id }) => id),
    ]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(PROVINCIAL)(
    'inspections of %s have tasks inside the division inspected, answered where they should be',
    (id) => {
      const { inspections, tasks } = inspectionRows(platformOf(id), 'yiwang');
      expect(new Set(inspections.map(({ status }) => status))).toEqual(new Set(ORDER_STATUSES));
      const byId = new Map(inspections.map((row) => [row.id, row]));
      for (const row of inspections) assertCourse(row.issued_at, row.deadline);
      for (const task of tasks) {
        const whole = byId.get(task.inspection)!;
        expect(containsDivision(regionOf(String(whole.division)), String(task.division))).toBe(true);
        if (['ANSWERED', 'ACCEPTED', 'REJECTED'].includes(String(task.status))) expect(task.answer).not.toBeNull();
      }
      expect(new Set(tasks.map(({ inspection }) => inspection)).size).toBe(inspections.length);
    },
  );
});

function assertCourse(issuedAt: unknown, deadline: unknown): void {
  const [issued, due] = [Date.parse(String(issuedAt)), Date.parse(String(deadline))];
  expect(issued).toBeLessThan(SPAN_END);
  expect(issued).toBeLessThan(due);
}

interface ReportNode {
  readonly version: number;
  readonly late: boolean;
  readonly current: boolean;
}

/** Asks for the page behind the cursor; with null, for the first. */
function reportsAfter(after: string | null): string {
  return `{ periodicReports(first: 500, after: ${JSON.stringify(after)}, history: true) {
    nodes { version late status current } totalCount pageInfo { endCursor hasNextPage }
  } }`;
}

describe('a loaded platform', () => {
  let ministry: TestPlatform;
  let hubei: TestPlatform;

  beforeAll(async () => {
    ministry = await load('national/100000', [national, provincial, supervision], async (client) => {
      await loadNational(client);
      await loadOversight(client, platformOf('national/100000'), { matters: MATTERS, figures: tiers.figures });
    });
    hubei = await load('provincial/420000', [provincial, supervision], (client) =>
      loadOversight(client, platformOf('provincial/420000'), { matters: MATTERS, figures: tiers.figures }),
    );
  });

  test('of the ministry has the provinces with platforms evaluated each month, ranked without a gap', async () => {
    const { evaluations } = await ask(
      ministry,
      `{ evaluations(period: "2026-10") {
        scheme key { division { name level } department { code } } score grade rank published parts { score rate { value } }
      } }`,
    );
    expect(evaluations).toHaveLength(2);
    const sorted = [...evaluations].sort((a, b) => b.score - a.score);
    expect(sorted[0].rank).toBe(1);
    for (const row of sorted) {
      expect([row.scheme, row.key.department, row.published]).toEqual(['AREA-2026', null, false]);
      expect(row.rank).toBe(1 + sorted.findIndex((other) => other.score === row.score));
      expect(row.grade).toBe(gradeOf(row.score));
      expect(row.key.division.level).toBe('PROVINCE');
      const parts = row.parts.reduce((sum: number, part: { score: number }) => sum + part.score, 0);
      expect(parts).toBeLessThanOrEqual(row.score + 0.05);
    }
    const { evaluations: all } = await ask(
      ministry,
      '{ evaluations(period: "2024-11-01/2026-11-01") { key { month } published } }',
    );
    expect(all).toHaveLength(2 * 24);
    expect(all.filter(({ published }: { published: boolean }) => published)).toHaveLength(2 * 23);
  });

  test('of a province has its cities and counties with rows, and their departments, each by a scheme of its own', async () => {
    const { evaluations } = await ask(
      hubei,
      '{ evaluations(period: "2024-11-01/2026-11-01") { scheme key { division { code } department { code } } rank grade } }',
    );
    type Row = { scheme: string; key: { division: { code: string }; department: object | null }; rank: number };
    const of = (scheme: string): Row[] => evaluations.filter((row: Row) => row.scheme === scheme);
    const codes = of('AREA-2026').map(({ key }) => key.division.code);
    expect(codes).toContain('420100');
    expect(codes).not.toContain('429000');
    expect(codes).not.toContain('420700');
    expect(of('AREA-2026').every(({ key }) => key.department === null)).toBe(true);
    for (const scheme of ['CITY-2026', 'HOTLINE-3R']) {
      expect(of(scheme).every(({ key }) => key.department !== null)).toBe(true);
    }
  });

  test('has accounts of its cities for every month that is due, some late, some corrected', async () => {
    const nodes: ReportNode[] = [];
    let totalCount = 0;
    for (let after: string | null = null, isMore = true; isMore; ) {
      const { periodicReports } = await ask(hubei, reportsAfter(after));
      nodes.push(...periodicReports.nodes);
      totalCount = periodicReports.totalCount;
      after = periodicReports.pageInfo.endCursor;
      isMore = periodicReports.pageInfo.hasNextPage;
    }
    expect(nodes.filter((row) => row.current)).toHaveLength(4 * 23 * 2);
    expect(totalCount).toBe(nodes.length);
    expect(nodes.some((row) => row.late)).toBe(true);
    expect(nodes.some((row) => row.version === 2)).toBe(true);
  });

  test('has inspections and orders that can be read with all they hold', async () => {
    const data = await ask(
      hubei,
      `{ inspections(first: 50) { nodes { title requirement tasks { title answer } } totalCount }
         supervisionOrders(first: 200) { nodes { subject case { id } answers { by { code } text } } totalCount } }`,
    );
    expect(data.inspections.totalCount).toBeGreaterThan(100);
    expect(data.supervisionOrders.nodes.some((row: { case: object | null }) => row.case)).toBe(true);
    expect(JSON.stringify(data)).not.toMatch(/[{]\w+[}]/);
  });
});

test('the exchange has a catalogue of the schema, grants in many states, and the demo app', async () => {
  const digest = 'c'.repeat(64);
  const platform = await load('exchange/100000', [exchange], (client) =>
    loadExchange(client, { appKeyDigest: digest }),
  );
  const data = await ask(
    platform,
    `{ catalogue(first: 100) { nodes { id title summary sharing provider { code } fields { coordinate dataClass sharing condition } } }
       grants { status from until appliedAt } apps { id state } }`,
  );
  type Entry = { id: string; title: string; sharing: string; fields: Record<string, string>[] };
  const entries = new Map<string, Entry>(data.catalogue.nodes.map((row: Entry) => [row.id, row]));
  expect(entries.get('municipal/Facility')?.sharing).toBe('UNCONDITIONAL');
  expect(entries.get('municipal/Case')?.fields).toContainEqual({
    coordinate: 'Case.status',
    dataClass: 'SHARED',
    sharing: 'CONDITIONAL',
    condition: '因履行职责需要，按批准的用途、范围和期限使用',
  });
  expect(entries.get('municipal/Case')?.fields).toContainEqual(
    expect.objectContaining({ coordinate: 'Case.description', dataClass: 'SENSITIVE', sharing: 'NOT_SHARED' }),
  );
  expect(entries.get('municipal/CaseStatistics')?.fields).toContainEqual(
    expect.objectContaining({ coordinate: 'CaseCounts.closed', dataClass: 'OPEN' }),
  );
  for (const id of ['national/Division', 'provincial/Evaluation', 'supervision/SupervisionOrder'])
    expect(entries.has(id)).toBe(true);
  for (const { id, title } of entries.values())
    expect({ id, chinese: /\p{Script=Han}/u.test(title) }).toEqual({ id, chinese: true });
  expect(new Set(data.grants.map((row: { status: string }) => row.status)).size).toBeGreaterThan(6);
  expect(data.apps).toContainEqual({ id: 'app', state: 'ACTIVE' });
  const client = new pg.Client({ connectionString: platform.ownerUrl });
  await client.connect();
  const { rows } = await client.query('select id from apps where key_digest = $1', [digest]);
  await client.end();
  expect(rows).toEqual([{ id: 'app' }]);
});
