/** Several divisions in one field: a city cluster, or the region of a ministry's office. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { regionOf, union } from '@yiwang/schema';
import type { GraphQLError } from 'graphql';
import { createSigner, type LowerGateway, type Signer, startLowerGateway } from '../support/toys/lower-gateway.ts';
import { askPage, CITIES, type ManyToys, rowOf, startManyToys } from '../support/toys/many-toys.ts';
import { rightsWithin, startToyEngine, type ToyEngine, type ToyRequest } from '../support/toys/toy-engine.ts';

const CLUSTER = ['420100', '420200', '420700'];
/** Twelve cities with three rows each, whose sizes are unlike. */
const ROWS = CITIES.flatMap((city, index) =>
  [1, 2, 3].map((serial) => rowOf(city, index * 3 + serial, index + serial * 20)),
);
const rowsOf = (cities: readonly string[]) =>
  ROWS.filter(({ division }) => cities.includes(`${division.slice(0, 4)}00`));
const sum = (cities: readonly string[]) => rowsOf(cities).reduce((total, { size }) => total + (size ?? 0), 0);

let toys: ManyToys;
let engine: ToyEngine;

beforeAll(async () => {
  toys = await startManyToys();
  engine = await startToyEngine(toys.placed);
});

beforeEach(() => toys.spread(ROWS));

afterAll(async () => {
  await engine.close();
  await toys.close();
});

const errorsOf = (errors: readonly GraphQLError[]) =>
  errors.map(({ message, extensions, path }) => [extensions.code, path?.[0], message]);

/** What a page query gave. */
function pageOf(data: Record<string, unknown> | null) {
  return data!.rows as { nodes: { size: number }[]; pageInfo: { endCursor: string | null } };
}

const QUERY = `query ($withinAny: [DivisionCode!], $within: DivisionCode) {
  total(withinAny: $withinAny, within: $within) }`;
const total = (withinAny: unknown, request: ToyRequest & { within?: string } = {}) =>
  engine.ask(QUERY, { ...request, variables: { withinAny, within: request.within } });

describe('several divisions', () => {
  test('every merge is of all of them, and only their platforms are asked', async () => {
    const { data, coverage } = await engine.ask(
      `query ($places: [DivisionCode!]) {
        list(withinAny: $places) { id } total(withinAny: $places) smallest(withinAny: $places)
        share(withinAny: $places) { numerator denominator } statistics(withinAny: $places, groupBy: "DIVISION") { counts { rows } }
        rows(withinAny: $places, first: 2) { totalCount } }`,
      { variables: { places: CLUSTER } },
    );
    expect(data).toMatchObject({
      list: rowsOf(CLUSTER).map(({ id }) => ({ id })),
      total: sum(CLUSTER),
      share: { numerator: 9, denominator: 9 },
      statistics: [{ counts: { rows: 3 } }, { counts: { rows: 3 } }, { counts: { rows: 3 } }],
      rows: { totalCount: 9 },
    });
    expect(toys.calledTimes(0)).toEqual(CITIES.filter((city) => !CLUSTER.includes(city)));
    expect(coverage).toMatchObject({ asked: 3, answered: 3, complete: true });
  });

  test('what lies in two of them counts once, and short prefixes are taken', async () => {
    expect((await total(['4201', '420102', '420100', '420102002'])).data).toEqual({ total: sum(['420100']) });
    expect((await total(['42'])).data).toEqual({ total: sum(CITIES) });
  });

  test('pages go on by cursors, and a cursor of another set of divisions is refused', async () => {
    const query = `query ($places: [DivisionCode!], $after: String) {
      rows(withinAny: $places, first: 4, after: $after) { nodes { id size } pageInfo { hasNextPage endCursor } } }`;
    const seen: number[] = [];
    let after: unknown = null;
    for (let page = 0; page < 3; page++) {
      const { data, errors } = await engine.ask(query, { variables: { places: CLUSTER, after } });
      expect(errors).toEqual([]);
      const { nodes, pageInfo } = pageOf(data);
      seen.push(...nodes.map(({ size }) => size));
      after = pageInfo.endCursor;
    }
    const sizes = rowsOf(CLUSTER).map(({ size }) => size ?? 0);
    expect(seen).toEqual(sizes.sort((a, b) => b - a));
    const first = await engine.ask(query, { variables: { places: CLUSTER } });
    const { pageInfo } = pageOf(first.data);
    for (const places of [CLUSTER.slice(1), null]) {
      const other = await engine.ask(query, { variables: { places, after: pageInfo.endCursor } });
      expect(errorsOf(other.errors)[0]).toEqual([
        'BAD_USER_INPUT',
        'rows',
        expect.stringContaining('not from this query'),
      ]);
    }
    const whole = await askPage(engine, 3);
    expect(whole.ids).toHaveLength(3);
  });

  test('a division without a platform is named as unserved', async () => {
    const { data, coverage } = await total(['420100', '429004']);
    expect(data).toEqual({ total: sum(['420100']) });
    expect(coverage).toMatchObject({ complete: false, unserved: ['429004'] });
  });
});

