/** The quality of cases against counting row by row, over any two parts, and what only supervisors see. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import { QUALITY_DIMENSIONS, QUALITY_MEASURES, type QualityMeasure, qualityMethod } from '@yiwang/schema/statistics';
import { startTestPlatform, type TestPlatform } from '@yiwang/scripts/testing/platform.ts';
import fc from 'fast-check';
import { caseRow, insertRows, type Row } from './fixtures/rows.ts';
import { municipal } from './module.ts';

const NOW = new Date('2026-10-20T12:00:00+08:00');
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
const START = Date.parse('2026-07-20T00:00:00+08:00');
const FROM = Date.parse('2026-09-01T00:00:00+08:00');
const TO = Date.parse('2026-10-01T00:00:00+08:00');
const DIVISIONS = ['420106003001', '420106004001', '420102001001'];

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform({ modules: [municipal], now: () => NOW });
});
afterAll(() => platform.close());
beforeEach(() => platform.seed('truncate cases, case_stages'));

interface Sample {
  readonly row: Row;
  readonly stages: readonly Row[];
}

const optional = <T>(value: T) => fc.option(fc.constant(value), { nil: undefined });

/** Few places, classes and minutes, so that duplicates are found; stages lack, and change their order. */
const anyCase = fc
  .record({
    division: fc.constantFrom(...DIVISIONS),
    category: fc.constantFrom('10101', '20101'),
    reported: fc
      .integer({ min: 0, max: 80 })
      .chain((day) => fc.integer({ min: 0, max: 4 }).map((slot) => START + day * DAY_MS + slot * 30 * MINUTE_MS)),
    filedAfter: fc.option(fc.constantFrom(0, 5, 40_000), { nil: undefined }),
    closedAfter: fc.option(fc.constantFrom(10, 50_000), { nil: undefined }),
    isRecorded: fc.boolean(),
    lastStep: fc.constantFrom(0, 5, 30_000, -5),
    fromStatus: fc.constantFrom('REPORTED', 'HANDLED'),
    suspended: fc.boolean(),
    longitude: fc.constantFrom(114.3, 114.3004, 114.31, undefined),
    latitude: fc.constantFrom(30.55, 30.5503, undefined),
    ...{ grid: optional('420106003001001'), address: optional('a'), description: optional('d') },
    ...{ department: optional('11420100010000012D'), condition_id: optional('x'), isDue: fc.boolean() },
  })
  .map(
    ({ reported, filedAfter, closedAfter, isRecorded, lastStep, fromStatus, isDue, ...plain }) =>
      (serial: number): Sample => {
        const at = (minutes: number) => new Date(reported + minutes * MINUTE_MS).toISOString();
        const closed = filedAfter === undefined || closedAfter === undefined ? undefined : at(filedAfter + closedAfter);
        const row = caseRow(serial, {
          ...plain,
          department: plain.department ?? null,
          reported_at: at(0),
          ...(filedAfter === undefined ? {} : { filed_at: at(filedAfter), dispatched_at: at(filedAfter) }),
          ...(filedAfter !== undefined && isDue ? { due_at: at(filedAfter + 100) } : {}),
          ...(closed === undefined ? {} : { closed_at: closed, suspended: false }),
        });
        const stage = (seq: number, instant: string, from: string | null, to: string): Row => ({
          ...{
            case_id: row.id,
            seq,
            division: row.division,
            action: 'X',
            at: instant,
            from_status: from,
            to_status: to,
          },
        });
        const stages = [
          stage(1, at(0), null, 'REPORTED'),
          ...(filedAfter !== undefined && isRecorded ? [stage(2, at(filedAfter), 'REPORTED', 'FILED')] : []),
          ...(closed !== undefined && isRecorded ? [stage(3, closed, 'FILED', 'CLOSED')] : []),
          stage(4, at(lastStep), fromStatus, 'REPORTED'),
        ];
        return { row, stages };
      },
  );

const time = (value: unknown) => Date.parse(String(value));

