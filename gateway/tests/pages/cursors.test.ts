/** Pages in sequence: a gap of one page is reported on the pages after it, and the directory may change in between. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createId } from '@yiwang/schema';
import { addSkipped, createCursorEncoder, decodeCursor, NOTHING_SKIPPED } from '../../execute/gathered/cursor.ts';
import { SIGNATURE_LENGTH } from '../../kit/crypto/signer.ts';
import type { Row } from '../support/toys/toy-data.ts';
import { LAYERED_SUPERGRAPH, startToyEngine, type ToyAnswer, type ToyEngine } from '../support/toys/toy-engine.ts';
import { startToyPlatform, type ToyPlatform } from '../support/toys/toy-platform.ts';

const row = (division: string, size: number): Row => ({
  id: createId(division, 'R', size),
  division,
  kind: 'A',
  size,
  at: '2026-01',
});

/**
 * Sizes 9 down to 1, which is the order of the pages, by turns in Wuhan's Wuchang, in Wuhan's Jiang'an and in Yichang.
 */
const WUCHANG = [9, 6, 3].map((size) => row('420106003', size));
const JIANGAN = [8, 5, 2].map((size) => row('420102001', size));
const YICHANG = [7, 4, 1].map((size) => row('420502001', size));

let wuhan: ToyPlatform;
let wuchang: ToyPlatform;
let yichang: ToyPlatform;
let engine: ToyEngine;

beforeAll(async () => {
  [wuhan, wuchang, yichang] = await Promise.all([startToyPlatform(), startToyPlatform(), startToyPlatform()]);
  engine = await startToyEngine([
    { division: '420100', platform: wuhan },
    { division: '420500', platform: yichang },
  ]);
});

beforeEach(() => {
  wuhan.rows = [...WUCHANG, ...JIANGAN];
  wuchang.rows = [];
  yichang.rows = YICHANG;
  for (const platform of [wuhan, wuchang, yichang]) platform.behaviour = { kind: 'well' };
});

afterAll(async () => {
  await Promise.all([engine.close(), wuhan.close(), wuchang.close(), yichang.close()]);
});

const PAGE =
  'query($after: String) { rows(within: "42", first: 2, after: $after) { nodes { size } pageInfo { hasNextPage endCursor } } }';

interface Page {
  readonly answer: ToyAnswer;
  readonly sizes: readonly (number | null)[];
  readonly endCursor: string;
}

async function pageOf(after: string | null, from = engine, query = PAGE): Promise<Page> {
  const answer = await from.ask(query, { variables: { after } });
  const { rows } = answer.data as { rows: { nodes: { size: number }[]; pageInfo: { endCursor: string } } };
  return { answer, sizes: rows.nodes.map(({ size }) => size), endCursor: rows.pageInfo.endCursor };
}

const listed = ({ answer }: Page) => answer.coverage?.platforms.map(({ platform, status }) => [platform, status]);

describe('a platform that comes back between two pages', () => {
  test('is STALE on that page and on those after it', async () => {
    yichang.behaviour = { kind: 'reset' };
    const first = await pageOf(null);
    expect([first.sizes, listed(first)]).toEqual([[9, 8], [['toy/420500', 'UNREACHABLE']]]);
    yichang.behaviour = { kind: 'well' };

    const second = await pageOf(first.endCursor);
    expect(second.sizes).toEqual([7, 6]);
    expect(second.answer.coverage).toMatchObject({
      asked: 2,
      answered: 1,
      complete: false,
      platforms: [
        {
          platform: 'toy/420500',
          status: 'STALE',
          path: ['rows'],
          reason: 'its rows before this page were left out, since it did not answer then: ask from the first page',
        },
      ],
    });
    expect(second.answer.errors).toMatchObject([
      { path: ['rows'], extensions: { code: 'INCOMPLETE', platform: 'toy/420500' } },
    ]);

    const third = await pageOf(second.endCursor);
    expect([third.sizes, listed(third)]).toEqual([[5, 4], [['toy/420500', 'STALE']]]);
    expect(listed(await pageOf(null))).toEqual([]);
  });

  test('fails an operation that wants all platforms', async () => {
    yichang.behaviour = { kind: 'reset' };
    const { endCursor } = await pageOf(null);
    yichang.behaviour = { kind: 'well' };
    const { data } = await engine.ask(PAGE, { variables: { after: endCursor }, completeness: 1 });
    expect(data).toBeNull();
  });

  test('is STALE if its earlier page broke the standard', async () => {
    yichang.behaviour = { kind: 'change', change: (data) => ({ ...data, rows: { __yw_edges: 'none' } }) };
    const first = await pageOf(null);
    expect(listed(first)).toEqual([['toy/420500', 'NONCONFORMING']]);
    yichang.behaviour = { kind: 'well' };
    expect(listed(await pageOf(first.endCursor))).toEqual([['toy/420500', 'STALE']]);
  });

  test('is STALE for every cursor of the page, unless none of its rows are selected', async () => {
    yichang.behaviour = { kind: 'reset' };
    const query = 'query($after: String) { rows(within: "42", first: 2, after: $after) { edges { cursor } } }';
    const { data } = await engine.ask(query, { variables: {} });
    const [{ cursor }] = (data as { rows: { edges: [{ cursor: string }] } }).rows.edges;
    yichang.behaviour = { kind: 'well' };
    const back = await engine.ask(query, { variables: { after: cursor } });
    expect(back.coverage?.platforms).toMatchObject([{ platform: 'toy/420500', status: 'STALE' }]);
  });

  test('is listed once if it is missing again', async () => {
    yichang.behaviour = { kind: 'reset' };
    const first = await pageOf(null);
    const second = await pageOf(first.endCursor);
    expect(listed(second)).toEqual([['toy/420500', 'UNREACHABLE']]);
    yichang.behaviour = { kind: 'well' };
    const third = await pageOf(second.endCursor);
    expect(third.answer.coverage?.platforms[0]?.reason).toContain('it did not answer then');
  });

  test('is told apart from a platform of another tier for the same division', async () => {
    const layered = await startToyEngine(
      [
        { division: '420100', platform: wuhan },
        { division: '420000', platform: yichang, tier: 'PROVINCIAL' },
      ],
      {},
      { supergraph: LAYERED_SUPERGRAPH },
    );
    yichang.rows = [row('420102001', 7)];
    yichang.behaviour = { kind: 'reset' };
    const { endCursor } = await pageOf(null, layered);
    yichang.behaviour = { kind: 'well' };
    const back = await pageOf(endCursor, layered);
    await layered.close();
    expect(listed(back)).toEqual([['toy-provincial/420000', 'STALE']]);
  });
});

