/** What the record keeps of an operation: everything that runs, in full, and nothing of a person in clear. */
import { describe, expect, test } from '@jest/globals';
import { attachScalars, createGraphQLScalars } from '@yiwang/schema';
import { buildSchema, parse } from 'graphql';
import { createKeyedDigest, maskText } from '../../kit/crypto/keyed-digest.ts';
import { DEFAULT_LIMITS, type Limits } from '../../model/limits.ts';
import { createAdmit } from '../admit.ts';

const schema = attachScalars(
  buildSchema(`
    directive @noted(as: String) on FIELD
    scalar DivisionCode  scalar Period  scalar CreditCode  scalar CitizenId  scalar Longitude  scalar JSON  scalar _Any
    enum Kind { COMPLAINT HELP }
    input Near { longitude: Longitude! withinMetres: Int }
    input Filter { text: String kind: [Kind!] within: DivisionCode nested: Filter citizen: CitizenId }
    type Query {
      cases(first: Int = 50, within: DivisionCode, period: Period, filter: Filter, near: Near, search: String): [Case!]
      case(id: ID!): Case
      by(department: CreditCode, price: Float, any: JSON, flags: [Boolean!], names: [String!]): Case
      _entities(representations: [_Any!]!): [Case]
    }
    type Case { id: ID! }
  `),
  createGraphQLScalars(),
);
const view = { name: 'supervisor', schema };
const digest = createKeyedDigest('secret');
const masked = (text: string) => maskText(text, digest);

function admit(
  text: string,
  variables: Record<string, unknown> = {},
  limits: Partial<Limits> = {},
  operationName?: string,
) {
  const ask = createAdmit({
    limits: { ...DEFAULT_LIMITS, ...limits },
    classOf: () => 'OPEN',
    boundLists: true,
    digest,
  });
  return ask({ view, document: parse(text), hash: text, operationName, variables });
}

function recorded(...args: Parameters<typeof admit>) {
  const admission = admit(...args);
  if (admission.kind === 'refused') throw admission.errors[0]!;
  return {
    text: admission.masked!.text,
    variables: JSON.parse(admission.masked!.variables) as Record<string, unknown>,
  };
}

describe('the recorded text', () => {
  test('the recorded text has no comments and no padding', () => {
    const padded = `# ${'x'.repeat(9_000)}\n${' '.repeat(9_000)}{ case(id: "420106001001-C-1") {,,, id } }`;
    expect(recorded(padded).text).toBe('{case(id:"420106001001-C-1"){id}}');
  });

  test('only the requested operation and its fragments are recorded', () => {
    const two =
      'query a { case(id: "420106001001-C-1") { ...f } } query b { case(id: "420106001001-C-2") { ...f } } fragment f on Case { id }';
    expect(recorded(two, {}, {}, 'b').text).toBe('query b{case(id:"420106001001-C-2"){...f}}fragment f on Case{id}');
  });

  test('codes, periods, kinds and counts are recorded in clear, and personal data are masked', () => {
    const { text } = recorded(`{
      cases(first: 5, within: "420106", period: "2026-10", search: "张三"
        filter: { text: "13800138000", kind: [HELP], within: "4201", nested: { text: "李四" } }
        near: { longitude: 114.3, withinMetres: 500 }) { id }
      a: case(id: 13800138000) { id }
      b: by(department: "114201000100011972", price: 13800138000, any: { phone: ["138"] }, flags: [true], names: ["王五"]) { id }
    }`);
    expect(text).toBe(
      `{cases(first:5 within:"420106" period:"2026-10" search:"${masked('张三')}" filter:{text:"${masked('13800138000')}" kind:[HELP]within:"4201" nested:{text:"${masked('李四')}"}}near:{longitude:"${masked('114.3')}" withinMetres:500}){id}` +
        `a:case(id:"${masked('13800138000')}"){id}b:by(department:"114201000100011972" price:"${masked('13800138000')}" any:"${masked('{"phone":["138"]}')}" flags:[true]names:["${masked('王五')}"]){id}}`,
    );
  });

  test('defaults of variables and arguments of directives are masked', () => {
    const { text } = recorded('query ($s: String = "张三") { cases(search: $s) @noted(as: "李四") { id } }');
    expect(text).toContain(`$s:String="${masked('张三')}"`);
    expect(text).toContain(`as:"${masked('李四')}"`);
    expect(text).not.toMatch(/张三|李四/);
  });
});

describe('recorded variables', () => {
  test('only declared variables are recorded, and they are masked by their types', () => {
    const text =
      'query ($f: Filter, $id: ID!, $w: DivisionCode, $n: Int) { cases(filter: $f, within: $w, first: $n) { id } case(id: $id) { id } }';
    const variables = {
      f: { text: '张三', kind: ['HELP'], within: '4201', nested: { citizen: '110101199003074530' } },
      id: '420106001001-C-1',
      w: '420106',
      n: 3,
      padding: 'x'.repeat(200_000),
    };
    expect(recorded(text, variables).variables).toEqual({
      f: { text: masked('张三'), kind: ['HELP'], within: '4201', nested: { citizen: masked('110101199003074530') } },
      id: '420106001001-C-1',
      w: '420106',
      n: 3,
    });
  });

  test('representations in a fetch of a gateway keep the keys that are codes', () => {
    const representations = [
      { __typename: 'Case', id: '420106001001-C-1', name: '张三' },
      { __typename: 'Case', id: 'x' },
    ];
    const { variables } = recorded('query ($r: [_Any!]!) { _entities(representations: $r) { id } }', {
      r: representations,
    });
    expect(variables).toEqual({
      r: [
        { __typename: 'Case', id: '420106001001-C-1', name: masked('张三') },
        { __typename: 'Case', id: masked('x') },
      ],
    });
  });

  test('one digest covers text and variables as they were sent', () => {
    const text = 'query ($s: String) { cases(search: $s) { id } }';
    const digestOf = (variables: Record<string, unknown>) => {
      const admission = admit(text, variables);
      return admission.kind === 'admitted' ? admission.masked!.sentDigest : '';
    };
    expect(digestOf({ s: 'a' })).toMatch(/^[0-9a-f]{32}$/);
    expect(digestOf({ s: 'a' })).toBe(digestOf({ s: 'a' }));
    expect(digestOf({ s: 'a', padding: 1 })).not.toBe(digestOf({ s: 'a' }));
  });
});

describe('an operation that does not fit in the record', () => {
  const limitOf = (...args: Parameters<typeof admit>) => {
    const admission = admit(...args);
    return admission.kind === 'admitted' ? 'admitted' : admission.errors.map(({ extensions }) => extensions);
  };

  test('recordTextMax bounds the text without padding', () => {
    const text = '{ case(id: "420106001001-C-1") { id } } # padding';
    const { length } = recorded(text).text;
    expect(limitOf(text, {}, { recordTextMax: length })).toBe('admitted');
    expect(limitOf(text, {}, { recordTextMax: length - 1 })).toEqual([
      { code: 'TOO_COSTLY', limit: 'recordTextMax', value: length, max: length - 1 },
    ]);
  });

  test('recordVariablesMax bounds the declared variables', () => {
    const ask = (max: number) =>
      limitOf(
        'query ($w: DivisionCode) { cases(within: $w) { id } }',
        { w: '420106', padding: 'x' },
        { recordVariablesMax: max },
      );
    const { length } = '{"w":"420106"}';
    expect(ask(length)).toBe('admitted');
    expect(ask(length - 1)).toEqual([
      { code: 'TOO_COSTLY', limit: 'recordVariablesMax', value: length, max: length - 1 },
    ]);
  });
});
