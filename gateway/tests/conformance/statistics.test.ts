/** Figures that break the standard are left out of statistics before these are merged, and their platform is listed. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { ToyEngine } from '../support/toys/toy-engine.ts';
import type { ToyPlatform } from '../support/toys/toy-platform.ts';
import { createToyConformance } from '../support/toys/toy-rules.ts';
import { startTwoCities, type TwoCities } from '../support/toys/two-cities.ts';

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

/** Of two rows, none of them big: the rate of Yichang becomes three of two. */
function claimTooMuch(): void {
  const inflate = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(inflate);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, key === '__yw_n' || key === 'numerator' ? 3 : inflate(each)]),
    );
  };
  yichang.behaviour = { kind: 'change', change: (data) => inflate(data) };
}

const REASON = '"statistics.rates.big" is left out: the message of RATE-1';

test('a rate whose numerator is above its denominator is left out, and the rates of others are their own', async () => {
  claimTooMuch();
  const { data, errors, coverage } = await engine.ask(
    '{ statistics { counts { rows } rates { big { value denominator } } } }',
  );
  expect(data?.statistics).toEqual([{ counts: { rows: 4 }, rates: { big: { value: 0, denominator: 2 } } }]);
  expect(errors).toMatchObject([
    {
      path: ['statistics'],
      message: `the platform of 420500 is missing from the answer: ${REASON}`,
      extensions: { code: 'STANDARD_BREACH', rule: 'RATE-1', platform: 'toy/420500' },
    },
  ]);
  expect(coverage).toMatchObject({ complete: false, platforms: [{ platform: 'toy/420500', status: 'NONCONFORMING' }] });
  expect(conformance.findings).toMatchObject([{ platform: 'toy/420500', rule: 'RATE-1', count: 1 }]);
});

test('a figure that nobody else gave is null where it stands, though it always has a value', async () => {
  claimTooMuch();
  const { data, errors } = await engine.ask(
    '{ statistics(groupBy: "DIVISION") { key { division { code } } counts { rows } rates { big { numerator } } } }',
  );
  expect(data?.statistics).toEqual([
    { key: { division: { code: '420106003' } }, counts: { rows: 2 }, rates: { big: { numerator: 0 } } },
    { key: { division: { code: '420502001' } }, counts: { rows: 2 }, rates: { big: null } },
  ]);
  expect(errors).toHaveLength(1);
});

test('counts are checked as rates are: the part is left out, the whole stays', async () => {
  yichang.rows = yichang.rows.map((row) => ({ ...row, size: 0 }));
  const { data, errors } = await engine.ask('{ statistics { counts { rows size } } }');
  expect(data?.statistics).toEqual([{ counts: { rows: 2, size: 3 } }]);
  expect(errors).toMatchObject([{ extensions: { rule: 'COUNTS-1', platform: 'toy/420500' } }]);
});

test('a rate is left out as a whole if a rule of the object around it names one of its parts', async () => {
  const swell = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(swell);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(
      Object.entries(value).map(([key, each]) => [key, key === '__yw_d' || key === 'denominator' ? 10 : swell(each)]),
    );
  };
  yichang.behaviour = { kind: 'change', change: (data) => swell(data) };
  const { data, errors } = await engine.ask('{ statistics { rates { big { numerator denominator value } } } }');
  expect(data?.statistics).toEqual([{ rates: { big: { numerator: 0, denominator: 2, value: 0 } } }]);
  expect(errors).toMatchObject([
    { message: expect.stringContaining('"statistics.rates.big" is left out'), extensions: { rule: 'RATES-1' } },
  ]);
});

test('a rate alone, and one of an entity, are checked alike', async () => {
  claimTooMuch();
  const { data, errors } = await engine.ask(
    '{ share { value } list { division { code statistics { rates { big { value } } } } } }',
  );
  expect(data?.share).toEqual({ value: 0 });
  expect((data!.list as { division: { statistics: unknown } }[]).map(({ division }) => division.statistics)).toEqual([
    [{ rates: { big: { value: 0 } } }],
    [{ rates: { big: { value: 0 } } }],
    [{ rates: { big: null } }],
    [{ rates: { big: null } }],
  ]);
  expect(errors.map(({ extensions }) => extensions.rule)).toEqual(['RATE-1', 'RATE-1']);
});

test('observe: the figure counts, and is found once', async () => {
  claimTooMuch();
  conformance.modes.set('toy/420500', 'observe');
  const { data, errors, coverage } = await engine.ask('{ statistics { rates { big { numerator denominator } } } }');
  expect(data?.statistics).toEqual([{ rates: { big: { numerator: 3, denominator: 4 } } }]);
  expect([errors, coverage?.platforms]).toEqual([[], []]);
  expect(conformance.findings).toMatchObject([{ platform: 'toy/420500', rule: 'RATE-1', count: 1 }]);
});
