/** Data that passes to the client unread is what would be serialized of it. Leaves are those of the step conform. */
import { describe, expect, test } from '@jest/globals';
import { buildSchema, type OperationDefinitionNode, parse } from 'graphql';
import { compileLeafScanner, compileLeafWriter } from '../conform/index.ts';
import { copyBytes, createJsonWriter } from '../kit/json/json-writer.ts';
import { compileRawDataExtractor, compileSerializer, createResponseShape } from './index.ts';

const SCHEMA = buildSchema(`
  scalar Any
  enum Colour { RED GREEN }
  interface Node { id: ID! }
  type One implements Node { id: ID! size: Int! }
  type Two implements Node { id: ID! name: String }
  union Either = One | Two
  type Box { int: Int text: String id: ID float: Float yes: Boolean colour: Colour any: Any sure: String! list: [Int!] lists: [[String]!] one: One }
  type Query { box: Box sure: Box! node: Node nodes: [Node!]! either: Either boxes: [Box] }
`);

const MUCH = 1_000_000;

function compile(query: string) {
  const operation = parse(query, { noLocation: true }).definitions[0] as OperationDefinitionNode;
  const shape = createResponseShape(operation, undefined, SCHEMA);
  const root = SCHEMA.getQueryType()!;
  const accept = compileRawDataExtractor(root, { schema: SCHEMA, shape, leafScanner: compileLeafScanner });
  const print = compileSerializer(root, { schema: SCHEMA, shape, leafWriter: compileLeafWriter });
  return {
    accept,
    takes: (body: string): string | undefined => accept?.extract(Buffer.from(body))?.toString(),
    takesSlowly: (body: string): string | undefined => {
      const slices = accept!.extractCooperatively(Buffer.from(body), () => true);
      let slice = slices.next();
      while (!slice.done) slice = slices.next();
      return slice.value?.toString();
    },
    /** With the number of errors. */
    printed: (body: string): readonly [string | undefined, number] => {
      const output = createJsonWriter();
      let errors = 0;
      const state = {
        reporter: { isExplained: () => false, isMissing: () => false, addBreach: () => void errors++ },
        breaches: undefined,
        rows: 0,
        output,
        pauseAt: 0,
        bytesMax: MUCH,
        rowsMax: MUCH,
      };
      const isWritten = print.serialize((JSON.parse(body) as { data: Record<string, unknown> }).data, state, MUCH);
      return [isWritten ? copyBytes(output).toString() : undefined, errors];
    },
  };
}

const bodyWith = (box: string): string => `{"data":{"box":${box}}}`;