describe('a directory that changes between two pages', () => {
  const split = () =>
    startToyEngine([
      { division: '420100', platform: wuhan },
      { division: '420106', platform: wuchang },
      { division: '420500', platform: yichang },
    ]);
  const move = () => {
    wuhan.rows = JIANGAN;
    wuchang.rows = WUCHANG;
  };

  test('leaves the pages unchanged: positions belong to the merged list, not to a platform', async () => {
    const later = await split();
    const first = await pageOf(null);
    move();
    const second = await pageOf(first.endCursor, later);
    const third = await pageOf(second.endCursor, later);
    await later.close();
    expect([first, second, third].map(({ sizes }) => sizes)).toEqual([
      [9, 8],
      [7, 6],
      [5, 4],
    ]);
    expect([second, third].map(listed)).toEqual([[], []]);
  });

  test('passes a gap on to the new owner of the division', async () => {
    const later = await split();
    wuhan.behaviour = { kind: 'reset' };
    const first = await pageOf(null);
    expect(first.sizes).toEqual([7, 4]);
    wuhan.behaviour = { kind: 'well' };
    move();
    const second = await pageOf(first.endCursor, later);
    await later.close();
    expect(second.sizes).toEqual([3, 2]);
    expect(listed(second)).toEqual([
      ['toy/420100', 'STALE'],
      ['toy/420106', 'STALE'],
    ]);
  });
});

describe('an invalid cursor', () => {
  test('leaves its field without rows, and without a count of zero', async () => {
    const query = '{ rows(within: "42", first: 2, after: "x") { all: totalCount nodes { size } } total(within: "42") }';
    const { data, errors, coverage } = await engine.ask(query);
    expect(data).toEqual({ rows: { all: null, nodes: [] }, total: 45 });
    expect(errors).toMatchObject([{ path: ['rows'], extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(coverage).toMatchObject({ asked: 2, answered: 2 });
  });
});

describe('the size of a cursor', () => {
  test('is limited for cursors that clients send', async () => {
    const { endCursor } = await pageOf(null);
    const placed = [{ division: '420100', platform: wuhan }];
    const [fits, tooLong] = await Promise.all(
      [endCursor.length, endCursor.length - 1].map((cursorBytesMax) => startToyEngine(placed, { cursorBytesMax })),
    );
    expect((await pageOf(endCursor, fits)).answer.errors).toEqual([]);
    const { errors, data } = await tooLong!.ask(PAGE, { variables: { after: endCursor } });
    expect(data).toEqual({ rows: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } } });
    expect(errors).toMatchObject([{ path: ['rows'], extensions: { code: 'BAD_USER_INPUT' } }]);
    await Promise.all([fits!.close(), tooLong!.close()]);
  });

  test('is limited for cursors that clients get: many gaps become one larger gap', () => {
    const position = 'x'.repeat(512);
    const bytesMax = 1_024;
    const missedOf = (count: number) => {
      let missed = NOTHING_SKIPPED;
      for (let i = 0; i < count; i++) {
        const from = String(100_000_000 + 2 * i);
        missed = addSkipped(missed, i % 2 ? 'MUNICIPAL' : 'DISTRICT', [[from, `${from}~`]]);
      }
      return missed;
    };
    const sealedLength = (count: number) =>
      createCursorEncoder(missedOf(count), bytesMax)(position).length + SIGNATURE_LENGTH;
    let exact = 1;
    while (
      exact < 200 &&
      decodeCursor(createCursorEncoder(missedOf(exact + 1), bytesMax)(position)).skipped.regions.get('DISTRICT')!
        .length >
        exact / 2
    )
      exact++;
    expect(sealedLength(exact)).toBeGreaterThan(bytesMax - 40);
    for (const count of [exact, exact + 1, 3_000]) expect(sealedLength(count)).toBeLessThanOrEqual(bytesMax);
    const { skipped } = decodeCursor(createCursorEncoder(missedOf(3_000), bytesMax)(position));
    expect(skipped.count).toBe(3_000);
    expect(skipped.regions.get('DISTRICT')).toEqual([['100000000', '100005996~']]);
  });
});
