import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { createGraphQLScalars } from '@yiwang/schema';
import {
  buildClientSchema,
  type GraphQLSchema,
  getIntrospectionQuery,
  graphqlSync,
  type IntrospectionQuery,
  isEnumType,
  isLeafType,
  isOutputType,
  parse,
  printSchema,
  specifiedDirectives,
  specifiedRules,
  validate,
} from 'graphql';
import { readViews } from '../../tests/support/read-views.ts';

const SUPERGRAPH = `
  schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/join/v0.3", for: EXECUTION)
    @link(url: "https://yiwang.dev/standard/v1.0", import: ["@classified", "DataClass"]) { query: Query }
  directive @link(url: String, as: String, for: link__Purpose, import: [link__Import]) repeatable on SCHEMA
  directive @join__type(graph: join__Graph!) repeatable on OBJECT | INTERFACE | UNION | ENUM | INPUT_OBJECT | SCALAR
  directive @classified(as: DataClass!) on OBJECT | FIELD_DEFINITION | INPUT_FIELD_DEFINITION | ARGUMENT_DEFINITION | ENUM_VALUE
  directive @inaccessible on FIELD_DEFINITION | OBJECT | ENUM_VALUE
  scalar link__Import
  scalar DivisionCode @join__type(graph: A)
  enum link__Purpose { SECURITY EXECUTION }
  enum join__Graph { A }
  enum DataClass { OPEN SHARED INTERNAL SENSITIVE }
  enum Lamp { GREEN RED AMBER @classified(as: SHARED) BLUE @inaccessible }
  enum Secrecy { LOW HIGH }
  input Filter { text: String @classified(as: INTERNAL) kind: Lamp secrecy: Secrecy @classified(as: SHARED) }
  input Near { far: Int grave: Pit! } input Pit { depth: Int! @classified(as: SENSITIVE) name: String }
  interface Node { id: ID! @classified(as: SHARED) }
  type Query @join__type(graph: A) {
    lamps(filter: Filter, within: DivisionCode, near: Near, of: String @classified(as: SHARED)): [Lamp!] @classified(as: OPEN)
    "The door." door: Door @classified(as: OPEN)
    officers: [Officer!] @classified(as: INTERNAL)
    undeclared: String
    buried: Grave @classified(as: OPEN)
    hidden: String @classified(as: OPEN) @inaccessible
    either: Either @classified(as: OPEN)
  }
  union Either = Door | Officer
  type Door implements Node @join__type(graph: A) { id: ID! @classified(as: SHARED) name: String @classified(as: OPEN) keeper: Officer @classified(as: OPEN) }
  type Grave { content: String @classified(as: SENSITIVE) }
  type Officer { phone: String @classified(as: SENSITIVE) }
`;
/** Arguments of GraphQL's own directives: a name of ours that is the same gives nothing away. */
const BUILT_IN = new Set(specifiedDirectives.flatMap((directive) => directive.args.map((argument) => argument.name)));
const RULES = [
  { name: 'open', classes: ['OPEN'] },
  { name: 'department', classes: ['OPEN', 'SHARED'] },
  { name: 'supervisor', classes: ['OPEN', 'SHARED', 'INTERNAL', 'SENSITIVE'] },
  { name: 'all', classes: undefined },
];

const printed = (name: string) => printSchema(readViews(SUPERGRAPH, RULES).view(name).schema);

