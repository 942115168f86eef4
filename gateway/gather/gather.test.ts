/** Laws of the merge on single fields: no order and no grouping of the contributions changes the result. */
import { describe, expect, test } from '@jest/globals';
import { EVERYWHERE, encodePosition } from '@yiwang/schema';
import fc from 'fast-check';
import { print } from 'graphql';
import type { MergeContext } from '../model/gather.ts';
import { mergeContributions } from './merge-contributions.ts';
import { programOf } from './testing.ts';

const CONTEXT: MergeContext = { args: {}, smallCount: 0, signCursor: (position) => position };

function merge(field: string, values: readonly unknown[], args: Record<string, unknown> = {}) {
  const contributions = values.map((value) => ({ value, region: EVERYWHERE }));
  return mergeContributions(programOf(field), contributions, { ...CONTEXT, args });
}

const count = fc.integer({ min: 0, max: 50 });
const group = fc.record({
  __yw_k0: fc.record({ division: fc.constant(null), kind: fc.constantFrom('A', 'B', 'C') }),
  __yw_small: fc.record({ rows: count, size: count }),
  counts: fc.record({ rows: count }),
  rates: fc.record({ big: fc.record({ __yw_n: count, __yw_d: count }) }),
});
const groups = fc.uniqueArray(group, { selector: (item) => item.__yw_k0.kind });
const page = fc
  .uniqueArray(fc.integer({ min: 0, max: 999 }), { maxLength: 6 })
  .map((ids) =>
    ids.map((id) => ({
      id,
      cursor: encodePosition({ order: 'SIZE:ASC', value: id % 7, division: '4201', id: `${id}` }),
    })),
  )
  .map((rows) => ({
    nodes: rows.map(({ id }) => ({ id })),
    totalCount: rows.length,
    __yw_edges: rows.map(({ cursor }) => ({ cursor })),
    __yw_info: { hasNextPage: false },
  }));

const KINDS: readonly [string, string, fc.Arbitrary<unknown>][] = [
  ['SUM', 'total', fc.oneof(count, fc.constant(null))],
  ['TOTAL', 'whole', count],
  ['MIN', 'smallest', fc.oneof(count, fc.constant(null))],
  ['MAX', 'latest', fc.constantFrom('2026-01', '2026-02', '2025-12')],
  ['RATE', 'share { value numerator denominator }', fc.record({ __yw_n: count, __yw_d: count })],
  ['GROUP', 'statistics { counts { rows } rates { big { value } } }', groups],
  [
    'CONCAT',
    'list { kind }',
    fc.array(fc.record({ kind: fc.string(), __yw_k0: fc.record({ code: fc.string() }), __yw_k1: fc.uuid() })),
  ],
  ['PAGE', 'rows { nodes { id } totalCount }', page],
];

describe.each(KINDS)('%s', (_kind, field, contribution) => {
  test('no order of the platforms changes the answer', () => {
    fc.assert(
      fc.property(
        fc
          .array(contribution, { minLength: 1, maxLength: 5 })
          .chain((values) => fc.tuple(fc.constant(values), fc.shuffledSubarray(values, { minLength: values.length }))),
        ([values, shuffled]) => {
          expect(merge(field, shuffled).value).toEqual(merge(field, values).value);
        },
      ),
    );
  });
});

describe('the selection that platforms get', () => {
  test('the selection has what the merge needs, and hidden variables for values that the gateway decides', () => {
    const { node, hidden } = programOf('statistics(orderBy: { by: "rates.big" }, top: 3) { counts { size } }');
    expect(print(node).replaceAll(/\s+/g, ' ')).toBe(
      'statistics(orderBy: {by: "rates.big"}, top: $__yw_top_0, within: $__yw_within_0) { counts { size } ' +
        '__yw_k0: key { division { code } kind } __yw_by_rates_big: rates { value: big { numerator denominator } } ' +
        '__yw_small: counts { rows size } }',
    );
    expect(hidden.map(({ name, role }) => [name, role])).toEqual([
      ['__yw_top_0', 'top'],
      ['__yw_within_0', 'within'],
    ]);
  });

  test('a page of which the client selects no rows asks platforms for none', () => {
    expect(print(programOf('rows { totalCount }').node)).not.toContain('edges');
  });
});

describe('a rate', () => {
  test('a rate is the quotient of the sums, and null if nothing is counted', () => {
    const rates = [
      { __yw_n: 1, __yw_d: 2 },
      { __yw_n: 9, __yw_d: 10 },
    ];
    expect(merge('share { value }', rates).value).toEqual({ value: 10 / 12 });
    expect(merge('share { value }', [{ __yw_n: 0, __yw_d: 0 }]).value).toEqual({ value: null });
  });
});

describe('a sum in a group', () => {
  test('a sum in a group, and each part of a rate, is exact, and rounded for the public', () => {
    const field = 'statistics { counts { size } rates { big { numerator denominator value } } }';
    const share = (size: number) => ({
      __yw_k0: { division: null, kind: 'A' },
      __yw_small: { rows: 50, size },
      counts: { size },
      rates: { big: { __yw_n: 21, __yw_d: 26 } },
    });
    const contributions = [share(30.5), share(2.25)].map((value) => ({ value: [value], region: EVERYWHERE }));
    const shownAs = (context: Partial<MergeContext>) =>
      mergeContributions(programOf(field), contributions, { ...CONTEXT, ...context }).value;
    expect(shownAs({})).toEqual([
      { counts: { size: 32.75 }, rates: { big: { numerator: 42, denominator: 52, value: 42 / 52 } } },
    ]);
    expect(shownAs({ smallCount: 10, roundTo: 10 })).toEqual([
      { counts: { size: 30 }, rates: { big: { numerator: 40, denominator: 50, value: 0.8 } } },
    ]);
  });
});

