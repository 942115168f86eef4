/** A field under several keys, which a platform answers differently: each value is held to the rules by itself. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { ToyEngine } from '../support/toys/toy-engine.ts';
import type { ToyPlatform } from '../support/toys/toy-platform.ts';
import { createToyConformance } from '../support/toys/toy-rules.ts';
import { startTwoCities, type TwoCities, YICHANG } from '../support/toys/two-cities.ts';

const conformance = createToyConformance();
let cities: TwoCities;
let yichang: ToyPlatform;
let engine: ToyEngine;

beforeAll(async () => {
  cities = await startTwoCities({}, { conformance });
  ({ yichang, engine } = cities);
});

beforeEach(() => {
  cities.reset();
  conformance.reset();
});

afterAll(() => cities.close());

function answerRows(change: (row: Record<string, unknown>) => object): void {
  const changed = (rows: unknown) => (rows as Record<string, unknown>[]).map((row, i) => (i === 0 ? change(row) : row));
  yichang.behaviour = { kind: 'change', change: (data) => ({ ...data, list: changed(data.list) }) };
}

const { id: ID, size: SIZE } = YICHANG[0]!;

test.each(['a', 'b', 'c'])(
  'a value that breaks a rule under the key %s alone is null there, and there alone',
  async (key) => {
    answerRows((row) => ({ ...row, [key]: 101 }));
    const { data, errors } = await engine.ask('{ list { id a: size b: size c: size } }');
    expect((data!.list as unknown[])[2]).toEqual({ id: ID, a: SIZE, b: SIZE, c: SIZE, [key]: null });
    expect(errors).toMatchObject([{ path: ['list', 2, key], extensions: { code: 'STANDARD_BREACH', rule: 'ROW-1' } }]);
    expect(conformance.findings).toMatchObject([{ rule: 'ROW-1', count: 1 }]);
  },
);

test('values that break a rule differently under two keys are both null', async () => {
  answerRows((row) => ({ ...row, a: 101, b: -1 }));
  const { data, errors } = await engine.ask('{ list { id a: size b: size } }');
  expect((data!.list as unknown[])[2]).toEqual({ id: ID, a: null, b: null });
  expect(errors.map(({ path }) => path)).toEqual([
    ['list', 2, 'a'],
    ['list', 2, 'b'],
  ]);
});

test('a code within an object is checked under each key of the object', async () => {
  answerRows((row) => ({ ...row, b: { code: '420502002' } }));
  const { data, errors } = await engine.ask('{ list { id a: division { code } b: division { code } } }');
  expect(JSON.stringify(data)).not.toContain('420502002');
  expect(errors).toMatchObject([{ path: ['list', 2, 'b', 'code'], extensions: { rule: 'ROW-3' } }]);
});
