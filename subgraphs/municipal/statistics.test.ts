import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { startTestPlatform, type TestPlatform, type TestResponse } from '@yiwang/scripts/testing/platform.ts';
import fc from 'fast-check';
import { requestRow } from '../hotline/fixtures/rows.ts';
import { hotline } from '../hotline/module.ts';
import {
  CASE_COUNTS,
  type Counts,
  type NaiveGroup,
  naiveCaseStatistics,
  naiveRequestStatistics,
  REQUEST_COUNTS,
  REQUEST_STEPS,
} from './fixtures/naive-statistics.ts';
import { caseRow, insertRows, type Row } from './fixtures/rows.ts';
import { municipal } from './module.ts';

const NOW = new Date('2026-10-20T12:00:00+08:00');
const DAY_MS = 86_400_000;
const EPOCH = Date.parse('2026-07-01T00:00:00+08:00');
const DIVISIONS = [
  ...['420106003001', '420106003002', '420106004001', '420102001001', '420106', '420100', '429004001'],
  ...['110101001001', '420000', '441900003'],
];
const DEPARTMENTS = ['11420100010000012D', '114201060106000261'];
const DIMENSIONS = ['PROVINCE', 'CITY', 'COUNTY', 'STREET', 'COMMUNITY', 'CATEGORY', 'MAJOR_CATEGORY', 'SOURCE'];
const STEP_DIMENSIONS = ['OFFICER', 'POST', 'HOUR'];
const GROUPS = fc.subarray([
  ...DIMENSIONS,
  'DEPARTMENT',
  'MONTH',
  'GRID',
  'KIND',
  'CHANNEL',
  'DAY',
  ...STEP_DIMENSIONS,
]);
const PERIODS = [
  { text: '2026-09', months: ['2026-09'] },
  { text: '2026Q3', months: ['2026-07', '2026-08', '2026-09'] },
  { text: '2026-08-01/2026-12-01', months: ['2026-08', '2026-09', '2026-10', '2026-11'] },
  { text: '2026-11', months: ['2026-11'] },
] as const;
const KEY =
  'key { division { code } category { code } source department { code } month officer post grid kind channel day hour }';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform({ modules: [municipal, hotline], now: () => NOW });
});
afterAll(() => platform.close());

/** Days after the epoch, in half days, so that instants meet the bounds of months. */
const days = fc.integer({ min: 0, max: 40 }).map((halves) => halves / 2);
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 3 });
const instant = (offset: number | undefined): string | undefined =>
  offset === undefined ? undefined : new Date(EPOCH + offset * DAY_MS).toISOString();

/** A span in days, or up to the first instant of the next month, where facts are easily counted twice or never. */
const step = fc.oneof({ arbitrary: days, weight: 3 }, { arbitrary: fc.constant('MONTH_END' as const), weight: 1 });
type Step = number | 'MONTH_END';
const MONTH_STARTS = [31, 62, 92, 123, 153, 184];
const add = (offset: number, by: Step): number =>
  by === 'MONTH_END' ? (MONTH_STARTS.find((start) => start >= offset) ?? offset) : offset + by;
const after = (offset: number | undefined, limit: Step | undefined): string | undefined =>
  offset === undefined || limit === undefined ? undefined : instant(add(offset, limit));

