import { describe, expect, test } from '@jest/globals';
import { buildSchema, type GraphQLError, getIntrospectionQuery, parse } from 'graphql';
import { DEFAULT_LIMITS, LIMIT_RULES, type Limits } from '../model/limits.ts';
import { createAdmit } from './admit.ts';

const schema = buildSchema(`
  directive @tagged on FIELD
  input Filter { ids: [ID!] nested: Filter }
  type Query { cases(first: Int = 50, after: String, filter: Filter): Cases  ranks(top: Int): [Case!]  case(id: ID!): Case }
  type Cases { nodes: [Case!]! totalCount: Int! }
  type Case { id: ID! parent: Case children(first: Int = 10): Cases }
`);
const view = { name: 'supervisor', schema };

interface AdmitOptions {
  readonly variables?: Record<string, unknown>;
  readonly limits?: Partial<Limits>;
  readonly operationName?: string;
  readonly boundLists?: boolean;
}

const classOf = (type: string) => (type === 'Case' ? 'SHARED' : 'OPEN');

function admit(source: string, { variables = {}, limits = {}, operationName, boundLists = true }: AdmitOptions = {}) {
  const admission = createAdmit({ limits: { ...DEFAULT_LIMITS, ...limits }, classOf, boundLists });
  return admission({ view, document: parse(source), hash: source, operationName, variables });
}

function refusalOf(source: string, options: AdmitOptions = {}) {
  const admission = admit(source, options);
  if (admission.kind === 'admitted') return 'admitted';
  return admission.errors.map((error: GraphQLError) => ({
    code: error.extensions.code,
    limit: error.extensions.limit,
    value: error.extensions.value,
    path: error.path,
  }));
}

const nested = (levels: number): string => (levels === 1 ? '{ id }' : `{ parent ${nested(levels - 1)} }`);

