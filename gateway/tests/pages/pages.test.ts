/** Pages in shares equal whole pages, over real HTTP, and no platform gives more rows than it must. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { DEFAULT_LIMITS, LIMIT_RULES } from '../../model/limits.ts';
import {
  askPage,
  CITIES,
  countRequestedRows,
  inPageOrder,
  type ManyToys,
  rowOf,
  startManyToys,
} from '../support/toys/many-toys.ts';
import type { Row } from '../support/toys/toy-data.ts';
import { LAYERED_SUPERGRAPH, startToyEngine, type ToyAnswer, type ToyEngine } from '../support/toys/toy-engine.ts';

let toys: ManyToys;
/** Asks for shares. */
let engine: ToyEngine;
/** Asks everybody for the whole page. */
let whole: ToyEngine;

/** Time enough on a machine that is busy. */
const LIMITS = { platformDeadlineMs: 20_000, operationDeadlineMs: 20_000 };
const PATIENT = { deadlineMs: 20_000 };
const [A, B, C] = CITIES as [string, string, string];

beforeAll(async () => {
  toys = await startManyToys();
  [engine, whole] = await Promise.all([
    startToyEngine(toys.placed, LIMITS),
    startToyEngine(toys.placed, { ...LIMITS, pageShareMin: LIMIT_RULES.pageShareMin.max }),
  ]);
});

afterAll(async () => {
  await Promise.all([engine.close(), whole.close(), toys.close()]);
});

const idsOf = (rows: readonly Row[]) => inPageOrder(rows).map(({ id }) => id);
const times = (count: number) => Array.from({ length: count }, (_, i) => i + 1);

/** Without what differs from one asking to the next. */
function comparable({ data, errors, coverage, withheld }: ToyAnswer) {
  const platforms = coverage?.platforms
    .map(({ platform, division, status, path, reason }) => ({ platform, division, status, path, reason }))
    .sort((a, b) => (a.platform < b.platform ? -1 : 1));
  const sortedErrors = errors
    .map(({ message, path, extensions }) => JSON.stringify({ message, path, extensions }))
    .sort();
  return { data, withheld, errors: sortedErrors, coverage: coverage && { ...coverage, platforms } };
}

