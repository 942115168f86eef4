import { expect, test } from '@jest/globals';
import { createGraphQLScalars } from '@yiwang/schema';
import { parse } from 'graphql';
import { scalarTypes } from './scalar-types.ts';

const STANDARD = createGraphQLScalars();
const VALUES: Readonly<Record<string, string | number>> = {
  CaseId: '420106003001-C-7',
  CategoryCode: '10101',
  CitizenId: '11010519491231002X',
  ComponentCode: '4201060101000001',
  CreditCode: '91350100M000100Y43',
  Date: '2026-11-01',
  DateTime: '2026-11-01T08:00:00+08:00',
  DivisionCode: '420106',
  GridCode: '110102020001001',
  Latitude: 30.5,
  Longitude: 114.3,
  Period: '2026-10',
};

test.each(Object.keys(STANDARD))('%s is typed as what its parser gives', (name) => {
  const types = scalarTypes(parse(`scalar ${name}`));
  const value: unknown = STANDARD[name]!.parseValue(VALUES[name]);
  expect(types[name]).toEqual({ input: typeof value, output: typeof value });
});

test('a special one has its own type, and an id is a text', () => {
  const DateTime = { input: 'string', output: 'Date | string' };
  expect(scalarTypes(parse('scalar DateTime'), { DateTime })).toEqual({
    ID: { input: 'string', output: 'string' },
    DateTime,
  });
});

test('one that the standard lacks is refused', () => {
  expect(() => scalarTypes(parse('scalar Colour scalar Date'))).toThrow('The standard has no scalar Colour');
});