describe('refusals', () => {
  test('one division and several at once are refused, and so are none and too many', async () => {
    expect(errorsOf((await total(CLUSTER, { within: '420100' })).errors)).toEqual([
      ['BAD_USER_INPUT', 'total', '"within" and "withinAny" are both given; expected one of them'],
    ]);
    expect(errorsOf((await total([])).errors)).toEqual([
      ['BAD_USER_INPUT', 'total', '"withinAny" names 0 divisions; expected 1 to 100'],
    ]);
    expect(errorsOf((await total(Array(101).fill('420100'))).errors)).toEqual([
      ['BAD_USER_INPUT', 'total', '"withinAny" names 101 divisions; expected 1 to 100'],
    ]);
    expect(toys.calledTimes(0)).toHaveLength(CITIES.length);
    expect((await total(null, { within: '420100' })).data).toEqual({ total: sum(['420100']) });
    expect((await total(null)).data).toEqual({ total: sum(CITIES) });
  });

  test('the limit of divisions is configured', async () => {
    const strict = await startToyEngine(toys.placed, { divisionsAskedMax: 2 });
    const { errors } = await strict.ask('{ total(withinAny: ["420100", "420200", "420700"]) }');
    await strict.close();
    expect(errors[0]?.message).toBe('"withinAny" names 3 divisions; expected 1 to 2');
  });

  test('those beyond the caller’s scope are named, and none is asked', async () => {
    const rights = rightsWithin(union(regionOf('420100'), regionOf('420200')), '420100');
    expect(errorsOf((await total(CLUSTER, { rights })).errors)).toEqual([
      ['OUT_OF_SCOPE', 'total', '"420700" is beyond your jurisdiction, 420100'],
    ]);
    expect(errorsOf((await total(['420500', '420100', '420000'], { rights })).errors)).toEqual([
      ['OUT_OF_SCOPE', 'total', '"420500", "420000" are beyond your jurisdiction, 420100'],
    ]);
    expect(toys.calledTimes(0)).toHaveLength(CITIES.length);
    expect((await total(['420100', '420200'], { rights })).data).toEqual({ total: sum(['420100', '420200']) });
  });
});

describe('a tree of gateways', () => {
  let above: Signer;
  let province: LowerGateway;
  let tree: ToyEngine;

  beforeAll(async () => {
    above = await createSigner();
    province = await startLowerGateway({ division: '420000', placed: toys.placed, above });
    tree = await startToyEngine([{ division: '420000', platform: province }], {}, { signPassport: above.signPassport });
  });

  afterAll(async () => {
    await tree.close();
    await province.close();
    await above.close();
  });

  test('the gateway below asks the platforms of these divisions alone', async () => {
    const query =
      '{ total(withinAny: ["420100", "420700"]) rows(withinAny: ["420100", "420700"], first: 9) { totalCount } }';
    const { data, errors } = await tree.ask(query);
    expect(errors).toEqual([]);
    expect(data).toEqual({ total: sum(['420100', '420700']), rows: { totalCount: 6 } });
    expect(toys.calledTimes(0)).toHaveLength(CITIES.length - 2);
  });
});
