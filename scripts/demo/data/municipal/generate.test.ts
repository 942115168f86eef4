import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { containsDivision, divisionAt, divisionOfId, divisions, regionOf, standardScalars } from '@yiwang/schema';
import { CASE_STATUSES, categories, statusOf } from '@yiwang/schema/cases';
import { DEMO_PLATFORMS, type DemoPlatform, ownRegion, platformsWithin, servedSubgraphs } from '../../platforms.ts';
import { DATA_END, DATA_START } from '../data-period.ts';
import { upperDepartments } from '../departments/upper-departments.ts';
import { generateHotline, generateMunicipal } from './generate.ts';
import { type Batch, HOTLINE_TABLES, type Row, type Table } from './tables.ts';

type Tables = { [T in Table]: Row<T>[] };

const MUNICIPAL = DEMO_PLATFORMS.filter(({ kind }) => kind === 'municipal');

function generate(platform: DemoPlatform, { scale = 1, now = DATA_END } = {}): Tables {
  const tables: Record<string, unknown[]> = Object.fromEntries([...HOTLINE_TABLES].map((table) => [table, []]));
  for (const { table, rows } of batchesOf(platform, { scale, now })) {
    const collected = tables[table] ?? [];
    tables[table] = collected;
    for (const row of rows) collected.push(row);
  }
  return tables as Tables;
}

function* batchesOf(platform: DemoPlatform, options: { scale: number; now: number }): Generator<Batch> {
  yield* generateMunicipal(areaOf(platform), options);
  if (!servedSubgraphs(platform).includes('hotline')) return;
  const platforms = platformsWithin(platform.division).map(areaOf);
  yield* generateHotline({ city: platform.division, platforms }, options);
}

function areaOf(platform: DemoPlatform) {
  return { id: platform.id, division: platform.division, region: ownRegion(platform) };
}

function digestOf(platform: DemoPlatform, scale: number): string {
  return createHash('sha256')
    .update(JSON.stringify(generate(platform, { scale })))
    .digest('hex');
}

const all = new Map<string, Tables>();
beforeAll(() => {
  for (const platform of MUNICIPAL) all.set(platform.id, generate(platform));
});

function sum(count: (tables: Tables) => number): number {
  return [...all.values()].reduce((total, tables) => total + count(tables), 0);
}

/** The rows of all platforms. */
function every<T extends Table>(table: T): Row<T>[] {
  return [...all.values()].flatMap((tables) => tables[table] as Row<T>[]);
}