describe('a page over a dozen platforms', () => {
  test('asks each platform once for its share if rows are spread evenly', async () => {
    const rows = CITIES.flatMap((city, i) => times(20).map((n) => rowOf(city, n, 1_000 - 12 * n - i)));
    toys.spread(rows);
    const { ids, answer, hasNextPage } = await askPage(engine, 24, null, PATIENT);
    expect([ids, hasNextPage]).toEqual([idsOf(rows).slice(0, 24), true]);
    expect(toys.calledTimes(1)).toEqual(CITIES);
    expect(toys.all.map(({ calls }) => countRequestedRows(calls[0]!))).toEqual(CITIES.map(() => 6));
    expect(answer.coverage).toMatchObject({ asked: 12, answered: 12, complete: false });
  });

  test('asks a platform whose rows are used up for as many more as the page has room for', async () => {
    const many = times(30).map((n) => rowOf(A, n, 500 - n));
    const rows = [...many, rowOf(B, 1, 498.5), rowOf(C, 1, 3)].map((row) => ({
      ...row,
      size: Math.round(row.size! * 2),
    }));
    toys.spread(rows);
    const { ids, answer } = await askPage(engine, 10, null, PATIENT);
    expect(ids).toEqual(idsOf(rows).slice(0, 10));
    expect(toys.calledTimes(2)).toEqual([A]);
    const [first, second] = toys.of(A).calls;
    // The four of A and the one of B that comes between them leave room for five.
    expect([countRequestedRows(first!), countRequestedRows(second!)]).toEqual([4, 5]);
    expect(second!.query).not.toContain('totalCount');
    expect(answer.coverage).toMatchObject({ asked: 12, answered: 12, complete: false });
    expect(answer.data).toMatchObject({ rows: { totalCount: 32 } });
  });

  test('does not ask a platform again whose last row ends the page', async () => {
    toys.spread([...times(4), 5, 6].map((n) => rowOf(A, n, 100 - n)).concat(times(6).map((n) => rowOf(B, n, 200 - n))));
    await askPage(engine, 10, null, PATIENT);
    expect(toys.calledTimes(2)).toEqual([B, A].sort());
    toys.spread([
      ...times(9).map((n) => rowOf(A, n, 100 - n)),
      ...CITIES.slice(1, 7).map((city) => rowOf(city, 1, 200)),
    ]);
    const { ids } = await askPage(engine, 10, null, PATIENT);
    expect(ids.at(-1)).toBe(rowOf(A, 4, 0).id);
    expect(toys.calledTimes(2)).toEqual([]);
  });

  test('asks for whole pages if the share is the page, or a limit says so', async () => {
    toys.spread(times(9).map((n) => rowOf(A, n, n)));
    await askPage(engine, 3, null, PATIENT);
    await askPage(whole, 10, null, PATIENT);
    expect(toys.of(A).calls.map(countRequestedRows)).toEqual([3, 10]);
    for (const [pageShareMin, wanted] of [
      [4, 4],
      [5, 5],
    ]) {
      toys.forget();
      const least = await startToyEngine(toys.placed, { ...LIMITS, pageShareMin: pageShareMin! });
      await askPage(least, 10, null, PATIENT);
      await least.close();
      expect(countRequestedRows(toys.of(A).calls[0]!)).toBe(wanted);
    }
    expect(DEFAULT_LIMITS.pageShareMin).toBe(1);
  });

  test('has the default size of the schema, or that of a variable', async () => {
    toys.spread(times(9).map((n) => rowOf(A, n, n)));
    const ids = async (question: string, variables = {}) =>
      ((await engine.ask(question, { variables, ...PATIENT })).data as { rows: { nodes: unknown[] } }).rows.nodes
        .length;
    expect(await ids('{ rows { nodes { id } } }')).toBe(3);
    expect(await ids('query($n: Int = 7) { rows(first: $n) { nodes { id } } }')).toBe(7);
    expect(await ids('query($n: Int) { rows(first: $n) { nodes { id } } }', { n: 8 })).toBe(8);
    expect(await ids('{ rows(first: 0) { nodes { id } } }')).toBe(0);
  });
});

/** Some platforms hold most of the rows, sizes are often the same, and some rows have none. */
const rowsArbitrary = fc
  .array(
    fc.record({
      city: fc.oneof({ weight: 4, arbitrary: fc.constantFrom(A, B) }, fc.constantFrom(...CITIES)),
      size: fc.option(fc.integer({ min: 0, max: 40 }), { nil: null, freq: 12 }),
      kind: fc.constantFrom('A', 'B'),
    }),
    { minLength: 30, maxLength: 90, size: 'max' },
  )
  .map((rows) => rows.map(({ city, size, kind }, i) => rowOf(city, i + 1, size, kind)));
const sizesArbitrary = fc.array(fc.integer({ min: 3, max: 20 }), { minLength: 1, maxLength: 4 });

describe('pages of random sizes over random platforms', () => {
  test('together give all rows in order; no platform is called more than twice for a page, nor asked for more than a page', async () => {
    let refills = 0;
    await fc.assert(
      fc.asyncProperty(rowsArbitrary, sizesArbitrary, async (rows, sizes) => {
        toys.spread(rows);
        const seen: string[] = [];
        let after: string | null = null;
        for (let page = 0; ; page++) {
          const first = sizes[page % sizes.length]!;
          toys.forget();
          const { ids, hasNextPage, endCursor, answer } = await askPage(engine, first, after, PATIENT);
          expect(comparable(answer)).toEqual(comparable((await askPage(whole, first, after, PATIENT)).answer));
          for (const { calls } of toys.all) {
            // One of the calls is that for the whole page.
            expect(calls.length).toBeLessThanOrEqual(3);
            expect(calls.reduce((sum, call) => sum + countRequestedRows(call), 0)).toBeLessThanOrEqual(2 * first);
            if (calls.length === 3) refills++;
          }
          seen.push(...ids);
          after = endCursor;
          if (!hasNextPage) break;
        }
        expect(seen).toEqual(idsOf(rows));
      }),
      { numRuns: 25 },
    );
    expect(refills).toBeGreaterThan(20);
  });
});

