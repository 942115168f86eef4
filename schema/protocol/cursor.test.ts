/** Positions in a connection: they read back, they order totally, and texts of others are refused. */
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { comparePositions, encodePosition, type Position, parsePosition } from './cursor.ts';

const values = fc.oneof(fc.integer({ min: -3, max: 3 }), fc.constant(null));
const instants = fc.oneof(fc.constantFrom('2026-01-01T00:00:00Z', '2026-10-31T16:00:00Z'), fc.constant(null));
const positionsOf = (order: string) =>
  fc.record({
    order: fc.constant(order),
    value: order.startsWith('REPORTED') ? instants : values,
    division: fc.constantFrom('420100', '420106', '420106003001'),
    id: fc.constantFrom('a', 'b', '街'),
  });
const orders = ['REPORTED_AT:DESC', 'REPORTED_AT:ASC', 'DISTANCE:ASC', 'DISTANCE:DESC'];

describe('a position', () => {
  test('a position in a connection reads back as it was written', () => {
    fc.assert(
      fc.property(
        fc.record({
          order: fc.string(),
          value: fc.oneof(fc.string(), fc.integer(), fc.constant(null)),
          division: fc.string(),
          id: fc.string({ unit: 'grapheme' }),
        }),
        (position) => {
          expect(parsePosition(encodePosition(position))).toEqual(position);
        },
      ),
    );
  });

  test.each([
    '',
    'abc',
    '!!!!',
    Buffer.from('[1,2,3]').toString('base64url'),
    Buffer.from('["a",true,"b","c"]').toString('base64url'),
    Buffer.from('["a",null,"b",7]').toString('base64url'),
    Buffer.from('["a",null,"b","c","d"]').toString('base64url'),
    Buffer.from('{"order":"a"}').toString('base64url'),
  ])('a position in a connection is undefined for the foreign text "%s"', (cursor) => {
    expect(parsePosition(cursor)).toBeUndefined();
  });

  test.each(orders)(
    'a position in a connection orders totally by %s: antisymmetric, transitive, and equal only to itself',
    (order) => {
      const position = positionsOf(order);
      fc.assert(
        fc.property(position, position, position, (a, b, c) => {
          expect(Math.sign(comparePositions(a, b))).toBe(0 - Math.sign(comparePositions(b, a)));
          if (comparePositions(a, b) <= 0 && comparePositions(b, c) <= 0)
            expect(comparePositions(a, c)).toBeLessThanOrEqual(0);
          expect(comparePositions(a, b) === 0).toBe(a.value === b.value && a.division === b.division && a.id === b.id);
        }),
      );
    },
  );

  test('a position in a connection puts nulls last in both directions, and lets division and id ascend in both', () => {
    const at = (order: string, value: number | null, id: string): Position => ({
      order,
      value,
      division: '420100',
      id,
    });
    for (const [order, expected] of [
      ['DISTANCE:ASC', ['1a', '1b', '2a', 'nulla']],
      ['DISTANCE:DESC', ['2a', '1a', '1b', 'nulla']],
    ] as const) {
      const sorted = [at(order, null, 'a'), at(order, 1, 'b'), at(order, 2, 'a'), at(order, 1, 'a')].sort(
        comparePositions,
      );
      expect(sorted.map(({ value, id }) => `${value}${id}`)).toEqual(expected);
    }
  });
});
