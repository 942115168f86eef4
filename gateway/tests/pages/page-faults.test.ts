/** Platforms that fail on the second call for a page: their first rows stay, and coverage reports the gap. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createId } from '@yiwang/schema';
import { measureDeadline } from '../support/measure-deadline.ts';
import {
  askPage,
  CITIES,
  countRequestedRows,
  inPageOrder,
  isRefill,
  type ManyToys,
  rowOf,
  startManyToys,
} from '../support/toys/many-toys.ts';
import type { Row } from '../support/toys/toy-data.ts';
import { startToyEngine, type ToyAnswer, type ToyEngine } from '../support/toys/toy-engine.ts';
import type { Behaviour } from '../support/toys/toy-platform.ts';

let toys: ManyToys;
let engine: ToyEngine;
let whole: ToyEngine;

/** Time enough on a machine that is busy: only a test of what hangs waits for the end of it. */
const LIMITS = { platformDeadlineMs: 20_000, operationDeadlineMs: 20_000, breakerFailures: 1_000 };
const PATIENT = { deadlineMs: 20_000 };
const [A, B, C] = CITIES as [string, string, string];
const times = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
const idsOf = (rows: readonly Row[]) => inPageOrder(rows).map(({ id }) => id);

/** A holds most of the first page, so that it is asked for more; its share is four of ten rows. */
const OF_A = times(20).map((n) => rowOf(A, n, 200 - 2 * n));
const OF_OTHERS = CITIES.slice(1).map((city, i) => rowOf(city, 1, 50 - i));
const ROWS = [...OF_A, ...OF_OTHERS];
const GIVEN = [...OF_A.slice(0, 4), ...OF_OTHERS.slice(0, 6)];

beforeAll(async () => {
  toys = await startManyToys();
  [engine, whole] = await Promise.all([
    startToyEngine(toys.placed, LIMITS),
    startToyEngine(toys.placed, { ...LIMITS, pageShareMin: 100 }),
  ]);
});

beforeEach(() => toys.spread(ROWS));

afterAll(async () => {
  await Promise.all([engine.close(), whole.close(), toys.close()]);
});

const listed = ({ coverage }: ToyAnswer) =>
  coverage?.platforms.filter(({ status }) => status !== 'OK').map(({ platform, status }) => [platform, status]);

/** At a refill alone. */
function whenAskedAgain(behaviour: Behaviour): Behaviour {
  return { kind: 'by-call', of: (call) => (isRefill(call) ? behaviour : { kind: 'well' }) };
}

type Connection = Record<'nodes' | 'edges' | '__yw_edges', unknown[]>;

function changed(change: (rows: Connection) => unknown): Behaviour {
  return { kind: 'change', change: (data) => ({ ...data, rows: change(data.rows as Connection) }) };
}

const FAULTS: readonly [string, Behaviour, status: string][] = [
  ['breaks the connection off', { kind: 'reset' }, 'UNREACHABLE'],
  ['answers with status 500', { kind: 'status', status: 500, body: 'oops' }, 'FAILED'],
  ['refuses the passport', { kind: 'status', status: 401, body: '{}' }, 'REFUSED'],
  ['answers what is no JSON', { kind: 'status', status: 200, body: '<html>' }, 'NONCONFORMING'],
  ['answers with errors only', { kind: 'status', status: 200, body: '{"errors":[{"message":"secret"}]}' }, 'FAILED'],
  ['answers without the field', { kind: 'change', change: () => ({}) }, 'NONCONFORMING'],
  ['answers null', changed(() => null), 'NONCONFORMING'],
  ['answers rows without their positions', changed((rows) => ({ ...rows, __yw_edges: [{}] })), 'NONCONFORMING'],
  ['answers fewer nodes than edges', changed((rows) => ({ ...rows, nodes: 'none' })), 'NONCONFORMING'],
];