const QUESTIONS = [
  '{ rows(first: 10) { totalCount nodes { id size } edges { cursor node { kind } } pageInfo { hasNextPage endCursor } } }',
  '{ a: rows(first: 12) { nodes { id } } b: rows(first: 9, orderBy: SIZE_ASC) { edges { cursor } } c: rows(within: "4201", first: 9) { nodes { id } } }',
  '{ rows(first: 15, orderBy: SIZE_ASC) { nodes { size } pageInfo { hasNextPage } } total smallest statistics(groupBy: "KIND") { key { kind } counts { rows } } }',
  '{ rows(first: 20) { pageInfo { hasNextPage endCursor } } n: rows(first: 2) { totalCount } }',
  '{ rows(first: 11) { __typename nodes { id division { code statistics { counts { rows } } } } } }',
  'query($n: Int = 13, $in: DivisionCode) { rows(first: $n, within: $in) { first: nodes { id } again: nodes { kind size } } list(within: $in) { id } }',
];

describe('fields beside a page', () => {
  test('have the data that they have with whole pages', async () => {
    await fc.assert(
      fc.asyncProperty(rowsArbitrary, async (rows) => {
        toys.spread(rows);
        for (const question of QUESTIONS) {
          const asking = { explain: true, ...PATIENT };
          const answer = comparable(await engine.ask(question, asking));
          expect(answer).toEqual(comparable(await whole.ask(question, asking)));
          expect(answer.errors).toEqual([]);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('are fetched once: one second call asks for the rows of all pages that need it', async () => {
    toys.spread([...times(30).map((n) => rowOf(A, n, n)), rowOf(B, 1, 0)]);
    const question =
      '{ total a: rows(first: 10) { nodes { id } } b: rows(first: 12, orderBy: SIZE_ASC) { totalCount nodes { id } } none: rows(first: 2) { nodes { id } } }';
    await engine.ask(question, PATIENT);
    expect(toys.calledTimes(2)).toEqual([A]);
    const { query } = toys.of(A).calls[1]!;
    expect(['total', 'totalCount', 'none:', 'a:', 'b:'].filter((word) => query.includes(word))).toEqual(['a:', 'b:']);
  });

  test('have that data also if each tier has its own rows over the same divisions', async () => {
    const placed = toys.placed.map(({ division, platform }, i) =>
      i % 2 ? { division: '420000', platform, tier: 'PROVINCIAL' as const } : { division, platform },
    );
    const some = placed.filter(({ tier }, i) => !tier || i === 1);
    const world = { supergraph: LAYERED_SUPERGRAPH };
    const [shared, full] = await Promise.all([
      startToyEngine(some, LIMITS, world),
      startToyEngine(some, { ...LIMITS, pageShareMin: 100 }, world),
    ]);
    toys.spread([...times(30).map((n) => rowOf(A, n, 3 * n)), ...times(9).map((n) => rowOf(C, n, 5 * n))]);
    some.find(({ tier }) => tier)!.platform.rows = times(20).map((n) => rowOf(A, 100 + n, 4 * n));
    const first = await askPage(shared, 20, null, PATIENT);
    const asked = some.filter(({ platform }) => platform.calls.length === 2);
    expect(asked.length).toBeGreaterThan(0);
    expect(comparable(first.answer)).toEqual(comparable((await askPage(full, 20, null, PATIENT)).answer));
    const second = await askPage(shared, 20, first.endCursor, PATIENT);
    expect(comparable(second.answer)).toEqual(comparable((await askPage(full, 20, first.endCursor, PATIENT)).answer));
    await Promise.all([shared.close(), full.close()]);
  });
});