describe('the generator', () => {
  const street = MUNICIPAL.find(({ division }) => division === '110102020')!;

  test('gives the same rows for the same platform and scale, and others for another scale', () => {
    const first = digestOf(street, 0.2);
    expect(digestOf(street, 0.2)).toBe(first);
    expect(digestOf(street, 0.3)).not.toBe(first);
  });

  test('gives at least the promised counts at scale 1', () => {
    expect(sum(({ cases }) => cases.length)).toBeGreaterThanOrEqual(30_000);
    expect(sum(({ requests }) => requests.length)).toBeGreaterThanOrEqual(60_000);
    expect(sum(({ components }) => components.length)).toBeGreaterThanOrEqual(5000);
    expect(sum(({ facilities }) => facilities.length)).toBeGreaterThanOrEqual(2000);
    expect(sum((tables) => tables.monitoring_points.length)).toBeGreaterThanOrEqual(500);
  });

  test('multiplies the counts by the scale', () => {
    const half = generate(street, { scale: 0.5 });
    const whole = all.get(street.id)!;
    expect(half.cases.length).toBe(whole.cases.length / 2);
    expect(half.grid_cells.length).toBe(whole.grid_cells.length);
  });

  test("gives Guang'anmenwai its 179 cells in 38 communities", () => {
    const cells = all.get('municipal/110102020')!.grid_cells;
    expect(cells).toHaveLength(179);
    expect(new Set(cells.map((cell) => cell.division)).size).toBe(38);
    expect(cells[0]?.code).toBe('110102020001001');
  });

  test('puts every row into the region of its own platform, and those of the hotline anywhere in the city', () => {
    for (const platform of MUNICIPAL) {
      for (const [table, rows] of Object.entries(all.get(platform.id)!)) {
        const region = HOTLINE_TABLES.has(table) ? regionOf(platform.division) : ownRegion(platform);
        const astray = rows.filter((row) => !containsDivision(region, String(row.division)));
        expect([table, astray.slice(0, 3)]).toEqual([table, []]);
      }
    }
  });

  test('gives requests to the hotline of their city alone, of all its districts, with ids of the city', () => {
    const beijing = all.get('municipal/110000')!.requests;
    expect([...new Set(beijing.map((row) => String(row.id).slice(0, 9)))]).toEqual(['110000-R-']);
    const counties = new Set(beijing.map((row) => String(row.division).slice(0, 6)));
    for (const county of ['110101', '110102', '110105']) expect(counties).toContain(county);
    for (const { id } of platformsWithin('110000').slice(1)) {
      expect([...HOTLINE_TABLES].map((table) => [table, all.get(id)![table as Table].length])).toEqual(
        [...HOTLINE_TABLES].map((table) => [table, 0]),
      );
    }
  });

  test('puts every row into a division of the standard, and its id begins with that division or, in the hotline, with its city', () => {
    const known = divisions();
    for (const tables of all.values()) {
      for (const [table, rows] of Object.entries(tables)) {
        const astray = rows.filter((row) => known.get(String(row.division)) === undefined);
        expect([table, astray.slice(0, 3)]).toEqual([table, []]);
        const ofId = (division: string) => (HOTLINE_TABLES.has(table) ? divisionAt(division, 'CITY') : division);
        const misnamed = rows.filter(
          (row) => 'id' in row && divisionOfId(String(row.id)) !== ofId(String(row.division)),
        );
        expect([table, misnamed.slice(0, 3)]).toEqual([table, []]);
      }
    }
  });

  test('gives every row of the network a key of its own', () => {
    for (const table of [
      'cases',
      'requests',
      'duties',
      'officers',
      'facilities',
      'monitoring_points',
      'alarms',
      'enforcement_cases',
    ] as const) {
      const ids = every(table).map((row) => row.id);
      expect([table, new Set(ids).size]).toEqual([table, ids.length]);
    }
    for (const table of ['departments', 'components', 'grid_cells', 'property_companies'] as const) {
      const codes = every(table).map((row) => row.code);
      expect([table, new Set(codes).size]).toEqual([table, codes.length]);
    }
  });
});