const anyCase = fc
  .record({
    division: fc.constantFrom(...DIVISIONS),
    category: fc.constantFrom('10101', '10102', '20101'),
    source: fc.constantFrom('PATROL', 'HOTLINE', 'PUBLIC'),
    grid: fc.constantFrom('420106003001001', '420106003001002', undefined),
    accept: maybe(step),
    dispatch: fc.tuple(fc.boolean(), maybe(step)),
    department: fc.constantFrom(...DEPARTMENTS, undefined),
    reported: fc.integer({ min: 0, max: 220 }).map((halves) => halves / 2),
    steps: fc.tuple(step, step, step),
    reached: fc.constantFrom('REPORTED', 'VOIDED', 'FILED', 'FILED_AND_VOIDED', 'HANDLED', 'CLOSED'),
    limit: step,
    handleLimit: maybe(step),
    flags: fc.tuple(fc.boolean(), fc.boolean(), fc.nat(2), fc.nat(2), fc.nat(1), fc.boolean()),
  })
  .map(({ reported, steps, reached, limit, handleLimit, accept, dispatch, flags, ...plain }) => {
    const filedAt = add(reported, steps[0]);
    const handledAt = add(filedAt, steps[1]);
    const filed = reached === 'REPORTED' || reached === 'VOIDED' ? undefined : filedAt;
    const handled = reached === 'HANDLED' || reached === 'CLOSED' ? handledAt : undefined;
    const closed = reached === 'CLOSED' ? add(handledAt, steps[2]) : undefined;
    return {
      ...plain,
      reported_at: instant(reported),
      accept_due_at: after(reported, accept),
      filed_at: instant(filed),
      dispatch_due_at: after(filed, dispatch[1]),
      dispatched_at: handled !== undefined || dispatch[0] ? instant(filed) : undefined,
      filed_on_time: filed === undefined ? undefined : flags[0],
      handle_due_at: after(filed, handleLimit),
      due_at: after(filed, limit),
      handled_at: instant(handled),
      handled_on_time: handled === undefined ? undefined : flags[5],
      closed_at: instant(closed),
      on_time: closed === undefined ? undefined : flags[1],
      appeal: closed !== undefined && flags[0] ? 'GRANTED' : undefined,
      voided_at: reached.endsWith('VOIDED') ? instant(handledAt) : undefined,
      rework_count: flags[2],
      return_count: flags[3],
      extension_count: flags[4],
    };
  });

/** A step that no instant of the row tells of. */
const anyStep = fc.record({
  action: fc.constantFrom('VERIFY', 'ANSWER', 'INSPECT', 'RETURN', 'REWORK', 'DISPATCH', 'SELF_HANDLE', 'ASSIGN'),
  from_status: fc.constantFrom('REPORTED', 'INSPECTING', 'DISPATCHED', 'HANDLING', 'HANDLED'),
  after: days,
  due: maybe(days),
});
const actors = fc.array(
  fc.record({
    officer: fc.constantFrom('420100-OF-00001', '420100-OF-00002', undefined),
    actor_post: fc.constantFrom('COLLECTOR', 'ACCEPTOR', undefined),
  }),
  { minLength: 12, maxLength: 12 },
);
/** The flow record of a case is made of these besides the steps that its instants tell of. */
const anyFlow = fc.record({ extra: fc.array(anyStep, { maxLength: 5 }), actors });
type Flow = typeof anyFlow extends fc.Arbitrary<infer Value> ? Value : never;

const STEP_OF = [
  ['reported_at', 'REPORT'],
  ['filed_at', 'FILE'],
  ['dispatched_at', 'DISPATCH'],
  ['handled_at', 'FORWARD'],
  ['closed_at', 'CLOSE'],
  ['voided_at', 'VOID'],
] as const;

function requestStepsOf(row: Row, { actors: by }: Flow): Row[] {
  const division = row.division;
  return REQUEST_STEPS.flatMap(([column, [action]]) => (row[column] ? [{ action, at: String(row[column]) }] : [])).map(
    ({ action, at }, i) => {
      const answer = row.dispatched_at ? 'ANSWER' : 'ANSWER_AT_ONCE';
      const own = action === 'ANSWER' ? answer : action;
      return { request_id: row.id, division, seq: i + 1, ...by[i % by.length], action: own, at };
    },
  );
}