describe('limits of an operation', () => {
  const edges: [name: keyof Limits, max: number, within: string, beyond: string, value: number][] = [
    ['depthMax', 4, `{ case(id: 1) ${nested(3)} }`, `{ case(id: 1) ${nested(4)} }`, 5],
    [
      'rootFieldsMax',
      2,
      '{ a: case(id: 1) { id } b: case(id: 1) { id } }',
      '{ a: case(id: 1) { id } b: case(id: 1) { id } c: __typename }',
      3,
    ],
    ['aliasesMax', 1, '{ case(id: 1) { a: id } }', '{ case(id: 1) { a: id b: id } }', 2],
    [
      'fieldsMax',
      3,
      '{ case(id: 1) { id parent { id } } }'.replace(' { id }', ' { id }').replace('id parent', 'parent'),
      '{ case(id: 1) { id parent { id } } }',
      4,
    ],
    [
      'nestingMax',
      4,
      '{ case(id: 1) { ... { ... on Case { id } } } }',
      '{ case(id: 1) { ... { ... { ... { id } } } } }',
      5,
    ],
    [
      'fragmentsMax',
      2,
      '{ case(id: 1) { ...f ...f } } fragment f on Case { id }',
      '{ case(id: 1) { ...f ...f ... { id } } } fragment f on Case { id }',
      3,
    ],
    [
      'fragmentDefinitionsMax',
      1,
      '{ case(id: 1) { ...f } } fragment f on Case { id }',
      '{ case(id: 1) { ...f ...g } } fragment f on Case { id } fragment g on Case { id }',
      2,
    ],
    [
      'inputDepthMax',
      2,
      '{ cases(filter: { ids: ["1"] }) { totalCount } }',
      '{ cases(filter: { nested: { ids: ["1"] } }) { totalCount } }',
      3,
    ],
    ['directivesMax', 1, '{ case(id: 1) { id @tagged } }', '{ case(id: 1) @tagged { id @tagged } }', 2],
  ];

  test.each(edges)('%s: %i pass, and one more is refused', (limit, max, within, beyond, value) => {
    expect(refusalOf(within, { limits: { [limit]: max } })).toBe('admitted');
    const path = limit === 'depthMax' ? ['case', 'parent', 'parent', 'parent', 'id'] : undefined;
    expect(refusalOf(beyond, { limits: { [limit]: max } })).toEqual([{ code: 'TOO_COSTLY', limit, value, path }]);
  });

  test('limits count the fields that fragments spread to, without spreading them', () => {
    const levels = 60;
    const fragments = Array.from(
      { length: levels },
      (_, level) => `fragment f${level} on Case { a: parent { ...f${level + 1} } b: parent { ...f${level + 1} } }`,
    );
    const source = `{ case(id: 1) { ...f0 } } ${fragments.join(' ')} fragment f${levels} on Case { id }`;
    // Spread out these are 2^60 fields: an answer at all says that nobody did.
    const refusal = refusalOf(source, { limits: { depthMax: 100, nestingMax: 200 } });
    expect(refusal).toEqual([
      expect.objectContaining({ limit: 'fieldsMax', code: 'TOO_COSTLY' }),
      expect.objectContaining({ limit: 'fragmentsMax' }),
      expect.objectContaining({ limit: 'aliasesMax' }),
    ]);
  });

  test('fragments that double one another are counted without fields of their own', () => {
    const fragments = Array.from(
      { length: 30 },
      (_, level) => `fragment f${level} on Case { ...f${level + 1} ...f${level + 1} }`,
    );
    expect(refusalOf(`{ case(id: 1) { ...f0 } } ${fragments.join(' ')} fragment f30 on Case { id }`)).toEqual([
      expect.objectContaining({ limit: 'fieldsMax', value: 2 ** 30 + 1 }),
      expect.objectContaining({ limit: 'fragmentsMax', value: 2 ** 31 - 1 }),
    ]);
  });

  test('any text that can be parsed is measured, however deep its fragments lead', () => {
    const chain = Array.from({ length: 20_000 }, (_, level) => `fragment f${level} on Case { ...f${level + 1} }`).join(
      ' ',
    );
    expect(refusalOf(`{ case(id: 1) { ...f0 } } ${chain} fragment f20000 on Case { id }`)).toEqual([
      expect.objectContaining({ limit: 'nestingMax', value: LIMIT_RULES.nestingMax.max + 2 }),
      expect.objectContaining({ limit: 'fragmentDefinitionsMax', value: 20_001 }),
    ]);
  });

  test('limits hold for the whole document, since all of it is validated', () => {
    const deep = (levels: number) => `fragment f on Case ${nested(levels)}`;
    const other = (levels: number) => `query a { case(id: 1) { id } } query b { case(id: 1) ${nested(levels)} }`;
    const limits = { nestingMax: 4, depthMax: 100 };
    const unused = (levels: number) => refusalOf(`{ case(id: 1) { id } } ${deep(levels)}`, { limits });
    expect(unused(4)).toMatchObject([{ code: 'GRAPHQL_VALIDATION_FAILED' }]);
    expect(unused(5)).toMatchObject([{ limit: 'nestingMax', value: 5 }]);
    expect(refusalOf(other(3), { limits, operationName: 'a' })).toBe('admitted');
    expect(refusalOf(other(4), { limits, operationName: 'a' })).toMatchObject([{ limit: 'nestingMax', value: 5 }]);
  });

  test('cycles of fragments and unknown fragments are refused by validation, not by limits', () => {
    expect(refusalOf('{ case(id: 1) { ...a } } fragment a on Case { parent { ...a } }')).toEqual([
      expect.objectContaining({ code: 'GRAPHQL_VALIDATION_FAILED' }),
    ]);
    expect(refusalOf('{ case(id: 1) { ...a } }')).toEqual([
      expect.objectContaining({ code: 'GRAPHQL_VALIDATION_FAILED' }),
    ]);
  });
});

