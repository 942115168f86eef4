import { describe, expect, test } from '@jest/globals';
import { booleanEnd, NO_MATCH, nullEnd, numberEnd, skipWhitespace, stringEnd, valueEnd } from './json-scan.ts';

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** Returns true if the scanner matches the whole text. */
const takes = (text: string): boolean => {
  const bytes = Buffer.from(text, 'utf8');
  const end = valueEnd(bytes, skipWhitespace(bytes, 0));
  return end !== NO_MATCH && skipWhitespace(bytes, end) === bytes.length;
};

const TEXTS = [
  ...[
    '0',
    '-0',
    '-',
    '+1',
    '01',
    '1.',
    '1.5',
    '.5',
    '1e5',
    '1E+5',
    '1e',
    '1e-',
    '-1.25e-07',
    'NaN',
    '-Infinity',
    '1 2',
  ],
  ...['true', 'false', 'null', 'tru', 'nul', 'True', '', ' ', '\u00a01', '\ufeff1', '\f1', '1\n'],
  ...[
    '""',
    '"a',
    '"\\',
    '"\\"',
    '"\\n"',
    '"\\x"',
    '"\\u12"',
    '"\\u12g4"',
    '"\\ud800"',
    '"武汉"',
    '"\t"',
    '"\u007f"',
    "'a'",
  ],
  ...['[]', '[', '[1', '[1,]', '[,]', '[1,2]', ' [ 1 , [ ] ] ', '[1 2]', ']', '[}', '{]'],
  ...['{}', '{"a"}', '{"a":}', '{"a":1,}', '{"a":1}', '{ "a" : { "b" : [ null ] } , "a" : 1 }', '{a:1}', '{"a":1}{}'],
];

describe('the JSON scanner', () => {
  test.each(TEXTS)('takes %j where a parser does', (text) => {
    expect(takes(text)).toBe(isJson(text));
  });

  test('the scanner matches exactly the texts that JSON.parse accepts, also after random changes', () => {
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    const signs = [...'{}[]",:\\ue0123456789.-+ntrfalsb \n\u0001武'];
    for (let run = 0; run < 20_000; run++) {
      const text = [...(JSON.stringify({ a: [1.5e3, 'x\\"\u0001', null, true], b: { c: -0.1, 武: [] } }) as string)];
      for (let change = 0; change <= random(3); change++) {
        text.splice(random(text.length), random(2), signs[random(signs.length)]!);
      }
      expect([text.join(''), takes(text.join(''))]).toEqual([text.join(''), isJson(text.join(''))]);
    }
  });

  test('deeply nested values do not match', () => {
    expect([takes('['.repeat(100) + ']'.repeat(100)), takes('['.repeat(101) + ']'.repeat(101))]).toEqual([true, false]);
  });

  test.each([
    [stringEnd, '"ab"x', 4],
    [numberEnd, '12,', 2],
    [numberEnd, '-', NO_MATCH],
    [booleanEnd, 'falsehood', 5],
    [nullEnd, 'nul', NO_MATCH],
  ] as const)('%p ends where its text does', (end, text, at) => {
    expect(end(Buffer.from(text), 0)).toBe(at);
  });
});
