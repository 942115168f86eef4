/** A TOTAL is the whole or nothing: the sum over a part of its platforms would be taken for the sum. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createId } from '@yiwang/schema';
import { startToyEngine, type ToyEngine } from '../support/toys/toy-engine.ts';
import { type Behaviour, startToyPlatform, type ToyPlatform } from '../support/toys/toy-platform.ts';

let city: ToyPlatform;
let district: ToyPlatform;
let street: ToyPlatform;
let engine: ToyEngine;

const rowsIn = (division: string, ...sizes: number[]) =>
  sizes.map((size, i) => ({ id: createId(division, 'R', i), division, kind: 'A', size, at: '2026-01' }));

/** One division on three platforms: of the city, of a district, and of a street in it. */
beforeAll(async () => {
  [city, district, street] = [await startToyPlatform(), await startToyPlatform(), await startToyPlatform()];
  // A row above the district makes its platform mention a division that reaches beyond it.
  city.rows = [...rowsIn('110101001', 1, 2), ...rowsIn('110000', 4)];
  district.rows = rowsIn('110102001', 8);
  street.rows = rowsIn('110102020', 16);
  engine = await startToyEngine([
    { division: '110000', platform: city },
    { division: '110102', platform: district },
    { division: '110102020', platform: street },
  ]);
});

beforeEach(() => {
  for (const platform of [city, district, street]) platform.behaviour = { kind: 'well' };
});

afterAll(async () => {
  await engine.close();
  await Promise.all([city, district, street].map((platform) => platform.close()));
});

const QUESTION = '{ whole total list { division { code whole } } }';
interface Listed {
  readonly list: readonly { readonly division: { readonly code: string; readonly whole: number | null } }[];
}

function byDivision(data: Record<string, unknown> | null): Record<string, number | null> {
  const { list } = data as unknown as Listed;
  return Object.fromEntries(list.map(({ division }) => [division.code, division.whole]));
}

describe('a total', () => {
  test('a total sums all platforms that hold rows of its division', async () => {
    const { data, errors } = await engine.ask(QUESTION);
    expect(errors).toEqual([]);
    expect(data).toMatchObject({ whole: 31, total: 31 });
    expect(byDivision(data)).toEqual({ '110000': 31, '110101001': 3, '110102001': 8, '110102020': 16 });
  });

  const faults: readonly [string, Behaviour][] = [
    ['breaks the connection off', { kind: 'reset' }],
    ['answers with status 500', { kind: 'status', status: 500, body: 'oops' }],
    ['refuses the passport', { kind: 'status', status: 401, body: '{}' }],
    ['answers with errors only', { kind: 'status', status: 200, body: '{"errors":[{"message":"secret"}]}' }],
    [
      'answers nothing of it',
      { kind: 'change', change: () => ({ whole: null, total: 0, list: [], _entities: [null, null] }) },
    ],
  ];
  test.each(faults)(
    'a total is null if a platform of its division %s, while a sum and totals of other divisions stay',
    async (_name, behaviour) => {
      street.behaviour = behaviour;
      const { data } = await engine.ask(QUESTION);
      expect(data).toMatchObject({ whole: null, total: 15 });
      expect(byDivision(data)).toMatchObject({ '110000': null, '110101001': 3, '110102001': 8 });
    },
  );

  test('a total that is null for a missing platform has its error and its entry in coverage', async () => {
    street.behaviour = { kind: 'reset' };
    const { coverage, errors } = await engine.ask('{ whole }');
    expect(coverage).toMatchObject({
      asked: 3,
      answered: 2,
      complete: false,
      platforms: [{ platform: 'toy/110102020' }],
    });
    expect(errors).toMatchObject([{ path: ['whole'], extensions: { code: 'PLATFORM_UNREACHABLE' } }]);
  });

  test('a total over no platform at all is null', async () => {
    const { data, coverage } = await engine.ask('{ whole(within: "650000") }');
    expect(data).toEqual({ whole: null });
    expect(coverage).toMatchObject({ complete: false, unserved: ['650000'] });
  });
});