/** The measures of one row, written down again without SQL. */
function keeps({ row, stages }: Sample, all: readonly Sample[]): Readonly<Record<QualityMeasure, boolean>> {
  const has = (name: string) => row[name] !== undefined && row[name] !== null;
  const instants = [row.reported_at, row.filed_at, row.dispatched_at, row.closed_at].filter((at) => at !== undefined);
  const isNear = (other: Row) => {
    if (has('grid') && row.grid === other.grid) return true;
    if ([row, other].some(({ longitude, latitude }) => longitude === undefined || latitude === undefined)) return false;
    const [x, y] = [Number(other.longitude) - Number(row.longitude), Number(other.latitude) - Number(row.latitude)];
    return 111_320 * Math.hypot(y, x * Math.cos((Number(row.latitude) * Math.PI) / 180)) <= 50;
  };
  const isBefore = (other: Row) =>
    time(other.reported_at) < time(row.reported_at) ||
    (other.reported_at === row.reported_at && String(other.id) < String(row.id));
  const horizon = TO - 30 * DAY_MS;
  return {
    located: has('longitude') && has('latitude'),
    gridded: has('grid'),
    addressed: has('address'),
    recorded: instants.every((instant) => stages.some(({ at }) => at === instant)),
    current:
      (row.closed_at !== undefined && time(row.closed_at) < TO) ||
      row.suspended === true ||
      time(row.reported_at) >= horizon ||
      stages.some(({ at }) => time(at) >= horizon && time(at) < TO),
    ordered: stages.every((stage, i) => {
      const before = stages[i - 1];
      return (
        time(stage.at) >= time(before?.at ?? row.reported_at) && (!before || stage.from_status === before.to_status)
      );
    }),
    unique: !all.some(
      ({ row: other }) =>
        other.division === row.division &&
        other.category === row.category &&
        isBefore(other) &&
        time(row.reported_at) - time(other.reported_at) <= 60 * MINUTE_MS &&
        isNear(other),
    ),
    responsible: !has('dispatched_at') || has('department'),
    limited: !has('filed_at') || has('due_at'),
    conditioned: !has('filed_at') || has('condition_id'),
    described: has('description'),
  };
}

const isAlive = ({ row }: Sample) =>
  time(row.reported_at) < TO && (row.closed_at === undefined || time(row.closed_at) >= FROM);

interface Answer {
  readonly key: { readonly division: { readonly code: string } | null };
  readonly counts: Readonly<Record<string, number>>;
  readonly rates: Readonly<
    Record<string, { readonly numerator: number; readonly denominator: number; readonly value: number }>
  >;
  readonly rank: number;
}

const COUNTS = ['rows', ...QUALITY_MEASURES].join(' ');
const POINTS = [...QUALITY_DIMENSIONS, 'score'].map((name) => `${name} { numerator denominator value }`).join(' ');

async function ask(scope: readonly string[] = ['', '~']): Promise<readonly Answer[]> {
  const { data, errors } = await platform.ask(
    `{ quality(period: "2026-09", groupBy: [COUNTY]) { key { division { code } } counts { ${COUNTS} } rates { ${POINTS} } rank } }`,
    { passport: { scope } },
  );
  expect(errors).toEqual([]);
  return data.quality;
}

async function seed(samples: readonly Sample[]): Promise<void> {
  await platform.seed('truncate cases, case_stages');
  await insertRows(
    platform,
    'cases',
    samples.map(({ row }) => row),
  );
  await insertRows(
    platform,
    'case_stages',
    samples.flatMap(({ stages }) => stages),
  );
}

function sums(answers: readonly Answer[]) {
  const byCounty = new Map<string, Record<string, number>>();
  for (const { key, counts, rates } of answers) {
    const sum = byCounty.get(key.division!.code) ?? {};
    byCounty.set(key.division!.code, sum);
    const parts = Object.entries(rates).flatMap(([name, { numerator, denominator }]): [string, number][] => [
      [`${name} n`, numerator],
      [`${name} d`, denominator],
    ]);
    for (const [name, value] of [...Object.entries(counts), ...parts]) sum[name] = (sum[name] ?? 0) + value;
  }
  return new Map([...byCounty].sort());
}

