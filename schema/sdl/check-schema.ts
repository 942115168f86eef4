/** A platform's schema against the standard's: what it does not serve, and what it serves in another way. */
import {
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  print,
  specifiedScalarTypes,
  type TypeDefinitionNode,
  type TypeNode,
  visit,
} from 'graphql';
import { type DirectedNode, directiveOf, hasDirective } from './applied-directives.ts';
import { isEntity } from './entity-stub.ts';
import { requiredMembers } from './required-members.ts';
import { definitionsOf } from './sdl.ts';
import type { SubgraphSchema } from './subgraph-schema.ts';

export interface SchemaFinding {
  /** `lack`: the platform does not serve it; `breach`: no gateway can use the platform as it is. */
  readonly kind: 'lack' | 'breach';
  /** `Case.status`, `Query.cases(within:)`, `CaseStatus.FILED`. */
  readonly coordinate: string;
  /** What is wrong and what the standard says. */
  readonly message: string;
}

/** Directives that carry rules of the standard. */
const RULE_DIRECTIVES = ['key', 'jurisdiction', 'partitioned', 'gather', 'classified', 'masked'];

/** What the checks of members share. */
interface Check {
  /** Coordinates that a merge needs: if they are missing, it is a breach. */
  readonly required: ReadonlySet<string>;
  /** Entities of other subgraphs. */
  readonly stubs: ReadonlySet<string>;
}

/**
 * Findings in the order of the standard; empty for a schema that conforms. More than the standard asks is no finding.
 */
export function checkSchema(platform: DocumentNode, standard: SubgraphSchema): SchemaFinding[] {
  const platformTypes = new Map(definitionsOf(platform));
  const check: Check = { required: requiredMembers(standard.document), stubs: standard.stubs };
  const faults = definitionsOf(standard.document).flatMap(([name, definition]) => {
    const platformType = platformTypes.get(name);
    if (!isType(definition)) return [];
    // The fields that would return a missing type report it. An entity can be asked for without a field.
    if (platformType === undefined) return isEntity(definition) ? [createLack(name, 'is missing')] : [];
    if (platformType.kind !== definition.kind)
      return [createBreach(name, `is of another kind; the standard has ${kindOf(definition)}`)];
    return [
      ...checkRules(name, platformType as TypeDefinitionNode, definition, check),
      ...checkMembers(platformType as TypeDefinitionNode, definition, check),
    ];
  });
  return [...faults, ...checkReferences(platform, platformTypes)];
}

function checkReferences(platform: DocumentNode, types: ReadonlyMap<string, DefinitionNode>): SchemaFinding[] {
  const names = new Set<string>();
  visit(platform, { NamedType: ({ name }) => void names.add(name.value) });
  return [...names]
    .filter((name) => !types.has(name) && !specifiedScalarTypes.some((scalar) => scalar.name === name))
    .map((name) => createBreach(name, 'is referred to and not defined'));
}

function checkMembers(platform: TypeDefinitionNode, standard: TypeDefinitionNode, check: Check): SchemaFinding[] {
  const type = standard.name.value;
  switch (standard.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION: {
      const fields = 'fields' in platform ? (platform.fields as readonly FieldDefinitionNode[]) : [];
      return [
        ...(standard.fields ?? []).flatMap((field) => checkField(type, byName(fields, field.name.value), field, check)),
        ...fields.flatMap((field) => checkAddition(type, platform, field, standard.fields ?? [])),
      ];
    }
    case Kind.INPUT_OBJECT_TYPE_DEFINITION: {
      const inputs = 'fields' in platform ? (platform.fields as readonly InputValueDefinitionNode[]) : [];
      return checkInputs(inputs, standard.fields ?? [], { coordinateOf: (name) => `${type}.${name}`, check });
    }
    case Kind.ENUM_TYPE_DEFINITION:
      return platform.kind === Kind.ENUM_TYPE_DEFINITION
        ? checkValues(type, namesOf(platform.values), namesOf(standard.values))
        : [];
    case Kind.UNION_TYPE_DEFINITION:
      return platform.kind === Kind.UNION_TYPE_DEFINITION
        ? checkValues(type, namesOf(platform.types), namesOf(standard.types))
        : [];
    case Kind.SCALAR_TYPE_DEFINITION:
      return [];
  }
}

function checkField(
  type: string,
  platform: FieldDefinitionNode | undefined,
  standard: FieldDefinitionNode,
  check: Check,
): SchemaFinding[] {
  const coordinate = `${type}.${standard.name.value}`;
  if (platform === undefined) return [missing(coordinate, `the standard has ${print(standard.type)}`, check)];
  const coordinateOf = (argument: string): string => `${coordinate}(${argument}:)`;
  return [
    ...(isAsStrong(platform.type, standard.type)
      ? []
      : [createBreach(coordinate, `is ${print(platform.type)}; the standard promises ${print(standard.type)}`)]),
    ...checkRules(coordinate, platform, standard, check),
    ...checkInputs(platform.arguments ?? [], standard.arguments ?? [], { coordinateOf, check }),
  ];
}