describe('references', () => {
  /** Fails with the first values that are not in the set. */
  function expectAllIn(values: readonly unknown[], set: ReadonlySet<unknown>): void {
    expect(values.filter((value) => value !== null && value !== undefined && !set.has(value)).slice(0, 3)).toEqual([]);
  }

  test('lead to departments that some platform of the network holds', () => {
    const upper = ['100000', '420000'].flatMap(upperDepartments);
    const departments = new Set([...every('departments'), ...upper].map(({ code }) => code));
    expectAllIn(
      every('cases').map((row) => row.department),
      departments,
    );
    expectAllIn(
      every('case_stages').map((row) => row.department),
      departments,
    );
    expectAllIn(
      every('requests').flatMap((row) => [row.handler, row.first_receiver]),
      departments,
    );
    expectAllIn(
      every('components').flatMap((row) => [row.owner, row.in_charge, row.maintainer]),
      departments,
    );
    expectAllIn(
      every('officers').map((row) => row.department),
      departments,
    );
    expectAllIn(
      every('facilities').map((row) => row.operator),
      departments,
    );
    expectAllIn(
      every('enforcement_cases').map((row) => row.department),
      departments,
    );
    expectAllIn(
      every('duties').map((row) => row.department),
      departments,
    );
    expectAllIn(
      every('monthly_topics').map((row) => row.lead),
      departments,
    );
  });

  test('lead to cells, components, cases, points and classes of the same platform, and requests to cells of their city', () => {
    const classes = new Set(
      categories()
        .all()
        .map(({ code }) => code),
    );
    const conditions = new Set(
      categories()
        .all()
        .flatMap((category) => category.conditions.map(({ id }) => id)),
    );
    expectAllIn(
      every('requests').map((row) => row.grid),
      new Set(every('grid_cells').map((row) => row.code)),
    );
    for (const tables of all.values()) {
      const cells = new Set(tables.grid_cells.map((row) => row.code));
      const cases = new Set(tables.cases.map((row) => row.id));
      const requests = new Set(tables.requests.map((row) => row.id));
      expectAllIn(
        [...tables.cases, ...tables.components].map((row) => row.grid),
        cells,
      );
      expectAllIn(
        tables.officers.flatMap((row) => row.grids as readonly string[]),
        cells,
      );
      expectAllIn(
        tables.cases.map((row) => row.component),
        new Set(tables.components.map((row) => row.code)),
      );
      expectAllIn(
        tables.case_stages.map((row) => row.case_id),
        cases,
      );
      expectAllIn(
        tables.request_stages.map((row) => row.request_id),
        requests,
      );
      expectAllIn(
        tables.alarms.map((row) => row.point),
        new Set(tables.monitoring_points.map((row) => row.id)),
      );
      const coded = [...tables.cases, ...tables.requests, ...tables.components, ...tables.monthly_topic_categories];
      expectAllIn(
        [...coded, ...tables.enforcement_cases].map((row) => row.category),
        classes,
      );
      expectAllIn(
        tables.duties.map((row) => row.category),
        classes,
      );
      expectAllIn(
        tables.cases.map((row) => row.condition_id),
        conditions,
      );
    }
  });

  test('between a case and its request hold both ways, whichever platform has the case', () => {
    const caseOf = new Map(every('requests').map((row) => [row.id, row.case_id]));
    const requestOf = new Map(every('cases').map((row) => [row.id, row.request]));
    const cases = every('cases').filter((row) => row.request !== null && caseOf.get(row.request) !== row.id);
    const requests = every('requests').filter((row) => row.case_id !== null && requestOf.get(row.case_id) !== row.id);
    expect([cases.slice(0, 3), requests.slice(0, 3)]).toEqual([[], []]);
    for (const tables of all.values()) expect(tables.cases.some((row) => row.request !== null)).toBe(true);
  });

  test('and codes pass the checks of the standard', () => {
    for (const { code } of every('departments')) expect(standardScalars.CreditCode!.parse(code)).toBe(code);
    for (const { code } of every('property_companies')) standardScalars.CreditCode!.parse(code);
    for (const { code } of every('grid_cells').slice(0, 500)) standardScalars.GridCode!.parse(code);
    for (const { code } of every('components').slice(0, 500)) standardScalars.ComponentCode!.parse(code);
  });
});

describe('cases', () => {
  test('stand as their last step left them, at instants that ascend and do not pass the clock', () => {
    for (const { cases, case_stages } of all.values()) {
      const last = new Map(case_stages.map((row) => [row.case_id, row]));
      const broken = cases.filter((row) => last.get(row.id)?.to_status !== row.status);
      expect(broken.slice(0, 3)).toEqual([]);
      let before: Row<'case_stages'> | undefined;
      for (const row of case_stages) {
        const at = Date.parse(String(row.at));
        if (at > DATA_END || at < DATA_START) throw new Error(`${row.case_id}: ${row.at} is outside the span`);
        if (before?.case_id === row.case_id && at < Date.parse(String(before?.at))) {
          throw new Error(`${row.case_id}: step ${row.seq} goes back in time`);
        }
        before = row;
      }
    }
  });

  test('have the public status of their state, and on a working day every status that lasts occurs', () => {
    const now = Date.parse('2026-09-16T10:30:00+08:00');
    const wuhan = MUNICIPAL.find(({ division }) => division === '420100')!;
    const cases = [...every('cases'), ...generate(wuhan, { scale: 4, now }).cases];
    expect(cases.filter((row) => statusOf(String(row.flow_state)) !== row.status).slice(0, 3)).toEqual([]);
    const seen = new Set(cases.map((row) => row.status));
    // Reported cases are filed, and filed ones dispatched, within minutes.
    expect(CASE_STATUSES.filter((status) => !seen.has(status) && status !== 'REPORTED' && status !== 'FILED')).toEqual(
      [],
    );
  });

  test('are on time if and only if they were closed by their deadline, or on the spot', () => {
    const broken = every('cases').filter(
      (row) =>
        row.closed_at !== null &&
        row.on_time !== (row.filed_at === null || Date.parse(String(row.closed_at)) <= Date.parse(String(row.due_at))),
    );
    expect(broken.slice(0, 3)).toEqual([]);
  });
});