describe('the view of an audience', () => {
  test('the open view holds open fields and what they lead to', () => {
    expect(
      printed('open'),
    ).toBe(`directive @defer(if: Boolean! = true, label: String) on FRAGMENT_SPREAD | INLINE_FRAGMENT

scalar DivisionCode

enum Lamp {
  GREEN
  RED
}

input Filter {
  kind: Lamp
}

type Query {
  lamps(filter: Filter, within: DivisionCode): [Lamp!]

  """The door."""
  door: Door
  either: Either
}

union Either = Door

type Door {
  name: String
}`);
  });

  test('a view grows with its data classes', () => {
    expect(printed('department')).toContain('id: ID!');
    expect(printed('department')).toContain('secrecy: Secrecy');
    expect(printed('department')).toContain('AMBER');
    expect(printed('department')).toContain('of: String');
    expect(printed('department')).not.toContain('Officer');
    expect(printed('department')).not.toContain('Near');
    expect(printed('department')).not.toContain('undeclared');
    expect(printed('supervisor')).toContain('undeclared');
    expect(printed('supervisor')).toContain('phone');
    expect(printed('supervisor')).toContain('near: Near');
  });

  test('no view shows directives of policy and composition, or what is inaccessible', () => {
    for (const { name } of RULES) {
      expect(printed(name)).not.toMatch(/classified|DataClass|join__|link__|SENSITIVE|hidden|BLUE/);
    }
  });

  test('a view keeps types that merely share the name of a specification, and directives for operations', () => {
    const sdl = SUPERGRAPH.replace('undeclared: String', 'tag: tag join: standard').concat(`
      type tag { link: String } type standard { classified: Int }
      directive @live on QUERY
      directive @tag(name: String!) on FIELD_DEFINITION | FIELD
    `);
    const text = printSchema(readViews(sdl, RULES).view('all').schema);
    for (const visible of ['type tag {', 'type standard {', 'classified: Int', 'directive @live on QUERY'])
      expect(text).toContain(visible);
    expect(text).not.toContain('directive @tag');
  });

  test('an unknown view name throws', () => {
    expect(() => readViews(SUPERGRAPH, RULES).view('auditor')).toThrow('There is no view of the name "auditor".');
  });

  test('views tell the data class of a field', () => {
    const views = readViews(SUPERGRAPH, RULES);
    expect(views.classOf('Officer', 'phone')).toBe('SENSITIVE');
    expect(views.classOf('Query', 'undeclared')).toBe('INTERNAL');
  });

  test('validation against a view checks the standard scalars', () => {
    const { schema } = readViews(SUPERGRAPH, RULES, createGraphQLScalars()).view('open');
    const errors = validate(schema, parse('{ lamps(within: "999999") }'));
    expect(errors).toHaveLength(1);
    expect(errors[0]!.extensions.code).toBe('BAD_USER_INPUT');
    expect(errors[0]!.extensions.breach).toBeDefined();
  });
});