test('quality says what counting row by row says, points are shares of measures, and any two parts sum to the whole', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(anyCase, { maxLength: 25 }),
      fc.constantFrom('420103', '420106', '420106003001', '420106004'),
      async (drawn, cut) => {
        const samples = drawn.map((make, i) => make(i));
        await seed(samples);
        const whole = await ask();
        for (const { key, counts, rates } of whole) {
          const own = samples.filter(
            (sample) => isAlive(sample) && String(sample.row.division).startsWith(key.division!.code),
          );
          const kept = own.map((sample) => keeps(sample, samples));
          const expected = QUALITY_MEASURES.map((name) => [name, kept.filter((row) => row[name]).length]);
          expect(counts).toEqual({ rows: own.length, ...Object.fromEntries(expected) });
          let score = 0;
          for (const { id, points, measures } of qualityMethod().dimensions) {
            const value = measures.reduce(
              (sum, name) => sum + (points * counts[name]!) / measures.length / own.length,
              0,
            );
            expect(rates[id]!.value).toBeCloseTo(value, 8);
            score += value;
          }
          expect(rates.score!.value).toBeCloseTo(score, 8);
        }
        expect(whole.reduce((sum, { counts }) => sum + counts.rows!, 0)).toBe(samples.filter(isAlive).length);
        const scores = whole.map(({ rates }) => rates.score!.value);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
        expect(whole.map(({ rank }) => rank)).toEqual(
          scores.map((score) => 1 + scores.filter((other) => other > score).length),
        );
        expect(sums([...(await ask(['', cut])), ...(await ask([cut, '~']))])).toEqual(sums(whole));
      },
    ),
    { numRuns: 40 },
  );
});

test('the cases that break a measure are the rows that its count lacks', async () => {
  const samples = fc.sample(anyCase, { numRuns: 60, seed: 7 }).map((make, i) => make(i));
  await seed(samples);
  for (const measure of QUALITY_MEASURES.filter((name) => name !== 'current')) {
    const { data, errors } = await platform.ask(
      `{ cases(filter: { breaks: ${measure.toUpperCase()} }, first: 500) { nodes { id } } }`,
    );
    expect(errors).toEqual([]);
    const broken = samples.filter((sample) => !keeps(sample, samples)[measure]).map(({ row }) => row.id);
    expect([measure, data.cases.nodes.map(({ id }: { id: string }) => id).sort()]).toEqual([measure, broken.sort()]);
  }
});

test('an open case that took no step for thirty days is to be mended, and a suspended one is not', async () => {
  const row = (serial: number, more: Row = {}) =>
    caseRow(serial, { reported_at: '2026-09-01T08:00:00+08:00', ...more });
  await seed([row(1), row(2, { suspended: true }), row(3)].map((one) => ({ row: one, stages: [] })));
  await platform.seed(
    `insert into case_stages (case_id, seq, division, action, at) values ('420106003001-C-000003', 1, '420106003001', 'FILE', '2026-09-25T00:00:00+08:00')`,
  );
  const { data } = await platform.ask('{ cases(filter: { breaks: CURRENT }) { nodes { id } } }');
  expect(data.cases.nodes).toEqual([{ id: '420106003001-C-000001' }]);
});

test('quality and the cases to mend are unknown to a department and to the public', async () => {
  for (const classes of [['OPEN'], ['OPEN', 'SHARED']] as const) {
    for (const question of [
      '{ quality(period: "2026-09") { rank } }',
      '{ cases(filter: { breaks: LOCATED }) { nodes { id } } }',
    ]) {
      const { errors } = await platform.ask(question, { passport: { classes } });
      expect(errors.length).toBeGreaterThan(0);
    }
  }
});
