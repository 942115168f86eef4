/** Statistics of alarms, penalty cases and components against counting row by row, and over any two parts. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import fc from 'fast-check';
import { insertRows, type Row } from './fixtures/rows.ts';
import { municipal } from './module.ts';

const NOW = new Date('2026-10-20T12:00:00+08:00');
const FROM = Date.parse('2026-09-01T00:00:00+08:00');
const TO = Date.parse('2026-10-01T00:00:00+08:00');
const DIVISIONS = ['420106003001', '420106004001', '420102001001', '110101001001'];
const HOUR_MS = 3_600_000;

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform({ modules: [municipal], now: () => NOW });
});
afterAll(() => platform.close());

const instant = fc.integer({ min: FROM / HOUR_MS - 400, max: TO / HOUR_MS + 200 }).map((hours) => hours * HOUR_MS);
const later = fc.option(fc.integer({ min: 0, max: 300 }), { nil: undefined });
const text = (ms: number | undefined) => (ms === undefined ? undefined : new Date(ms).toISOString());
const add = (from: number | undefined, hours: number | undefined) =>
  from === undefined || hours === undefined ? undefined : from + hours * HOUR_MS;
const id = (division: string, kind: string, serial: number) => `${division}-${kind}-${serial}`;

const inPeriod = (at: unknown) => at !== undefined && Date.parse(String(at)) >= FROM && Date.parse(String(at)) < TO;
const isOpen = (from: unknown, to: unknown) =>
  Date.parse(String(from)) < TO && (to === undefined || Date.parse(String(to)) >= TO);
const minutes = (from: unknown, to: unknown) =>
  Math.floor((Date.parse(String(to)) - Date.parse(String(from))) / 60_000);

const anyAlarm = fc
  .record({
    division: fc.constantFrom(...DIVISIONS),
    level: fc.constantFrom('LEVEL_1', 'LEVEL_4'),
    field: fc.constantFrom('GAS', 'DRAINAGE'),
    raised: instant,
    acknowledged: later,
    resolved: later,
    isFalse: fc.option(fc.boolean(), { nil: undefined }),
  })
  .map(({ raised, acknowledged, resolved, isFalse, ...plain }): Row => {
    const acknowledgedAt = add(raised, acknowledged);
    const resolvedAt = add(acknowledgedAt, resolved);
    return {
      ...plain,
      ...{
        point: 'P',
        metric: 'm',
        value: 1,
        threshold: 1,
        raised_at: text(raised),
        acknowledged_at: text(acknowledgedAt),
      },
      resolved_at: text(resolvedAt),
      false_alarm: resolvedAt === undefined ? undefined : isFalse,
    };
  });

const anyEnforcement = fc
  .record({
    division: fc.constantFrom(...DIVISIONS),
    category: fc.constantFrom('20101', '20406', undefined),
    department: fc.constantFrom('11420100010000012D', undefined),
    filed: instant,
    decided: later,
    fine: fc.option(fc.integer({ min: 0, max: 500_000_000 }), { nil: undefined }),
    status: fc.constantFrom('DECIDED', 'WITHDRAWN', 'CLOSED'),
  })
  .map(({ filed, decided, fine, status, ...plain }): Row => {
    const decidedAt = add(filed, decided);
    return {
      ...plain,
      ...{ subject: 's', filed_at: text(filed), decided_at: text(decidedAt) },
      status: decidedAt === undefined ? 'FILED' : status,
      fine_yuan: decidedAt === undefined || fine === undefined ? undefined : fine + 0.4,
    };
  });

const anyComponent = fc.record({
  division: fc.constantFrom(...DIVISIONS),
  category: fc.constantFrom('10101', '10102', '10201'),
  state: fc.constantFrom('INTACT', 'DAMAGED', 'LOST', 'DISCARDED'),
  owner: fc.constantFrom('11420100010000012D', undefined),
});

type Count = (row: Row) => number;
const decided = (row: Row) => inPeriod(row.decided_at) && row.status !== 'WITHDRAWN';
const when = (condition: boolean, value = 1) => (condition ? value : 0);

interface Subject {
  readonly field: string;
  readonly table: string;
  readonly any: fc.Arbitrary<Row>;
  readonly idOf: (row: Row, serial: number) => Row;
  readonly key: string;
  readonly dimensions: Readonly<Record<string, (row: Row) => unknown>>;
  readonly counts: Readonly<Record<string, Count>>;
}

const code = (value: unknown) => (value === undefined ? null : { code: value });
const county = (row: Row) => ({ code: String(row.division).slice(0, 6) });

const SUBJECTS: readonly Subject[] = [
  {
    field: 'alarmStatistics(period: "2026-09"',
    table: 'alarms',
    any: anyAlarm,
    idOf: (row, serial) => ({ id: id(String(row.division), 'A', serial) }),
    key: 'division { code } field level',
    dimensions: { COUNTY: county, FIELD: (row) => row.field, LEVEL: (row) => row.level },
    counts: {
      raised: (row) => when(inPeriod(row.raised_at)),
      acknowledged: (row) => when(inPeriod(row.acknowledged_at)),
      resolved: (row) => when(inPeriod(row.resolved_at)),
      falseAlarms: (row) => when(inPeriod(row.resolved_at) && row.false_alarm === true),
      open: (row) => when(isOpen(row.raised_at, row.resolved_at)),
      unacknowledged: (row) =>
        when(isOpen(row.raised_at, row.resolved_at) && isOpen(row.raised_at, row.acknowledged_at)),
      minutesToAcknowledge: (row) => when(inPeriod(row.acknowledged_at), minutes(row.raised_at, row.acknowledged_at)),
      minutesToResolve: (row) => when(inPeriod(row.resolved_at), minutes(row.raised_at, row.resolved_at)),
    },
  },
  {
    field: 'enforcementStatistics(period: "2026-09"',
    table: 'enforcement_cases',
    any: anyEnforcement,
    idOf: (row, serial) => ({ id: id(String(row.division), 'E', serial) }),
    key: 'division { code } category { code } department { code }',
    dimensions: { COUNTY: county, CATEGORY: (row) => code(row.category), DEPARTMENT: (row) => code(row.department) },
    counts: {
      filed: (row) => when(inPeriod(row.filed_at)),
      decided: (row) => when(decided(row)),
      withdrawn: (row) => when(inPeriod(row.decided_at) && row.status === 'WITHDRAWN'),
      open: (row) => when(isOpen(row.filed_at, row.decided_at)),
      fined: (row) => when(decided(row) && Number(row.fine_yuan ?? 0) > 0),
      fineYuan: (row) => when(decided(row), Math.round(Number(row.fine_yuan ?? 0))),
    },
  },
  {
    field: 'componentStatistics(top: 1000',
    table: 'components',
    any: anyComponent,
    idOf: (row, serial) => ({ code: `${String(row.division).slice(0, 6)}0101${String(serial).padStart(6, '0')}` }),
    key: 'division { code } category { code } state owner { code }',
    dimensions: {
      COUNTY: county,
      CATEGORY: (row) => code(row.category),
      STATE: (row) => row.state,
      OWNER: (row) => code(row.owner),
    },
    counts: {
      total: () => 1,
      intact: (row) => when(row.state === 'INTACT'),
      damaged: (row) => when(row.state === 'DAMAGED'),
      lost: (row) => when(row.state === 'LOST'),
      discarded: (row) => when(row.state === 'DISCARDED'),
    },
  },
];

const KEY_OF: Readonly<Record<string, string>> = { COUNTY: 'division', FIELD: 'field', LEVEL: 'level', STATE: 'state' };
const keyOf = (dimension: string) =>
  KEY_OF[dimension] ?? { CATEGORY: 'category', DEPARTMENT: 'department', OWNER: 'owner' }[dimension]!;

type Groups = ReadonlyMap<string, Readonly<Record<string, number>>>;

function merge(groups: readonly { key: Row; counts: Readonly<Record<string, number>> }[]): Groups {
  const merged = new Map<string, Record<string, number>>();
  for (const { key, counts } of groups) {
    const name = JSON.stringify(key);
    const sums = merged.get(name) ?? {};
    for (const [count, value] of Object.entries(counts)) sums[count] = (sums[count] ?? 0) + value;
    merged.set(name, sums);
  }
  return new Map([...merged].filter(([, counts]) => Object.values(counts).some((value) => value > 0)).sort());
}

describe.each(SUBJECTS.map((subject) => [subject.table, subject] as const))('%s', (table, subject) => {
  const names = Object.keys(subject.counts);
  beforeEach(() => platform.seed(`truncate ${table}`));

  async function ask(groupBy: readonly string[], scope: readonly string[]) {
    const { data, errors } = await platform.ask(
      `{ answer: ${subject.field}, groupBy: [${groupBy.join(', ')}]) { key { ${subject.key} } counts { ${names.join(' ')} } } }`,
      { passport: { scope } },
    );
    expect(errors).toEqual([]);
    return data.answer;
  }

  function naive(rows: readonly Row[], groupBy: readonly string[]) {
    const empty = Object.fromEntries(Object.keys(subject.dimensions).map((dimension) => [keyOf(dimension), null]));
    return rows.map((row) => ({
      key: {
        ...empty,
        ...Object.fromEntries(groupBy.map((name) => [keyOf(name), subject.dimensions[name]!(row) ?? null])),
      },
      counts: Object.fromEntries(names.map((name) => [name, subject.counts[name]!(row)])),
    }));
  }

  test(`statistics of ${table} say what counting row by row says, and are the sums of any two parts`, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(subject.any, { maxLength: 25 }),
        fc.subarray(Object.keys(subject.dimensions)),
        fc.constantFrom('42', '420106', '420106004'),
        async (drawn, groupBy, cut) => {
          const rows = drawn.map((row, i): Row => ({ ...row, ...subject.idOf(row, i) }));
          await platform.seed(`truncate ${table}`);
          await insertRows(platform, table, rows);
          const whole = merge(await ask(groupBy, ['', '~']));
          expect(whole).toEqual(merge(naive(rows, groupBy)));
          const parts = await Promise.all([ask(groupBy, ['', cut]), ask(groupBy, [cut, '~'])]);
          expect(merge(parts.flat())).toEqual(whole);
        },
      ),
      { numRuns: 25 },
    );
  });
});

test('rates of alarms and components are of sums, and are null over nothing', async () => {
  await platform.seed('truncate alarms, components');
  const alarm = {
    division: DIVISIONS[0],
    point: 'P',
    level: 'LEVEL_1',
    field: 'GAS',
    metric: 'm',
    value: 1,
    threshold: 1,
  };
  await insertRows(platform, 'alarms', [
    { ...alarm, id: 'a', raised_at: '2026-09-01T00:00:00+08:00', acknowledged_at: '2026-09-01T00:10:59+08:00' },
    { ...alarm, id: 'b', raised_at: '2026-09-02T00:00:00+08:00', acknowledged_at: '2026-09-02T00:05:00+08:00' },
  ]);
  const { data, errors } = await platform.ask(`{
    alarmStatistics(period: "2026-09", orderBy: { by: "rates.acknowledging" }) {
      rates { acknowledging { numerator denominator value } resolving { value } } }
    componentStatistics { counts { total } rates { intact { numerator denominator value } } } }`);
  expect(errors).toEqual([]);
  expect(data).toEqual({
    alarmStatistics: [
      { rates: { acknowledging: { numerator: 15, denominator: 2, value: 7.5 }, resolving: { value: null } } },
    ],
    componentStatistics: [{ counts: { total: 0 }, rates: { intact: { numerator: 0, denominator: 0, value: null } } }],
  });
});