describe('page sizes', () => {
  const limits = { listSizeMax: 500, rowsMax: 5_000 };

  test('page sizes are bounded in literals, in variables and in defaults of variables', () => {
    expect(refusalOf('{ cases(first: 500) { totalCount } }', { limits })).toBe('admitted');
    expect(refusalOf('{ cases(first: 0) { totalCount } }', { limits })).toBe('admitted');
    const refused = (value: number, path = ['cases']) => [
      { code: 'BAD_USER_INPUT', limit: 'listSizeMax', value, path },
    ];
    expect(refusalOf('{ cases(first: 501) { totalCount } }', { limits })).toEqual(refused(501));
    expect(refusalOf('{ cases(first: -1) { totalCount } }', { limits })).toEqual(refused(-1));
    const byVariable = 'query q($n: Int = 900) { mine: cases(first: $n) { totalCount } }';
    expect(refusalOf(byVariable, { limits, variables: { n: 501 } })).toEqual(refused(501, ['mine']));
    expect(refusalOf(byVariable, { limits })).toEqual(refused(900, ['mine']));
    expect(refusalOf(byVariable, { limits, variables: { n: 500 } })).toBe('admitted');
    expect(refusalOf('{ ranks(top: 501) { id } }', { limits })).toEqual(refused(501, ['ranks']));
    expect(refusalOf('{ ...f } fragment f on Query { cases(first: 501) { totalCount } }', { limits })).toEqual(
      refused(501),
    );
  });

  test('the sizes of nested pages are multiplied', () => {
    const within = '{ cases(first: 90) { nodes { children(first: 50) { totalCount } } } }';
    const beyond = '{ cases(first: 500) { nodes { children { totalCount } } } }';
    expect(refusalOf(within, { limits })).toBe('admitted');
    expect(refusalOf(beyond, { limits })).toEqual([
      { code: 'TOO_COSTLY', limit: 'rowsMax', value: 5_500, path: ['cases', 'nodes', 'children'] },
    ]);
  });

  test('page sizes are not bounded in an open gateway, where `first` may mean anything', () => {
    expect(refusalOf('{ cases(first: 501) { totalCount } }', { limits, boundLists: false })).toBe('admitted');
  });

  test('each list of a page counts its rows, and a list without a size counts as listSizeAssumed', () => {
    const rowsOf = (source: string, listSizeAssumed = 10) =>
      refusalOf(source, { limits: { rowsMax: 1, listSizeAssumed } });
    const refused = (value: number) => [expect.objectContaining({ code: 'TOO_COSTLY', limit: 'rowsMax', value })];
    expect(rowsOf('{ cases(first: 7) { nodes { id } } }')).toEqual(refused(7));
    expect(
      rowsOf('{ cases(first: 7) { nodes { id } nodes { id } ...f } } fragment f on Cases { nodes { id } }'),
    ).toEqual(refused(7));
    expect(rowsOf('{ cases(first: 7) { nodes { id } a: nodes { id } b: nodes { id } } }')).toEqual(refused(21));
    expect(rowsOf('{ cases(first: 7) { a: nodes { children { a: nodes { id } b: nodes { id } } } } }')).toEqual(
      refused(7 + 2 * 70),
    );
    expect(rowsOf('{ cases(first: null) { nodes { id } } }')).toEqual(refused(10));
    expect(rowsOf('{ ranks { id } }')).toEqual(refused(10));
    expect(rowsOf('{ ranks { id } }', 3)).toEqual(refused(3));
    expect(rowsOf('{ ranks { id } }', 1)).toBe('admitted');
    expect(rowsOf('{ ranks(top: 4) { children(first: 2) { nodes { id } } } }')).toEqual(refused(4 + 8));
  });

  test('an operation of a few hundred characters cannot ask for hundreds of megabytes', () => {
    const nodes = (below: string) => Array.from('abcdefg', (alias) => `${alias}: nodes ${below}`).join(' ');
    const twice = (below: string) =>
      `{ children(first: 100) { ${nodes(`{ children(first: 100) { ${nodes(below)} } }`)} } }`;
    expect(refusalOf(`{ case(id: 1) ${twice('{ id }')} }`)).toMatchObject([{ code: 'TOO_COSTLY', limit: 'rowsMax' }]);
  });

  test('a list among the arguments is bounded at any depth', () => {
    const source = 'query ($f: Filter) { cases(filter: { nested: $f }) { totalCount } }';
    const ids = (count: number) => ({ f: { ids: Array.from({ length: count }, String) } });
    expect(refusalOf(source, { limits: { inputItemsMax: 3 }, variables: ids(3) })).toBe('admitted');
    expect(refusalOf(source, { limits: { inputItemsMax: 3 }, variables: ids(4) })).toEqual([
      { code: 'BAD_USER_INPUT', limit: 'inputItemsMax', value: 4, path: ['cases'] },
    ]);
  });
});

describe('variables', () => {
  const source = 'query ($f: Filter) { cases(filter: $f) { totalCount } }';
  const within = (limits: Partial<Limits>, f: unknown) => refusalOf(source, { limits, variables: { f } });

  test('inputValuesMax counts all values in the variables', () => {
    const f = { ids: ['1', '2'] };
    expect(within({ inputValuesMax: 4 }, f)).toBe('admitted');
    expect(within({ inputValuesMax: 3 }, f)).toMatchObject([{ code: 'TOO_COSTLY', limit: 'inputValuesMax', value: 4 }]);
  });

  test('inputDepthMax bounds the depth of variables', () => {
    const f = { nested: { nested: {} } };
    expect(within({ inputDepthMax: 3 }, f)).toBe('admitted');
    expect(within({ inputDepthMax: 2 }, f)).toMatchObject([{ code: 'TOO_COSTLY', limit: 'inputDepthMax', value: 3 }]);
  });

  test('too many or too deep variables are refused at once, whatever their size', () => {
    const deep = JSON.parse(`${'{"nested":'.repeat(20_000)}null${'}'.repeat(20_000)}`);
    expect(within({}, deep)).toMatchObject([{ limit: 'inputDepthMax' }]);
    const wide = Object.fromEntries(Array.from({ length: 18_000 }, (_, i) => [`k${i}`, 1]));
    expect(within({}, wide)).toMatchObject([{ limit: 'inputValuesMax' }]);
  });
});