describe('a group with a small count', () => {
  const groupOf = (kind: string, rows: number, size: number, division: { code: string } | null = null) => ({
    __yw_k0: { division, kind },
    __yw_small: { rows, size },
    key: { kind },
  });
  const shownOf = (...platforms: readonly (readonly ReturnType<typeof groupOf>[])[]) => {
    const contributions = platforms.map((value) => ({ value, region: EVERYWHERE }));
    const program = programOf('statistics { key { kind } }');
    const { value, withheld } = mergeContributions(program, contributions, { ...CONTEXT, smallCount: 10 });
    return { kinds: (value as { key: { kind: string } }[]).map(({ key }) => key.kind), withheld };
  };

  test('a small group is withheld after the merge, and a large one is not', () => {
    expect(shownOf([groupOf('A', 5, 50), groupOf('B', 10, 1), groupOf('C', 5, 0)])).toEqual({
      kinds: ['B'],
      withheld: 2,
    });
    expect(shownOf([groupOf('A', 5, 0)], [groupOf('A', 5, 0)])).toEqual({ kinds: ['A'], withheld: 0 });
  });

  test('an empty group is withheld like a small one, so that nobody can tell them apart', () => {
    expect(shownOf([groupOf('A', 0, 0)])).toEqual(shownOf([groupOf('A', 9, 0)]));
    expect(shownOf([groupOf('A', 0, 0), groupOf('B', 10, 1)])).toEqual({ kinds: ['B'], withheld: 1 });
  });

  test('a group whose count is 0 is withheld for small counts beside it', () => {
    expect(shownOf([groupOf('A', 0, 5), groupOf('B', 0, 10), groupOf('C', 0, 5)])).toEqual({
      kinds: ['B'],
      withheld: 2,
    });
    expect(shownOf([groupOf('A', 0, 5)], [groupOf('A', 0, 5)])).toEqual({ kinds: ['A'], withheld: 0 });
  });

  test('the next smallest group is withheld too if one is hidden alone or the hidden sum is small', () => {
    expect(shownOf([groupOf('A', 9, 0), groupOf('B', 20, 0), groupOf('C', 30, 0)])).toEqual({
      kinds: ['C'],
      withheld: 2,
    });
    expect(shownOf([groupOf('A', 1, 0), groupOf('B', 1, 0), groupOf('C', 30, 0), groupOf('D', 31, 0)])).toEqual({
      kinds: ['D'],
      withheld: 3,
    });
    expect(shownOf([groupOf('A', 20, 0), groupOf('B', 30, 0)])).toEqual({ kinds: ['A', 'B'], withheld: 0 });
  });

  test('groups are withheld along every part of the key, since each margin is a group of a coarser statistic', () => {
    const at = (code: string, kind: string, rows: number) => groupOf(kind, rows, 0, { code });
    const square = [at('1', 'A', 3), at('1', 'B', 40), at('2', 'A', 50), at('2', 'B', 60)];
    expect(shownOf(square)).toEqual({ kinds: [], withheld: 4 });
    const wide = [...square, at('3', 'A', 70), at('3', 'B', 80)];
    expect(shownOf(wide)).toEqual({ kinds: ['A', 'B'], withheld: 4 });
  });

  test('a small group is withheld if the count is a field of the item itself', () => {
    const contributions = [
      { value: [{ __yw_k0: 'A', __yw_small: 3, __yw_of_rows: 3, kind: 'A' }], region: EVERYWHERE },
    ];
    const merged = mergeContributions(programOf('corners { kind }'), contributions, { ...CONTEXT, smallCount: 10 });
    expect(merged).toMatchObject({ value: [], withheld: 1 });
  });
});

test('a rank of rates is worked out from sums over all platforms, and a rate of nothing is last', () => {
  const league = (kind: string, numerator: number, denominator: number) => ({
    ...{ kind, __yw_k0: kind },
    __yw_of_rates_big: { value: { numerator, denominator } },
  });
  const contributions = [
    [league('A', 1, 1), league('B', 80, 100), league('C', 0, 0)],
    [league('A', 0, 9), league('D', 8, 10)],
  ];
  expect(merge('leagues { kind rank }', contributions)).toMatchObject({
    value: [
      { kind: 'B', rank: 1 },
      { kind: 'D', rank: 1 },
      { kind: 'A', rank: 3 },
      { kind: 'C', rank: 4 },
    ],
  });
});

describe('an invalid contribution', () => {
  test('an invalid contribution is left out and reported, and the others are merged', () => {
    expect(merge('total', [3, 'many', 4])).toMatchObject({
      value: 7,
      invalid: [{ index: 1, reason: 'expected a number' }],
    });
    expect(merge('list { kind }', [{}, [{ kind: 'A' }]])).toMatchObject({
      value: [{ kind: 'A' }],
      invalid: [{ index: 0, reason: 'list: expected a list' }],
    });
    expect(merge('rows { nodes { id } }', [7])).toMatchObject({ value: { nodes: [] }, invalid: [{ index: 0 }] });
  });
});
