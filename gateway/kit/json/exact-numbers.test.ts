import { describe, expect, test } from '@jest/globals';
import { parse } from 'graphql';
import { evaluateLiteral } from '../graphql/evaluate-literal.ts';
import { mayHaveLongNumbers, parseExact, readExactDigits, stringifyExact, toExactNumber } from './exact-numbers.ts';

const LONG = [
  '9007199254740993',
  '-9007199254740993',
  '123456789012345678901234567890',
  '12345678901234567.10',
  '0.12345678901234567890123',
  '1e400',
  '-1E+999',
  '1.5e-400',
];
const SHORT = [
  '0',
  '-0',
  '1.0',
  '1.50',
  '9007199254740992',
  '107.60917663574219',
  '1e21',
  '5e-324',
  '1.5e300',
  '1000000000000000000000',
  '0.1000000000000000',
];

describe('exact numbers', () => {
  test.each(LONG)('%s keeps its digits wherever it stands', (digits) => {
    const text = `{"a":${digits},"b":[${digits},{"c":${digits}}],"d":"${digits}"}`;
    expect(mayHaveLongNumbers(text)).toBe(true);
    expect(stringifyExact(parseExact(text))).toBe(text);
    const { a } = parseExact(text) as { a: unknown };
    expect(readExactDigits(a)).toBe(digits);
    expect(readExactDigits(structuredClone(a))).toBe(digits);
  });

  test.each(SHORT)('%s is a number that a double holds', (digits) => {
    expect(parseExact(`[${digits}, "1234567890123456789"]`)).toEqual([Number(digits), '1234567890123456789']);
    expect(toExactNumber(digits)).toBe(Number(digits));
  });

  test('strings that look like numbers stay strings, whatever is escaped in them', () => {
    const value = { 'k"12345678901234567890': ['\\"12345678901234567890', '\u000012345678901234567890'] };
    const text = JSON.stringify(value);
    expect(parseExact(text)).toEqual(value);
    expect(stringifyExact(value)).toBe(text);
    expect(readExactDigits(value['k"12345678901234567890'][1])).toBeUndefined();
  });

  test.each([
    '{12345678901234567890: 1}',
    '[01234567890123456789]',
    '[12345678901234567890',
    '1234567890123456789.',
    '-',
  ])('%s is as malformed as ever', (text) => {
    expect(() => parseExact(text)).toThrow(SyntaxError);
  });

  test('stringifyExact writes a number only for a marked number', () => {
    const mark = String(toExactNumber('9007199254740993')).slice(0, -16);
    expect(stringifyExact(`${mark}1,"x":1`)).toBe(JSON.stringify(`${mark}1,"x":1`));
    expect(readExactDigits(`${mark}1,"x":1`)).toBeUndefined();
  });

  test('literals of a document keep all digits of their numbers', () => {
    const [operation] = parse(
      'query ($v: JSON = { a: [9007199254740993, 1.5], b: "x", c: null, d: E }) { f }',
    ).definitions;
    const node =
      operation?.kind === 'OperationDefinition' ? operation.variableDefinitions?.[0]?.defaultValue : undefined;
    expect(stringifyExact(evaluateLiteral(node!))).toBe('{"a":[9007199254740993,1.5],"b":"x","c":null,"d":"E"}');
  });
});
