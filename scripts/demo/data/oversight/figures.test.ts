/** Laws over every account and evaluation of the demo: their figures are those of the rows below, counted here row by row. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { containsDivision, disclosure, regionOf } from '@yiwang/schema';
import { gradeOf, rateOf, schemes, scoreOf } from '@yiwang/schema/statistics';
import { DEMO_PLATFORMS, type DemoPlatform } from '../../platforms.ts';
import { DATA_END, isoOf, MONTHS, monthEnd } from '../data-period.ts';
import { type EvaluationRow, evaluationRows } from './evaluations.ts';
import { type SeededTiers, seedLowerTiers } from './fixtures/lower-tiers.ts';
import { type ReportRow, reportRows } from './reports.ts';

const UPPER = DEMO_PLATFORMS.filter(({ kind }) => kind === 'national' || kind === 'provincial');
/** Divisions without a platform in them or above them. */
const UNSERVED = ['420700', '420800', '440000'];

interface CaseRow {
  readonly division: string;
  readonly department: string | null;
  readonly reported_at: Date;
  readonly filed_at: Date | null;
  readonly due_at: Date | null;
  readonly closed_at: Date | null;
  readonly voided_at: Date | null;
  readonly transferred_at: Date | null;
  /** GRANTED: an appeal took the case out of what counts closing. */
  readonly appeal: string | null;
  readonly on_time: boolean | null;
}

interface RequestRow {
  readonly division: string;
  readonly handler: string | null;
  readonly called_back_at: Date | null;
  readonly valid_callback: boolean | null;
  readonly responded: boolean | null;
  readonly resolved: boolean | null;
}

let tiers: SeededTiers;
let cases: CaseRow[];
let requests: RequestRow[];
const reports: { platform: DemoPlatform; row: ReportRow }[] = [];
const evaluations: EvaluationRow[] = [];

beforeAll(async () => {
  tiers = await seedLowerTiers(0.25);
  const all = async <Row extends object>(sql: string) =>
    (await Promise.all(tiers.platforms.map((platform) => tiers.query<Row>(platform, sql).catch(() => [])))).flat();
  cases = await all<CaseRow>(
    'select division, department, reported_at, filed_at, due_at, closed_at, voided_at, transferred_at, appeal, on_time from cases',
  );
  requests = await all<RequestRow>(
    'select division, handler, called_back_at, valid_callback, responded, resolved from requests',
  );
  for (const platform of UPPER) {
    reports.push(...[...reportRows(platform, 'yiwang', tiers.figures)].map((row) => ({ platform, row })));
    evaluations.push(...evaluationRows(platform, tiers.figures));
  }
}, 120_000);

afterAll(() => tiers.stop());

const rowsByDivision = new Map<string, { readonly cases: CaseRow[]; readonly requests: RequestRow[] }>();

function rowsIn(division: string) {
  const isWithin = (row: { readonly division: string }) => containsDivision(regionOf(division), row.division);
  const rows = rowsByDivision.get(division) ?? { cases: cases.filter(isWithin), requests: requests.filter(isWithin) };
  rowsByDivision.set(division, rows);
  return rows;
}

/** Counted in JavaScript, row by row: the statistics' SQL has no part in it. */
function countRows(division: string, department: string | null, month: string): Record<string, number> {
  const rows = rowsIn(division);
  const [from, to] = [Date.parse(`${month}-01T00:00:00+08:00`), monthEnd(month)];
  const isIn = (at: Date | null) => at !== null && at.getTime() >= from && at.getTime() < to;
  const own = rows.cases.filter((row) => department === null || row.department === department);
  const isExempt = ({ appeal }: CaseRow) => appeal === 'GRANTED';
  const isClosed = (row: CaseRow) => isIn(row.closed_at) && !isExempt(row);
  const isStillOpen = ({ closed_at, voided_at, transferred_at }: CaseRow) =>
    ((closed_at ?? voided_at ?? transferred_at)?.getTime() ?? Infinity) >= to;
  const called = rows.requests.filter(
    (row) =>
      (department === null || row.handler === department) && row.valid_callback === true && isIn(row.called_back_at),
  );
  return {
    reported: own.filter((row) => isIn(row.reported_at)).length,
    filed: own.filter((row) => isIn(row.filed_at)).length,
    voided: own.filter((row) => isIn(row.voided_at)).length,
    closed: own.filter(isClosed).length,
    closedOnTime: own.filter((row) => isClosed(row) && row.on_time).length,
    closeDue: own.filter((row) => isClosed(row) || (isIn(row.due_at) && isStillOpen(row) && !isExempt(row))).length,
    closePending: own.filter((row) => row.reported_at.getTime() < to && isStillOpen(row)).length,
    callbacksValid: called.length,
    contacted: called.filter(({ responded }) => responded).length,
    resolved: called.filter(({ resolved }) => resolved).length,
  };
}

interface Figure {
  readonly metric: string;
  readonly value: number;
  readonly adjustedBecause?: string;
}

const figuresIn = (row: ReportRow) => JSON.parse(String(row.figures)) as Figure[];
const monthIn = (row: ReportRow | EvaluationRow) => String(row.month).slice(0, 7);

interface Difference {
  readonly key: string;
  readonly metric: string;
  readonly by: number;
  readonly because: string | undefined;
}

function differencesOf({ row }: { row: ReportRow }): Difference[] {
  const counted = countRows(String(row.division), null, monthIn(row));
  return figuresIn(row).flatMap(({ metric, value, adjustedBecause }) => {
    const by = metric in counted ? value - counted[metric]! : 0;
    const key = `${row.division} ${monthIn(row)} ${row.kind}`;
    return by === 0 && adjustedBecause === undefined ? [] : [{ key, metric, by, because: adjustedBecause }];
  });
}

