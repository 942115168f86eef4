/** Every scalar against the vectors of its standard, its refusals, and its behaviour as a GraphQL type. */
import { describe, expect, test } from '@jest/globals';
import { buildASTSchema, extendSchema, GraphQLSchema, graphql, isScalarType, parse } from 'graphql';
import { categories } from '../cases/categories.ts';
import { divisions } from '../divisions/divisions.ts';
import { readFixture } from '../fixtures/read-fixture.ts';
import { assertOrganizationCode } from './codes/organization-code.ts';
import { createCreditCode, createGraphQLScalars, gridProfiles, parseGridCode, standardScalars } from './index.ts';

interface Vector {
  readonly code: string;
  readonly valid: boolean;
  readonly reason: string;
  readonly canonical?: string;
}

const vectors = readFixture<Record<string, readonly Vector[]>>('code-vectors.json');
const scalarOf = (name: string) => {
  const scalar = standardScalars[name];
  if (scalar === undefined) throw new Error(`there is no scalar ${name}`);
  return scalar;
};

describe.each([
  ['creditCode', 'CreditCode'],
  ['citizenId', 'CitizenId'],
  ['gridCode', 'GridCode'],
  ['componentCode', 'ComponentCode'],
  ['divisionCode', 'DivisionCode'],
  ['sourcePeriod', 'Period'],
])('the vectors %s', (key, name) => {
  test.each(vectors[key] ?? [])('$code: $reason', ({ code, valid, reason, canonical }) => {
    if (valid) expect(scalarOf(name).parse(code)).toBe(canonical ?? code);
    else expect(() => scalarOf(name).parse(code)).toThrow(expect.objectContaining({ name: 'StandardError', reason }));
  });
});

test.each(vectors.organizationCode ?? [])('organisation code $code: $reason', ({ code, valid, reason }) => {
  if (valid) expect(() => assertOrganizationCode(code)).not.toThrow();
  else expect(() => assertOrganizationCode(code)).toThrow(expect.objectContaining({ reason }));
});

describe('input', () => {
  test.each([
    ['CategoryCode', '10101', '10101'],
    ['CategoryCode', '401', '401'],
    ['CaseId', '110102020001-C-000042', '110102020001-C-000042'],
    ['Date', '2024-02-29', '2024-02-29'],
    ['DateTime', '2026-11-21T00:00:00Z', '2026-11-21T08:00:00+08:00'],
    ['DateTime', '2026-11-21T08:00+08:00', '2026-11-21T08:00:00+08:00'],
    ['DateTime', '2026-11-20T19:00:00.250-05:00', '2026-11-21T08:00:00.250+08:00'],
    ['Period', '202610', '2026-10'],
    ['Longitude', 114.3, 114.3],
    ['Latitude', 30, 30],
    ['DivisionCode', '4201', '420100'],
  ])('%s takes %p as %p', (name, value, expected) => {
    expect(scalarOf(name).parse(value)).toBe(expected);
  });

  test.each([
    ['CategoryCode', '1010', 'LENGTH'],
    ['CategoryCode', '1010A', 'CHARSET'],
    ['CategoryCode', '10701', 'CATEGORY'],
    ['CategoryCode', 10101, 'TYPE'],
    ['CaseId', '42', 'FORMAT'],
    ['CaseId', '999999-C-1', 'DIVISION'],
    ['ComponentCode', '1101000101000001', 'DIVISION'],
    ['ComponentCode', '1101020101000000', 'SEQUENCE'],
    ['GridCode', '110102020000001', 'DIVISION'],
    ['Date', '2026-02-29', 'DATE'],
    ['Date', '2026-2-1', 'FORMAT'],
    ['DateTime', '2026-11-21T08:00:00', 'OFFSET'],
    ['DateTime', '2026-11-21T08:00:00+99:00', 'OFFSET'],
    ['DateTime', '2026-11-21T24:00:00Z', 'TIME'],
    ['DateTime', '2026-11-31T08:00:00Z', 'DATE'],
    ['DateTime', 'yesterday', 'FORMAT'],
    ['Longitude', 30.5, 'RANGE'],
    ['Longitude', '114.3', 'TYPE'],
    ['Longitude', Number.NaN, 'TYPE'],
    ['Latitude', 54.1, 'RANGE'],
    ['DivisionCode', 420000, 'TYPE'],
    ['DivisionCode', null, 'TYPE'],
    ['DivisionCode', ['420000'], 'TYPE'],
    ['Period', '2026-13', 'MONTH'],
  ])('%s refuses %p with %s', (name, value, reason) => {
    expect(() => scalarOf(name).parse(value)).toThrow(expect.objectContaining({ name: 'StandardError', reason }));
  });

  test('an instant without an offset is told so', () => {
    expect(() => scalarOf('DateTime').parse('2026-11-21T08:00:00')).toThrow(
      'it has no offset; Z or +08:00 was expected',
    );
  });

  test('a refused citizen number is not repeated in the message', () => {
    expect(() => scalarOf('CitizenId').parse('110105194912310021')).toThrow(/^(?!.*1949)/);
  });
});