describe('the data of an answer is extracted', () => {
  const values: readonly [string, readonly string[], readonly string[]][] = [
    [
      'int',
      ['0', '-1', '2147483647', '-2147483648', 'null'],
      ['2147483648', '-0', '1.0', '1e2', '"1"', '1.5', 'true', '01'],
    ],
    ['text', ['""', '"a\\n\\u00e9"', 'null'], ['5', '{}', '["a"]', 'NaN', '"\u0001"', 'true']],
    ['id', ['"7"', 'null'], ['7', '12345678901', 'false']],
    ['float', ['1', '-0.5', '1e300', '1.5E-3', 'null'], ['NaN', '-Infinity', '1e400', '"1.5"', `1${'0'.repeat(400)}`]],
    ['yes', ['true', 'false', 'null'], ['"yes"', '1', 'tru']],
    ['colour', ['"RED"', '"GREEN"', 'null'], ['"PURPLE"', '"RE"', '"REDD"', 'RED', '0']],
    ['any', ['{"a":[1,{"b":null}]}', '12345678901234567890', '"x"', 'null'], ['{a:1}', '{"a":1', 'NaN', '']],
    ['sure', ['"x"'], ['null', '1']],
    ['list', ['[]', '[1,2]', 'null'], ['[null]', '[1,]', '1', '["1"]']],
    ['lists { __typename }', [], ['[]']],
    [
      'one { id size }',
      ['{"id":"1","size":1}', 'null'],
      [
        '{"id":"1"}',
        '{"size":1,"id":"1"}',
        '{"id":"1","size":null}',
        '[{"id":"1","size":1}]',
        '"x"',
        '{"id":"1","size":1,"more":1}',
      ],
    ],
  ];
  for (const [field, good, bad] of values) {
    if (good.length === 0) continue;
    const { takes, takesSlowly } = compile(`{ box { ${field} } }`);
    const name = field.split(' ')[0]!;
    test.each(good)(`a field of type ${name} may be %s`, (value) => {
      const box = `{"box":{"${name}":${value}}}`;
      expect([takes(`{"data":${box}}`), takesSlowly(`{"data":${box}}`)]).toEqual([box, box]);
    });
    test.each(bad)(`a field of type ${name} with %s is parsed`, (value) => {
      const body = bodyWith(`{"${name}":${value}}`);
      expect([takes(body), takesSlowly(body)]).toEqual([undefined, undefined]);
    });
  }

  test('whitespace between tokens makes no difference, and a second document does', () => {
    const { takes } = compile('{ box { int text } }');
    const data = '{ "box" :\n{"int": 1 , "text" :"x" } }';
    expect(takes(` { "data" : ${data} }\r\n`)).toBe(data);
    for (const body of [
      `{"data":${data}}{"data":${data}}`,
      `{"data":${data},"extensions":{}}`,
      `{"errors":[],"data":${data}}`,
    ]) {
      expect(takes(body)).toBeUndefined();
    }
    expect([takes(''), takes('{'), takes('{"data":'), takes('{"data":null}'), takes('[]')]).toEqual(
      Array(5).fill(undefined),
    );
  });

  test('an object must have the selected fields in their order and no others', () => {
    const { takes } = compile('{ a: box { int } b: box { text } }');
    expect(takes('{"data":{"a":{"int":1},"b":{"text":"x"}}}')).toBeDefined();
    expect(takes('{"data":{"b":{"text":"x"},"a":{"int":1}}}')).toBeUndefined();
    expect(takes('{"data":{"a":{"int":1},"b":{"text":"x"},"c":1}}')).toBeUndefined();
    expect(takes('{"data":{"a":{"int":1}}}')).toBeUndefined();
  });

  test('objects must be of possible types, by a name at any position', () => {
    const { takes } = compile('{ nodes { id ... on One { size } __typename } }');
    const one = '{"id":"1","size":1,"__typename":"One"}';
    const two = '{"id":"2","__typename":"Two"}';
    expect(takes(`{"data":{"nodes":[${one},${two}]}}`)).toBeDefined();
    expect(takes(`{"data":{"nodes":[${one.replace('One', 'Two')}]}}`)).toBeUndefined();
    expect(takes(`{"data":{"nodes":[${two.replace('Two', 'Three')}]}}`)).toBeUndefined();
    expect(takes(`{"data":{"nodes":[${two.replace('"Two"', '5')}]}}`)).toBeUndefined();
    expect(takes(`{"data":{"nodes":[null]}}`)).toBeUndefined();
    expect(compile('{ node { id } }').takes('{"data":{"node":{"id":"1"}}}')).toBeDefined();
    expect(compile('{ node { id ... on One { size } } }').accept).toBeUndefined();
  });

  test('the name of the root type must be its own', () => {
    const { takes } = compile('{ __typename box { __typename int } }');
    expect(takes('{"data":{"__typename":"Query","box":{"__typename":"Box","int":1}}}')).toBeDefined();
    expect(takes('{"data":{"__typename":"Root","box":{"__typename":"Box","int":1}}}')).toBeUndefined();
    expect(takes('{"data":{"__typename":"Query","box":{"__typename":"Bag","int":1}}}')).toBeUndefined();
  });
});

test('of texts that are changed at random, extracted data is what would be serialized without an error', () => {
  const { takes, takesSlowly, printed } = compile(
    '{ sure { int text sure list colour } nodes { __typename id ... on One { size } ... on Two { name } } either { ... on One { size } __typename } boxes { lists any float yes } }',
  );
  const whole =
    '{"data":{"sure":{"int":12,"text":null,"sure":"x","list":[1,2],"colour":"RED"},"nodes":[{"__typename":"One","id":"1","size":3},{"__typename":"Two","id":"2","name":null}],"either":{"size":1,"__typename":"One"},"boxes":[{"lists":[["a",null]],"any":{"a":1},"float":1.5,"yes":true},null]}}';
  const tokens = [
    'null',
    '1',
    '"x"',
    '{}',
    '[]',
    '"Two"',
    '"One"',
    '"GREEN"',
    '"',
    ',',
    '}',
    ']',
    '1.5',
    'true',
    '"id":',
    ' ',
  ];
  let seed = 11;
  const random = (below: number): number => {
    seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
    return seed % below;
  };
  expect(takes(whole)).toBeDefined();
  let accepted = 0;
  for (let run = 0; run < 30_000; run++) {
    // Names, numbers, texts and signs.
    const parts = whole.match(/"[^"]*"|[\w.]+|./g)!;
    for (let change = 0; change <= random(2); change++) {
      parts.splice(6 + random(parts.length - 6), random(3), ...(random(3) > 0 ? [tokens[random(tokens.length)]!] : []));
    }
    const body = parts.join('');
    const data = takes(body);
    expect(takesSlowly(body)).toBe(data);
    if (data === undefined) continue;
    accepted++;
    expect(printed(body)).toEqual([JSON.stringify(JSON.parse(data)), 0]);
  }
  expect(accepted).toBeGreaterThan(500);
});