/** A field that the standard lacks needs a data class. */
function checkAddition(
  type: string,
  platform: TypeDefinitionNode,
  field: FieldDefinitionNode,
  standard: readonly FieldDefinitionNode[],
): SchemaFinding[] {
  if (byName(standard, field.name.value) !== undefined) return [];
  return [platform, field].some((node) => hasDirective(node, 'classified'))
    ? []
    : [createBreach(`${type}.${field.name.value}`, 'is an addition and needs a data class, @classified(as:)')];
}

function checkInputs(
  platform: readonly InputValueDefinitionNode[],
  standard: readonly InputValueDefinitionNode[],
  { coordinateOf, check }: { readonly coordinateOf: (name: string) => string; readonly check: Check },
): SchemaFinding[] {
  const faults = standard.flatMap((input) => {
    const coordinate = coordinateOf(input.name.value);
    const offered = byName(platform, input.name.value);
    if (offered === undefined) return [missing(coordinate, `the standard takes ${print(input.type)}`, check)];
    return [
      ...(isAsStrong(input.type, offered.type)
        ? []
        : [createBreach(coordinate, `takes ${print(offered.type)}; the standard takes ${print(input.type)}`)]),
      ...checkRules(coordinate, offered, input, check),
    ];
  });
  const required = platform.filter(
    ({ name, type, defaultValue }) =>
      byName(standard, name.value) === undefined && type.kind === Kind.NON_NULL_TYPE && defaultValue === undefined,
  );
  return [
    ...faults,
    ...required.map(({ name }) =>
      createBreach(coordinateOf(name.value), 'is demanded, and the standard does not know it'),
    ),
  ];
}

function checkValues(type: string, platform: readonly string[], standard: readonly string[]): SchemaFinding[] {
  return [
    ...standard
      .filter((value) => !platform.includes(value))
      .map((value) => createLack(`${type}.${value}`, 'is missing')),
    ...platform
      .filter((value) => !standard.includes(value))
      .map((value) => createBreach(`${type}.${value}`, 'is foreign to the standard')),
  ];
}

function checkRules(coordinate: string, platform: DirectedNode, standard: DirectedNode, check: Check): SchemaFinding[] {
  const isStub = check.stubs.has(coordinate);
  return RULE_DIRECTIVES.flatMap((name) => {
    const [expected, offered] = [printRule(standard, name, isStub), printRule(platform, name, isStub)];
    if (expected === offered) return [];
    if (expected === undefined) {
      // A stub may tell more of its entity than it must, and a field may be in a narrower class.
      const isAllowed = isStub || name === 'classified' || name === 'masked';
      return isAllowed ? [] : [createBreach(coordinate, `has ${offered}, which the standard does not`)];
    }
    const fault = offered === undefined ? `lacks ${expected}` : `has ${offered}; the standard has ${expected}`;
    return [createBreach(coordinate, fault)];
  });
}

/** In one form: arguments in the order of their names. A platform may resolve an entity of another subgraph or not. */
function printRule(node: DirectedNode, name: string, isStub: boolean): string | undefined {
  const applied = directiveOf(node, name);
  if (applied === undefined) return undefined;
  const values = (applied.arguments ?? [])
    .filter((argument) => !isStub || argument.name.value !== 'resolvable')
    .map((argument) => `${argument.name.value}: ${print(argument.value)}`)
    .sort();
  return values.length === 0 ? `@${name}` : `@${name}(${values.join(', ')})`;
}

/** True if every value of `own` is one of `standard`: the same type, with no promise dropped. */
function isAsStrong(own: TypeNode, standard: TypeNode): boolean {
  if (standard.kind === Kind.NON_NULL_TYPE)
    return own.kind === Kind.NON_NULL_TYPE && isAsStrong(own.type, standard.type);
  if (own.kind === Kind.NON_NULL_TYPE) return isAsStrong(own.type, standard);
  if (standard.kind === Kind.LIST_TYPE) return own.kind === Kind.LIST_TYPE && isAsStrong(own.type, standard.type);
  return own.kind === Kind.NAMED_TYPE && own.name.value === standard.name.value;
}

function byName<Node extends { readonly name: { readonly value: string } }>(
  nodes: readonly Node[],
  name: string,
): Node | undefined {
  return nodes.find((node) => node.name.value === name);
}

function namesOf(nodes: readonly { readonly name: { readonly value: string } }[] | undefined): string[] {
  return (nodes ?? []).map((node) => node.name.value);
}

function isType(node: DefinitionNode): node is TypeDefinitionNode {
  return /^(Scalar|Object|Interface|Union|Enum|InputObject)TypeDefinition$/.test(node.kind);
}

function kindOf(node: TypeDefinitionNode): string {
  return node.kind.replace('TypeDefinition', '').replace('InputObject', 'input').toLowerCase();
}

function missing(coordinate: string, standard: string, { required }: Check): SchemaFinding {
  return required.has(coordinate)
    ? createBreach(coordinate, `is missing; ${standard}, and a gateway merges by it`)
    : createLack(coordinate, `is missing; ${standard}`);
}

function createLack(coordinate: string, message: string): SchemaFinding {
  return { kind: 'lack', coordinate, message };
}

function createBreach(coordinate: string, message: string): SchemaFinding {
  return { kind: 'breach', coordinate, message };
}