function stepsOf(row: Row, { extra, actors: by }: Flow): Row[] {
  const fromRow = STEP_OF.flatMap(([column, action]) => (row[column] ? [{ action, at: String(row[column]) }] : []));
  const from = (Date.parse(String(row.reported_at)) - EPOCH) / DAY_MS;
  const others = extra
    // A step of its own ends what the row would tell of.
    .filter(({ action }) => action !== 'SELF_HANDLE' || !row.closed_at)
    .map(({ action, from_status, after: offset, due }) => ({
      action,
      from_status,
      at: instant(from + offset)!,
      due_at: due === undefined ? undefined : instant(from + due),
    }));
  const isBefore = (a: Row, b: Row) => Date.parse(String(a.at)) - Date.parse(String(b.at));
  return [...fromRow, ...others]
    .sort(isBefore)
    .map((step, i) => ({ case_id: row.id, division: row.division, seq: i + 1, ...by[i % by.length], ...step }));
}

const anyRequest = fc
  .record({
    division: fc.constantFrom(...DIVISIONS),
    category: fc.constantFrom('4010101', '4010201', '4020101'),
    handler: fc.constantFrom(...DEPARTMENTS, undefined),
    received: fc.integer({ min: 0, max: 220 }).map((halves) => halves / 2),
    steps: fc.tuple(step, step, step, step),
    reached: fc.nat(4),
    limit: maybe(step),
    judged: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
    satisfied: fc.constantFrom('VERY_SATISFIED', 'SATISFIED', 'BASICALLY_SATISFIED', 'DISSATISFIED'),
    channel: maybe(fc.constantFrom('PHONE', 'APP')),
    return_count: fc.nat(2),
    excluded: fc.boolean(),
    sign: fc.tuple(maybe(step), maybe(step)),
    second: maybe(step),
  })
  .map(({ received, steps, reached, limit, judged, satisfied, sign, second, ...plain }) => {
    const offsets = steps.map((_, index) => steps.slice(0, index + 1).reduce<number>(add, received));
    const [dispatched, answered, calledBack, closed] = offsets.map((offset, index) =>
      index < reached ? offset : undefined,
    );
    const called = calledBack !== undefined;
    /** What lies beyond the closing has not come. */
    const before = (by: Step | undefined) =>
      by !== undefined && closed !== undefined && add(received, by) > closed ? undefined : after(received, by);
    return {
      ...plain,
      received_at: instant(received),
      dispatched_at: instant(dispatched),
      due_at: after(received, limit),
      signed_at: before(sign[0]),
      sign_due_at: after(received, sign[1]),
      second_handled_at: before(second),
      answered_at: instant(answered),
      called_back_at: instant(calledBack),
      closed_at: instant(closed),
      valid_callback: called ? judged[0] : undefined,
      responded: called ? judged[1] : undefined,
      resolved: called ? judged[2] : undefined,
      satisfied: called ? satisfied : undefined,
    };
  });

const KINDS = {
  cases: { field: 'caseStatistics', counts: CASE_COUNTS, any: anyCase, row: caseRow },
  requests: { field: 'requestStatistics', counts: REQUEST_COUNTS, any: anyRequest, row: requestRow },
} as const;
type Kind = keyof typeof KINDS;

interface Question {
  readonly period: string;
  readonly groupBy: readonly string[];
  readonly scope?: readonly string[];
}

async function askStatistics(kind: Kind, { period, groupBy, scope }: Question): Promise<NaiveGroup[]> {
  const { field, counts } = KINDS[kind];
  const asked: TestResponse = await platform.ask(
    `query($period: Period!, $groupBy: [CaseDimension!]) {
      ${field}(period: $period, groupBy: $groupBy) { ${KEY} counts { ${counts.join(' ')} } } }`,
    { variables: { period, groupBy }, ...(scope ? { passport: { scope } } : {}) },
  );
  expect(asked.errors).toEqual([]);
  return asked.data[field].map(({ key, counts: given }: { key: Row; counts: Counts }) => ({
    key: {
      ...key,
      division: codeOf(key.division),
      category: codeOf(key.category),
      department: codeOf(key.department),
      hour: key.hour === null ? null : String(key.hour).padStart(2, '0'),
    },
    counts: given,
  }));
}

const codeOf = (entity: unknown): string | null => (entity as { code: string } | null)?.code ?? null;

interface Rows {
  readonly rows: readonly Row[];
  readonly steps: readonly Row[];
}