describe('accounts', () => {
  test('every account of divisions with rows is there for each month that is due, and none of any other', () => {
    const current = reports.filter(({ row }) => row.is_current);
    const keys = current.map(({ platform, row }) => `${platform.division} ${row.division} ${monthIn(row)} ${row.kind}`);
    expect(new Set(keys).size).toBe(keys.length);
    // Four cities of Hubei, sixteen districts of Beijing, two provinces.
    expect(current.length).toBe((4 + 16 + 2) * (MONTHS.length - 1) * 2);
    expect(reports.filter(({ row }) => UNSERVED.includes(String(row.division)))).toEqual([]);
  });

  test('every figure of a valid account is the count of the rows, but for one city that adjusted some with reasons and one without', () => {
    const differences = reports.filter(({ row }) => row.is_current).flatMap(differencesOf);
    const adjusted = differences.filter(({ because }) => because !== undefined);
    const wrong = differences.filter(({ because }) => because === undefined);
    expect(adjusted.map(({ key }) => key)).toEqual(adjusted.map(() => expect.stringMatching(/^420600 /)));
    expect(adjusted.length).toBeGreaterThanOrEqual(3);
    expect(new Set(wrong.map(({ key }) => key))).toEqual(new Set(['420600 2026-08 CASES']));
    for (const { by } of wrong) expect(by).toBeGreaterThanOrEqual(3);
  });

  test('a first version that was corrected had counted too much, and stays', () => {
    const replaced = reports.filter(({ row }) => !row.is_current);
    expect(replaced.length).toBeGreaterThan(10);
    expect(replaced.flatMap(differencesOf).every(({ by }) => by > 0)).toBe(true);
    for (const { row } of replaced) {
      const newer = reports.filter(
        ({ row: other }) =>
          other.is_current && other.division === row.division && other.month === row.month && other.kind === row.kind,
      );
      expect(newer.some(({ row: other }) => other.version === 2)).toBe(true);
    }
  });
});

interface Part {
  readonly indicator: string;
  readonly score: number;
  readonly numerator: number;
  readonly denominator: number;
}

describe('evaluations', () => {
  const schemeOf = (row: EvaluationRow) => schemes().find(({ id }) => id === row.scheme)!;
  const partsOf = (row: EvaluationRow) => JSON.parse(String(row.parts)) as Part[];

  test('every evaluation is by a scheme that fits its object: areas, departments and hotline units', () => {
    const objects = evaluations.map(
      (row) => `${row.department === null ? 'division' : 'department'} ${schemeOf(row).object}`,
    );
    expect(new Set(objects)).toEqual(new Set(['division AREA', 'department DEPARTMENT', 'department UNIT']));
    expect(evaluations.filter((row) => UNSERVED.includes(String(row.division)))).toEqual([]);
  });

  test('every score is worked out again from the counts of the rows, and so are its grade and its place', () => {
    for (const row of evaluations) {
      const counts = countRows(String(row.division), row.department as string | null, monthIn(row));
      const figures = tiers.figures;
      const kind = row.scheme === 'HOTLINE-3R' ? 'HOTLINE' : 'CASES';
      const counted =
        row.department === null
          ? figures.ofDivision(kind, String(row.division), monthIn(row))!
          : figures.ofDepartments(kind, String(row.division), monthIn(row)).get(String(row.department))!;
      for (const [metric, count] of Object.entries(counted)) if (metric in counts) expect(count).toBe(counts[metric]);
      const metrics = schemeOf(row).indicators.flatMap(({ term }) => term.match(/[a-z]\w+/gi) ?? []);
      const rates = Object.fromEntries(metrics.map((metric) => [metric, rateOf(metric, { ...counted })?.value]));
      const { score } = scoreOf(schemeOf(row), rates);
      expect(row.score).toBeCloseTo(score!, 1);
      expect(row.grade).toBe(gradeOf(Number(row.score)));
      for (const { indicator, numerator, denominator } of partsOf(row)) {
        const rate = rateOf(indicator.split('+')[0]!, counted)!;
        expect([numerator, denominator]).toEqual([Math.round(rate.numerator), rate.denominator]);
      }
      expect(Math.max(...partsOf(row).map(({ denominator }) => denominator))).toBeGreaterThanOrEqual(
        disclosure.smallCount,
      );
    }
  });

  test('places are given from 1 among those of one evaluator, scheme, month and kind, without a gap', () => {
    const isCounty = (row: EvaluationRow) => row.evaluator === '420000' && !/^42..00$|^429/.test(String(row.division));
    const groups = new Map<string, EvaluationRow[]>();
    for (const row of evaluations) {
      const peers = row.department === null ? isCounty(row) : row.division;
      const key = [row.evaluator, row.scheme, row.month, peers].join();
      groups.set(key, [...(groups.get(key) ?? []), row]);
    }
    for (const group of groups.values()) {
      const scores = group.map(({ score }) => Number(score)).sort((a, b) => b - a);
      for (const row of group) expect(row.rank).toBe(1 + scores.indexOf(Number(row.score)));
    }
  });

  test('all months but the newest are public, since some days after their end', () => {
    for (const row of evaluations) {
      if (monthIn(row) === MONTHS.at(-1)) expect(row.published_at).toBeNull();
      else {
        expect(String(row.published_at) > isoOf(monthEnd(monthIn(row)))!).toBe(true);
        expect(String(row.published_at) < isoOf(DATA_END)!).toBe(true);
      }
    }
    expect(evaluations.some(({ published_at }) => published_at === null)).toBe(true);
  });
});