describe('an operation', () => {
  test('a subscription is refused', () => {
    expect(refusalOf('subscription { case(id: 1) { id } }')).toMatchObject([{ code: 'BAD_USER_INPUT' }]);
  });

  test.each(['mutation { rename }', 'mutation { ... on Query { case(id: 1) { id } } }'])(
    '%s is refused if the schema has no mutation type',
    (query) => {
      expect(refusalOf(query)).toMatchObject([{ code: 'GRAPHQL_VALIDATION_FAILED' }]);
    },
  );

  test('an operation with values that do not fit is refused', () => {
    expect(refusalOf('query ($n: Int) { cases(first: $n) { totalCount } }', { variables: { n: 'many' } })).toEqual([
      expect.objectContaining({ code: 'BAD_USER_INPUT' }),
    ]);
  });

  test('operationName chooses the operation of a document', () => {
    const source = 'query a { case(id: 1) { id } } query b { ranks { id } }';
    const chosen = admit(source, { operationName: 'b' });
    expect(chosen.kind === 'admitted' && chosen.operation.name?.value).toBe('b');
    expect(refusalOf(source)).toEqual([expect.objectContaining({ code: 'BAD_USER_INPUT' })]);
    expect(refusalOf(source, { operationName: 'c' })).toEqual([expect.objectContaining({ code: 'BAD_USER_INPUT' })]);
  });

  test('the result lists the fields that the operation reads by data class', () => {
    const admission = admit('{ cases { nodes { ...f } totalCount } } fragment f on Case { parent { id } }');
    expect(admission.kind === 'admitted' && admission.fields).toEqual({
      OPEN: ['Cases.nodes', 'Cases.totalCount', 'Query.cases'],
      SHARED: ['Case.id', 'Case.parent'],
    });
  });

  test('the values of an operation that was validated before are checked again', () => {
    const once = createAdmit({ limits: DEFAULT_LIMITS, classOf, boundLists: true });
    const source = 'query ($n: Int) { cases(first: $n) { totalCount } }';
    const ask = (n: number) =>
      once({ view, document: parse(source), hash: 'same', operationName: undefined, variables: { n } }).kind;
    expect([ask(1), ask(10_000), ask(2)]).toEqual(['admitted', 'refused', 'admitted']);
  });
});

describe('introspection', () => {
  const answer = (source: string) => {
    const admission = admit(source);
    if (admission.kind === 'refused') throw new Error(admission.errors.join('; '));
    return admission;
  };

  test('introspection is answered from the view, and the engine never sees it', () => {
    const { introspection, rest } = answer(
      '{ __typename __schema { queryType { name } } __type(name: "Case") { kind } }',
    );
    expect(introspection?.data).toEqual({
      __typename: 'Query',
      __schema: { queryType: { name: 'Query' } },
      __type: { kind: 'OBJECT' },
    });
    expect(rest).toBeUndefined();
  });

  test('introspectionTimesMax bounds introspection to so many times the whole schema', () => {
    const whole = getIntrospectionQuery({
      specifiedByUrl: true,
      directiveIsRepeatable: true,
      schemaDescription: true,
      inputValueDeprecation: true,
      oneOf: true,
    });
    expect(refusalOf(whole, { limits: { introspectionTimesMax: 1 } })).toBe('admitted');
    expect(refusalOf(whole, { limits: { introspectionTimesMax: 0 } })).toMatchObject([
      { code: 'TOO_COSTLY', limit: 'introspectionTimesMax', value: 1 },
    ]);
  });

  test('introspection that goes in cycles or repeats under many names is refused', () => {
    const round = (levels: number): string =>
      levels === 0 ? 'name' : `fields { type { ofType { ${round(levels - 1)} } } }`;
    const many = Array.from({ length: 20 }, (_, i) => `a${i}: __schema { types { fields { name type { name } } } }`);
    expect(refusalOf(`{ __schema { types { ${round(5)} } } }`)).toMatchObject([{ code: 'GRAPHQL_VALIDATION_FAILED' }]);
    expect(refusalOf(`{ ${many.join(' ')} }`)).toMatchObject([{ code: 'TOO_COSTLY', limit: 'introspectionTimesMax' }]);
  });

  test('introspection is split off an operation that has other fields', () => {
    const { introspection, rest } = answer(
      '{ ...f case(id: 1) { ...g } } fragment f on Query { __schema { queryType { ...h } } ranks { id } } fragment g on Case { id } fragment h on __Type { name }',
    );
    expect(introspection?.data).toEqual({ __schema: { queryType: { name: 'Query' } } });
    const text = JSON.stringify(rest);
    expect(text).not.toContain('__schema');
    expect(text).not.toContain('"h"');
    expect(text).toContain('ranks');
    expect(text).toContain('"g"');
  });

  test('an operation without introspection is passed on as it is', () => {
    const { introspection, rest } = answer('{ __typename case(id: 1) { __typename id } }');
    expect(introspection).toBeUndefined();
    expect(rest).toBeDefined();
  });
});