async function replaceRows(kind: Kind, given: readonly (readonly [Row, Flow])[]): Promise<Rows> {
  const rows = given.map(([row], index) => {
    const known = Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined));
    return {
      ...KINDS[kind].row(index, known),
      ...known,
      ...('department' in row ? { department: row.department } : {}),
    };
  });
  const steps = rows.flatMap((row, i) => (kind === 'cases' ? stepsOf : requestStepsOf)(row, given[i]![1]));
  await platform.seed(`truncate ${kind}, case_stages, request_stages`);
  await insertRows(platform, kind, rows);
  await insertRows(platform, kind === 'cases' ? 'case_stages' : 'request_stages', steps);
  return { rows, steps };
}

function naive(kind: Kind, { rows, steps }: Rows, query: Parameters<typeof naiveRequestStatistics>[2]): NaiveGroup[] {
  return (kind === 'cases' ? naiveCaseStatistics : naiveRequestStatistics)(rows, steps, query);
}

describe.each(['cases', 'requests'] as const)('statistics of %s', (kind) => {
  const anyRows = fc.tuple<[Row, Flow]>(KINDS[kind].any, anyFlow);

  test('statistics of %s say what counting row by row says, for any rows, period and dimensions', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyRows, { maxLength: 30 }),
        fc.array(fc.tuple(GROUPS, fc.constantFrom(...PERIODS)), { minLength: 6, maxLength: 6 }),
        async (given, questions) => {
          const rows = await replaceRows(kind, given);
          for (const [groupBy, { text, months }] of questions) {
            const answer = await askStatistics(kind, { period: text, groupBy });
            expect(answer).toEqual(naive(kind, rows, { months, groupBy, now: NOW }));
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  test('statistics of %s of all rows are the sums of those of any two parts', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyRows, { minLength: 5, maxLength: 30 }),
        GROUPS,
        fc.constantFrom(...PERIODS),
        fc.constantFrom('42', '420106', '420106003', '429'),
        async (given, groupBy, { text: period }, cut) => {
          await replaceRows(kind, given);
          const parts = await Promise.all([
            askStatistics(kind, { period, groupBy, scope: ['', cut] }),
            askStatistics(kind, { period, groupBy, scope: [cut, '~'] }),
          ]);
          expect(merge(parts.flat())).toEqual(merge(await askStatistics(kind, { period, groupBy })));
        },
      ),
      { numRuns: 25 },
    );
  });

  test('statistics of %s give a count the same number whatever else is asked for', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(anyRows, { minLength: 5, maxLength: 30 }),
        fc.subarray(DIMENSIONS),
        fc.subarray([...KINDS[kind].counts], { minLength: 1, maxLength: 4 }),
        async (given, groupBy, names) => {
          await replaceRows(kind, given);
          const all = await askStatistics(kind, { period: '2026Q3', groupBy });
          const { data, errors } = await platform.ask(
            `query($groupBy: [CaseDimension!]) { ${KINDS[kind].field}(period: "2026Q3", groupBy: $groupBy) { counts { ...F } } }
             fragment F on ${kind === 'cases' ? 'CaseCounts' : 'RequestCounts'} { ${names.join(' ')} }`,
            { variables: { groupBy } },
          );
          expect(errors).toEqual([]);
          const alone = data[KINDS[kind].field].map(({ counts }: { counts: Counts }) => counts);
          expect(alone).toEqual(all.map(({ counts }) => Object.fromEntries(names.map((name) => [name, counts[name]]))));
        },
      ),
      { numRuns: 25 },
    );
  });
});

function merge(groups: readonly NaiveGroup[]): Map<string, Counts> {
  const merged = new Map<string, Counts>();
  for (const { key, counts } of groups) {
    const text = JSON.stringify(key);
    const sums = merged.get(text) ?? {};
    merged.set(text, Object.fromEntries(Object.entries(counts).map(([name, n]) => [name, n + (sums[name] ?? 0)])));
  }
  return new Map([...merged].sort(([a], [b]) => (a < b ? -1 : 1)));
}
