/**
 * What an upstream gateway may ask of a subgraph with the classes of its caller: all that its merges need, and nothing
 * else.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { classesOfAudience, createGraphQLScalars } from '@yiwang/schema';
import {
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isObjectType,
  type OperationDefinitionNode,
  parse,
  print,
  validate,
} from 'graphql';
import { compileGather } from '../../gather/index.ts';
import { readUpstreamViews } from '../../tests/support/read-views.ts';
import { readSupergraphRules } from '../rules.ts';
import { createSupergraphSchema } from '../supergraph-schema.ts';

const SUPERGRAPH = readFileSync(new URL('../../../schema/supergraph.graphql', import.meta.url), 'utf8');
const viewOf = readUpstreamViews(SUPERGRAPH, createGraphQLScalars());

function faultsOf(subgraph: string, audience: string, query: string): readonly string[] {
  const view = viewOf(subgraph, classesOfAudience(audience));
  return view ? validate(view.schema, parse(query)).map(({ message }) => message) : ['no view'];
}

describe('an upstream view', () => {
  test('an upstream view holds the fields of its subgraph and no others', () => {
    expect(faultsOf('municipal', 'supervisor', '{ cases { totalCount nodes { id title: description } } }')).toEqual([]);
    expect(faultsOf('municipal', 'supervisor', '{ division(code: "420000") { code } }')).toHaveLength(1);
    expect(faultsOf('municipal', 'supervisor', '{ cases { nodes { division { name } } } }')).toHaveLength(1);
    expect(faultsOf('national', 'supervisor', '{ division(code: "420000") { name } }')).toEqual([]);
  });

  test('an upstream view looks up the entities that its subgraph resolves, and no others', () => {
    const lookup = (fields: string) =>
      `query($r: [_Any!]!) { _entities(representations: $r) { ... on Division { ${fields} } } }`;
    expect(
      faultsOf('municipal_division', 'supervisor', lookup('caseStatistics(period: "2026-01") { counts { reported } }')),
    ).toEqual([]);
    expect(faultsOf('municipal_division', 'supervisor', lookup('name'))).toHaveLength(1);
    expect(faultsOf('municipal', 'supervisor', lookup('code'))).toHaveLength(1);
  });

  test('an upstream view shows the data classes of the passport alone', () => {
    expect(faultsOf('municipal', 'department', '{ cases { nodes { id } } }')).toEqual([]);
    expect(faultsOf('municipal', 'department', '{ cases { nodes { description } } }')).toHaveLength(1);
    expect(faultsOf('municipal', 'open', '{ cases { nodes { id } } }').length).toBeGreaterThan(0);
    expect(faultsOf('municipal', 'open', '{ facilities { nodes { id } } }')).toEqual([]);
  });

  test('an unknown subgraph has no upstream view', () => {
    expect(viewOf('municipal ', ['OPEN'])).toBeUndefined();
    expect(viewOf('municipal', [])).toBeUndefined();
  });
});

/** All of an object's fields, as deep as statistics and pages go; a type is not opened within itself. */
function selectionOf(type: GraphQLObjectType, schema: GraphQLSchema, within: readonly string[] = []): string {
  const fields = Object.values(type.getFields()).flatMap((field) => {
    if (
      field.args.some(
        ({ type: argumentType, defaultValue }) => `${argumentType}`.endsWith('!') && defaultValue === undefined,
      )
    )
      return [];
    const below = getNamedType(field.type);
    if (!isObjectType(below)) return field.name;
    if (within.includes(below.name) || within.length > 4) return [];
    const inner = selectionOf(below, schema, [...within, below.name]);
    return inner === '' ? [] : `${field.name} ${inner}`;
  });
  return fields.length === 0 ? '' : `{ ${fields.join(' ')} }`;
}

/** The field with a variable for each argument, which makes its merge need the most. */
function callOf(field: GraphQLField<unknown, unknown>, schema: GraphQLSchema) {
  const type = getNamedType(field.type);
  const args = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const selection = isObjectType(type) ? selectionOf(type, schema, [type.name]) : '';
  return {
    text: `${field.name}${args && `(${args})`} ${selection}`,
    variables: field.args.map(({ name, type: argumentType }) => `$${name}: ${argumentType}`),
  };
}

describe('upstream views and merges', () => {
  const document = parse(SUPERGRAPH);
  const rules = readSupergraphRules(document);
  const whole = createSupergraphSchema(document, true);

  test.each(['open', 'department', 'supervisor'] as const)(
    'upstream views have all that merges need for every field of the audience %s',
    (audience) => {
      const classes = classesOfAudience(audience);
      let count = 0;
      for (const subgraph of rules.locations.keys()) {
        const view = viewOf(subgraph, classes);
        for (const type of Object.values(view?.schema.getTypeMap() ?? {})) {
          if (!view || !isObjectType(type)) continue;
          for (const field of Object.values(type.getFields())) {
            const rule = rules.gather(type.name, field.name);
            const parent = whole.getType(type.name);
            const isGathered = type.name === 'Query' || type.name === 'Division' || type.name === 'Department';
            if (!rule || !isGathered || !isObjectType(parent)) continue;
            const { text, variables } = callOf(field, view.schema);
            const operation = parse(`{ ${text} }`).definitions[0] as OperationDefinitionNode;
            const program = compileGather(operation.selectionSet.selections[0] as FieldNode, parent, rules, 0);
            const declared = [...variables, ...program.hidden.map((hidden) => `$${hidden.name}: ${hidden.type}`)];
            const fieldText = print(program.node);
            const body =
              type.name === 'Query'
                ? fieldText
                : `_entities(representations: $r) { ... on ${type.name} { ${fieldText} } }`;
            if (type.name !== 'Query') declared.push('$r: [_Any!]!');
            const query = `query${declared.length > 0 ? `(${declared.join(', ')})` : ''} { ${body} }`;
            const faults = validate(view.schema, parse(query)).map(({ message }) => message);
            expect(faults.filter((message) => !message.includes('is never used'))).toEqual([]);
            count++;
          }
        }
      }
      expect(count).toBeGreaterThan(audience === 'open' ? 2 : 15);
    },
  );
});