describe('the views of the committed supergraph', () => {
  const sdl = readFileSync(new URL('../../../schema/supergraph.graphql', import.meta.url), 'utf8');
  const views = readViews(sdl, RULES, createGraphQLScalars());
  const all = views.view('supervisor').schema;

  test.each(['open', 'department', 'supervisor'])(
    'clients can build a schema from introspection of the view %s',
    (name) => {
      const { data } = graphqlSync({ schema: views.view(name).schema, source: getIntrospectionQuery() });
      expect(() => buildClientSchema(data as unknown as IntrospectionQuery)).not.toThrow();
    },
  );

  test('a hidden field and an unknown one give the same error but for the name', () => {
    for (const name of ['open', 'department']) {
      const { schema } = views.view(name);
      for (const [typeName, field] of hiddenFields(name)) {
        const type = schema.getType(typeName);
        if (type === undefined) continue;
        const unknown = field.replace(/./g, 'q');
        const shape = (selection: string) =>
          validate(schema, parse(`fragment f on ${typeName} { ${selection} } query { ...f }`))
            .map((error) => error.message)
            .filter((message) => message.startsWith('Cannot query field'))
            .map((message) => message.replace(selection, 'FIELD').replace(/ Did you mean .*$/, ''));
        expect(shape(field)).toEqual(shape(unknown));
      }
    }
  });

  test('no error, suggestion or introspection names what a view hides', () => {
    for (const name of ['open', 'department']) {
      const { schema } = views.view(name);
      const visible = namesOf(schema);
      const outside = [...namesOf(all)].filter((word) => !visible.has(word) && !BUILT_IN.has(word));
      expect(outside.length).toBeGreaterThan(10);
      const texts = new Set<string>();
      const near = outside.map((word) => `${word.slice(0, -1)}q`);
      const types = [...visible].filter(
        (word) => isOutputType(schema.getType(word)) && !isLeafType(schema.getType(word)),
      );
      for (const type of types)
        for (const word of wordsOfErrors(schema, `{ ...f } fragment f on ${type} { ${near.join(' ')} }`))
          texts.add(word);
      const variables = near.map((word) => `$${word}: ${word}`);
      for (const word of wordsOfErrors(
        schema,
        `query (${variables}) { __typename(${near.map((word) => `${word}: $${word}`)}) }`,
      ))
        texts.add(word);
      for (const word of near) {
        const input =
          name === 'open' ? `orderBy: { ${word}: 1, by: ${word} }` : `filter: { ${word}: 1, source: ${word} }`;
        const source = `{ caseStatistics(period: "2026", groupBy: ${word}, ${input}) { key } }`;
        for (const other of wordsOfErrors(schema, source)) texts.add(other);
      }
      expect(texts.has('CaseDimension')).toBe(true);
      expect(outside.filter((word) => texts.has(word))).toEqual([]);
      const introspected = JSON.stringify(
        graphqlSync({ schema, source: getIntrospectionQuery({ descriptions: false }) }).data,
      );
      const shownNames = namesIn(introspected);
      expect(outside.filter((word) => shownNames.has(word))).toEqual([]);
    }
  });

  test('the open view has no argument that narrows statistics by hidden values', () => {
    const { schema } = views.view('open');
    for (const filter of [
      'text: "420106001-R-1"',
      'kind: REPORT',
      'status: CLOSED',
      'handler: "x"',
      'category: "101"',
    ]) {
      const messages = validate(
        schema,
        parse(`{ requestStatistics(period: "2026", filter: { ${filter} }) { key { month } } }`),
      );
      expect(messages.map(({ message }) => message)).toEqual([
        'Unknown argument "filter" on field "Query.requestStatistics".',
      ]);
    }
    for (const type of ['CaseFilter', 'RequestFilter', 'RequestKind']) expect(schema.getType(type)).toBeUndefined();
    expect(views.view('department').schema.getType('RequestFilter')).toBeDefined();
  });

  function hiddenFields(name: string): [string, string][] {
    const { schema } = views.view(name);
    return Object.values(all.getTypeMap()).flatMap((type) => {
      if (!('getFields' in type)) return [];
      const seen = schema.getType(type.name);
      const visible = seen && 'getFields' in seen ? seen.getFields() : {};
      return Object.keys(type.getFields())
        .filter((field) => !(field in visible))
        .map((field): [string, string] => [type.name, field]);
    });
  }
});

/** Names that errors quote; the words round them are graphql-js's own, and may be names by chance. */
function wordsOfErrors(schema: GraphQLSchema, source: string): Set<string> {
  const messages = validate(schema, parse(source), specifiedRules, { maxErrors: 10_000 }).map((error) => error.message);
  return namesIn((messages.join(' ').match(/"[^"]*"/g) ?? []).join(' '));
}

/** Every name that the schema defines: types, fields, arguments, input fields and enum values. */
function namesOf(schema: GraphQLSchema): Set<string> {
  const names = new Set<string>();
  for (const type of Object.values(schema.getTypeMap())) {
    names.add(type.name);
    if (isEnumType(type)) for (const value of type.getValues()) names.add(value.name);
    if (!('getFields' in type)) continue;
    for (const field of Object.values(type.getFields())) {
      names.add(field.name);
      if ('args' in field) for (const argument of field.args) names.add(argument.name);
    }
  }
  return names;
}

function namesIn(text: string): Set<string> {
  return new Set(text.match(/[A-Za-z_][A-Za-z0-9_]*/g));
}