describe('output', () => {
  test.each([
    ['DateTime', new Date('2026-11-21T00:00:00Z'), '2026-11-21T08:00:00+08:00'],
    ['DateTime', '2026-11-21T00:00:00.000Z', '2026-11-21T08:00:00+08:00'],
    ['DateTime', '2026-11-21T08:00:00+08:00', '2026-11-21T08:00:00+08:00'],
    ['DateTime', '2026-11-21T08:00:00.123456+08:00', '2026-11-21T08:00:00.123+08:00'],
    ['Date', new Date('2026-11-20T16:00:00Z'), '2026-11-21'],
    ['Date', '2026-11-21', '2026-11-21'],
    ['Longitude', '114.305000', 114.305],
    ['GridCode', '1101020200010001', '1101020200010001'],
    ['DivisionCode', '420106003', '420106003'],
    ['Period', '2026-10', '2026-10'],
  ])('%s gives %p as %p', (name, value, expected) => {
    expect(scalarOf(name).serialize(value)).toBe(expected);
  });

  test.each([
    ['DivisionCode', '42'],
    ['DivisionCode', 420000],
    ['CreditCode', '11100000000013338w'],
    ['CategoryCode', '1010'],
    ['ComponentCode', '1'],
    ['CaseId', 'x'],
    ['DateTime', '2026-11-21 08:00'],
    ['DateTime', '2026-13-21T08:00:00+08:00'],
    ['DateTime', new Date(Number.NaN)],
    ['Date', '2026-00-10'],
    ['Period', '2026Q5'],
    ['Longitude', 200],
    ['Latitude', null],
  ])('%s does not let %p out', (name, value) => {
    expect(() => scalarOf(name).serialize(value)).toThrow(expect.objectContaining({ name: 'StandardError' }));
  });

  test('whatever is accepted can leave again, unchanged', () => {
    for (const { code } of divisions().all()) expect(scalarOf('DivisionCode').serialize(code)).toBe(code);
    for (const { code } of categories().all())
      expect(scalarOf('CategoryCode').serialize(scalarOf('CategoryCode').parse(code))).toBe(code);
  });
});

test('a grid code goes by its profile', () => {
  expect(Object.keys(gridProfiles)).toEqual(['14', '15', '16']);
  expect(parseGridCode('11010202000101', '14')).toBe('11010202000101');
  expect(parseGridCode('1101020200010001', '16')).toBe('1101020200010001');
  expect(() => parseGridCode('110102020001001', '14')).toThrow(expect.objectContaining({ reason: 'LENGTH' }));
});

test('a made credit code is one, with its division in its place', () => {
  expect(createCreditCode('11', '110102', '99990001')).toBe('11110102999900011L');
  for (let serial = 0; serial < 500; serial++) {
    const code = createCreditCode('11', '420100', String(serial).padStart(8, '0'));
    expect(String(scalarOf('CreditCode').parse(code)).slice(2, 8)).toBe('420100');
  }
});

describe('as GraphQL types', () => {
  const scalars = createGraphQLScalars();
  const schema = extendSchema(
    new GraphQLSchema({ types: Object.values(scalars) }),
    parse('schema { query: Query } type Query { at(within: DivisionCode, longitude: Longitude): DateTime }'),
  );
  const ask = (source: string, variableValues: Record<string, unknown> = {}, at: unknown = null) =>
    graphql({ schema, source, variableValues, rootValue: { at: () => at } });

  test('a bad literal and a bad variable are bad input, with the reason and a place', async () => {
    const literal = await ask('{ at(within: "429") }');
    expect(literal.errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', breach: 'LENGTH' });
    expect(literal.errors?.[0]?.locations).toHaveLength(1);
    const variable = await ask('query ($within: DivisionCode) { at(within: $within) }', { within: '999999' });
    expect(variable.errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', breach: 'DIVISION' });
    expect(variable.errors?.[0]?.message).toContain('"999999"');
  });

  test('a number where text belongs is refused as such, a whole number passes for a coordinate', async () => {
    expect((await ask('{ at(within: 420000) }')).errors?.[0]?.extensions.breach).toBe('TYPE');
    expect((await ask('{ at(longitude: 114) }')).errors).toBeUndefined();
  });

  test('a platform value of another form is an error, not a silent value', async () => {
    const { data, errors } = await ask('{ at }', {}, '2026-11-21 08:00');
    expect(data).toEqual({ at: null });
    expect(errors?.[0]?.extensions.breach).toBe('FORMAT');
  });

  test('all scalars of the shared schema are there', () => {
    const named = [
      'DivisionCode',
      'CategoryCode',
      'GridCode',
      'CreditCode',
      'Date',
      'DateTime',
      'Period',
      'Longitude',
      'Latitude',
    ];
    expect(Object.keys(standardScalars)).toEqual(
      expect.arrayContaining([...named, 'ComponentCode', 'CaseId', 'CitizenId']),
    );
    const shared = buildASTSchema(parse(named.map((name) => `scalar ${name}`).join('\n')));
    for (const name of named) expect(isScalarType(shared.getType(name)) && isScalarType(scalars[name])).toBe(true);
  });
});