async function expectRowsKept(status: string, deadlineMs = 20_000): Promise<void> {
  const { ids, answer, hasNextPage, endCursor } = await askPage(engine, 10, null, { deadlineMs });
  expect([ids, hasNextPage]).toEqual([idsOf(GIVEN), true]);
  expect(listed(answer)).toEqual([['toy/420100', status]]);
  expect(answer.coverage).toMatchObject({ asked: 12, answered: 11, complete: false });
  expect(answer.errors.map(({ path, extensions }) => [path, extensions.platform])).toEqual([[['rows'], 'toy/420100']]);
  expect(answer.data).toMatchObject({ rows: { totalCount: ROWS.length } });
  expect(JSON.stringify(answer)).not.toContain('secret');

  toys.of(A).behaviour = { kind: 'well' };
  const next = await askPage(engine, 10, endCursor, PATIENT);
  expect(listed(next.answer)).toEqual([['toy/420100', 'STALE']]);
  expect(next.ids).toEqual(idsOf(OF_OTHERS.slice(6)));
}

describe('a platform that fails on its second call for a page keeps its rows, is listed, and is STALE on the pages after', () => {
  test.each(FAULTS)('it %s', async (_name, behaviour, status) => {
    toys.of(A).behaviour = whenAskedAgain(behaviour);
    await expectRowsKept(status);
  });

  test('it hangs: the second call has no deadline of its own', async () => {
    const deadlineMs = await measureDeadline(() => askPage(engine, 10, null, PATIENT));
    toys.of(A).behaviour = whenAskedAgain({ kind: 'hang' });
    await expectRowsKept('LATE', deadlineMs);
  });

  test('it does not continue at its cursor', async () => {
    toys.of(A).behaviour = {
      kind: 'by-call',
      of: (call) => {
        if (!isRefill(call)) return { kind: 'well' };
        call.variables.__yw_after_0 = null;
        return { kind: 'well' };
      },
    };
    await expectRowsKept('NONCONFORMING');
  });

  test('it fails an operation that wants all platforms', async () => {
    toys.of(A).behaviour = whenAskedAgain({ kind: 'reset' });
    const { data } = await engine.ask('{ rows(first: 10, after: null) { nodes { id } } }', { completeness: 1 });
    expect(data).toBeNull();
  });

  test('it does not affect the other second calls', async () => {
    const ofB = times(9).map((n) => rowOf(B, 30 + n, 201 - 2 * n));
    toys.of(B).rows = ofB;
    toys.of(A).behaviour = whenAskedAgain({ kind: 'status', status: 500, body: '' });
    const { ids, answer } = await askPage(engine, 12, null, PATIENT);
    expect(toys.calledTimes(2)).toEqual([A, B]);
    expect(ids).toEqual(idsOf([...OF_A.slice(0, 4), ...ofB, ...OF_OTHERS.slice(1)]).slice(0, 12));
    expect(listed(answer)).toEqual([['toy/420100', 'FAILED']]);
  });

  test('it reports an error within a row: the rows count, and it is listed as with whole pages', async () => {
    // Half a row is no whole number, which the schema wants; it is the seventh of the page.
    toys.of(A).rows = OF_A.map((row) => (row.size === 186 ? { ...row, size: 186.5 } : row));
    const shared = await askPage(engine, 10, null, PATIENT);
    expect(toys.calledTimes(2)).toEqual([A]);
    expect(shared.ids).toEqual(idsOf(OF_A).slice(0, 10));
    expect(listed(shared.answer)).toEqual([['toy/420100', 'FAILED']]);
    const full = await askPage(whole, 10, null, PATIENT);
    expect(shared.answer.data).toEqual(full.answer.data);
    expect(listed(shared.answer)).toEqual(listed(full.answer));
  });
});

describe('a platform that fails on its first call is not called again', () => {
  test('and is missing from the whole page', async () => {
    toys.of(A).behaviour = { kind: 'reset' };
    const page = await askPage(engine, 10, null, PATIENT);
    expect(page.ids).toEqual(idsOf(OF_OTHERS).slice(0, 10));
    expect(listed(page.answer)).toEqual([['toy/420100', 'UNREACHABLE']]);
    expect(toys.of(A).calls.every(({ variables }) => variables.__yw_after_0 === null)).toBe(true);
  });

  test('also if its page broke the standard: the page is merged as if it gave nothing', async () => {
    // Its rows would fill the page; without them B has to be asked for more.
    toys.of(B).rows = times(9).map((n) => rowOf(B, n, 60 - n));
    toys.of(A).rows = times(4).map((n) => rowOf(A, n, 90 - n));
    for (const [i, city] of [C, ...CITIES.slice(3, 5)].entries()) toys.of(city).rows = [rowOf(city, 1, 61 + i)];
    toys.of(A).behaviour = changed((rows) => ({ ...rows, nodes: 7 }));
    const asked = await askPage(engine, 10, null, PATIENT);
    expect(toys.calledTimes(2)).toEqual([B]);
    const { ids, answer } = await askPage(whole, 10, null, PATIENT);
    expect([asked.ids, listed(asked.answer)]).toEqual([ids, listed(answer)]);
  });
});