describe('rates', () => {
  function closing(tables: Tables, within = ''): { closing: number; onTime: number } {
    const due = tables.cases.filter(
      (row) =>
        String(row.division).startsWith(within) &&
        row.voided_at === null &&
        (row.closed_at !== null || Date.parse(String(row.due_at)) < DATA_END),
    );
    const closed = due.filter((row) => row.closed_at !== null);
    return { closing: closed.length / due.length, onTime: closed.filter((row) => row.on_time).length / due.length };
  }

  function threeRates(some: readonly Tables[]): { response: number; resolution: number; satisfaction: number } {
    const valid = some.flatMap(({ requests }) => requests.filter((row) => row.valid_callback));
    const share = (weight: (row: Row<'requests'>) => number) =>
      valid.reduce((total, row) => total + weight(row), 0) / valid.length;
    return {
      response: share((row) => Number(row.responded)),
      resolution: share((row) => Number(row.resolved)),
      satisfaction: share(
        (row) =>
          ({ VERY_SATISFIED: 1, SATISFIED: 1, BASICALLY_SATISFIED: 0.9, DISSATISFIED: 0 })[String(row.satisfied)]!,
      ),
    };
  }

  test("of Beijing's hotline are near the published 96.77 % and 97.10 %", () => {
    const beijing = MUNICIPAL.filter(({ division }) => division.startsWith('11')).map(({ id }) => all.get(id)!);
    const rates = threeRates(beijing);
    expect(rates.resolution).toBeCloseTo(0.9677, 2);
    expect(rates.satisfaction).toBeCloseTo(0.971, 2);
    expect(rates.response).toBeGreaterThan(0.99);
  });

  test('rank the cities: Xiangyang before Wuhan before Yichang, in cases and in the hotline', () => {
    const [xiangyang, wuhan, yichang] = ['420600', '420100', '420500'].map((code) => all.get(`municipal/${code}`)!);
    expect(closing(xiangyang!).onTime).toBeGreaterThan(closing(wuhan!).onTime);
    expect(closing(wuhan!).onTime).toBeGreaterThan(closing(yichang!).onTime);
    expect(threeRates([xiangyang!]).resolution).toBeGreaterThan(threeRates([wuhan!]).resolution);
    expect(threeRates([wuhan!]).resolution).toBeGreaterThan(threeRates([yichang!]).resolution);
    for (const tables of all.values()) expect(closing(tables).closing).toBeGreaterThan(0.9);
  });

  test('of one district of Wuhan are the worst by far', () => {
    const wuhan = all.get('municipal/420100')!;
    const counties = [...new Set(wuhan.cases.map((row) => String(row.division).slice(0, 6)))];
    const ranked = counties.sort((a, b) => closing(wuhan, a).onTime - closing(wuhan, b).onTime);
    expect(ranked[0]).toBe('420117');
    expect(closing(wuhan, ranked[1]!).onTime - closing(wuhan, ranked[0]!).onTime).toBeGreaterThan(0.03);
  });

  test('of intake follow the seasons: more ponding in summer, heat only in heated winters', () => {
    const monthsOf = (rows: readonly { readonly at: unknown }[], months: readonly string[]) =>
      rows.filter(({ at }) => months.includes(String(at).slice(5, 7))).length;
    const ponding = every('cases')
      .filter((row) => row.category === '20506')
      .map((row) => ({ at: row.reported_at }));
    expect(monthsOf(ponding, ['06', '07', '08'])).toBeGreaterThan(3 * monthsOf(ponding, ['12', '01', '02']));
    const cold = (id: string) => all.get(id)!.requests.filter((row) => row.category === '4020501').length;
    expect(cold('municipal/110000')).toBeGreaterThan(10 * Math.max(cold('municipal/420100'), 1));
  });
});

test('the street platform has the office of the street alone, and its county and city hold those of its cases', () => {
  const { departments, cases } = all.get('municipal/110102020')!;
  expect(departments.map(({ name, division }) => [name, division])).toEqual([['广安门外街道办事处', '110102020']]);
  const divisionOf = new Map(every('departments').map(({ code, division }) => [code, division]));
  const holders = new Set(cases.flatMap(({ department }) => (department === null ? [] : [divisionOf.get(department)])));
  expect([...holders].sort()).toEqual(['110000', '110102']);
});