describe('a platform that does not keep to the requested page', () => {
  const both = async () => {
    const shared = await askPage(engine, 10, null, PATIENT);
    const calls = toys.of(A).calls.length;
    const full = await askPage(whole, 10, null, PATIENT);
    expect(shared.ids).toEqual(full.ids);
    expect(shared.answer.data).toEqual(full.answer.data);
    expect(listed(shared.answer)).toEqual(listed(full.answer));
    return calls;
  };

  test('gives fewer rows and says that it has more: it is not called again, as with whole pages', async () => {
    toys.of(A).behaviour = changed((rows) => ({
      ...Object.fromEntries(
        Object.entries(rows).map(([key, list]) => [key, Array.isArray(list) ? list.slice(0, 2) : list]),
      ),
      __yw_info: { hasNextPage: true },
    }));
    expect(await both()).toBe(1);
  });

  test('gives no rows and says that it has more', async () => {
    toys.of(A).behaviour = changed((rows) => ({
      ...Object.fromEntries(Object.entries(rows).map(([key, list]) => [key, Array.isArray(list) ? [] : list])),
      __yw_info: { hasNextPage: true },
    }));
    expect(await both()).toBe(1);
  });

  test('gives too many rows: they are cut, and the second call asks for no more than the page has room for', async () => {
    toys.of(A).behaviour = {
      kind: 'by-call',
      of: (call) => {
        call.variables.__yw_first_0 = 500;
        return { kind: 'well' };
      },
    };
    expect(await both()).toBe(1);
  });

  test('always says that it has more: it is called twice', async () => {
    toys.of(A).behaviour = changed((rows) => ({ ...rows, __yw_info: { hasNextPage: true } }));
    toys.of(A).rows = OF_A.slice(0, 5);
    expect(await both()).toBe(2);
  });
});

describe('rows that are added, removed and moved between the two calls', () => {
  /** Does this once, before the refill is answered. */
  const before = (change: () => void): Behaviour => ({
    kind: 'by-call',
    of: (call) => {
      if (isRefill(call)) change();
      return { kind: 'well' };
    },
  });

  test('are on the page once if they come after the last row', async () => {
    const early = rowOf(A, 91, 197);
    const late = rowOf(A, 92, 189);
    const gone = OF_A[6]!;
    toys.of(A).behaviour = before(() => {
      toys.of(A).rows = [...OF_A.filter((row) => row !== gone), early, late];
    });
    const { ids } = await askPage(engine, 10, null, PATIENT);
    const shown = [...OF_A.filter((row) => row !== gone), late];
    expect(ids).toEqual(idsOf(shown).slice(0, 10));
  });

  test('are on the page once if one moved further', async () => {
    const moved = OF_A[1]!;
    toys.of(A).behaviour = before(() => {
      toys.of(A).rows = OF_A.map((row) => (row === moved ? { ...row, size: 189 } : row));
    });
    const { ids } = await askPage(engine, 10, null, PATIENT);
    expect(ids.filter((id) => id === moved.id)).toHaveLength(1);
    expect(ids.slice(0, 6)).toEqual(idsOf(OF_A).slice(0, 6));
  });

  test('between two pages, shift no other row', async () => {
    const first = await askPage(engine, 10, null, PATIENT);
    toys.of(A).rows = [rowOf(A, 93, 199), ...OF_A.slice(3), rowOf(A, 94, 179)];
    const second = await askPage(engine, 10, first.endCursor, PATIENT);
    expect(first.ids).toEqual(idsOf(OF_A).slice(0, 10));
    expect(second.ids).toEqual([createId(rowOf(A, 94, 0).division, 'R', 94), ...idsOf(OF_A).slice(10, 19)]);
    expect(toys.all.every(({ calls }) => calls.reduce((sum, call) => sum + countRequestedRows(call), 0) <= 20)).toBe(
      true,
    );
  });
});
