/** A platform's schema against the standard's: every place where it promises less, says something foreign, or drops a rule. */
import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  print,
  type TypeDefinitionNode,
  type TypeNode,
} from 'graphql';
import { definitionsOf } from '../sdl.ts';

export interface SchemaFinding {
  /** `Case.status`, `Query.cases(within:)`, `CaseStatus.FILED`. */
  readonly coordinate: string;
  /** What is wrong and what the standard says. */
  readonly message: string;
}

/** Directives that carry rules of the standard. */
const RULE_DIRECTIVES = ['key', 'jurisdiction', 'partitioned', 'gather', 'classified', 'masked'];

/** Findings in the order of the standard; empty for a schema that conforms. More than the standard asks is no finding. */
export function checkSchema(platform: DocumentNode, standard: DocumentNode): SchemaFinding[] {
  const platformTypes = new Map(definitionsOf(platform));
  return definitionsOf(standard).flatMap(([name, definition]) => {
    const platformType = platformTypes.get(name);
    if (!isType(definition)) return [];
    if (platformType === undefined) return [createFinding(name, 'is missing')];
    if (platformType.kind !== definition.kind)
      return [createFinding(name, `is of another kind; the standard has ${kindOf(definition)}`)];
    return [
      ...checkRules(name, platformType as TypeDefinitionNode, definition),
      ...checkMembers(platformType as TypeDefinitionNode, definition),
    ];
  });
}

function checkMembers(platform: TypeDefinitionNode, standard: TypeDefinitionNode): SchemaFinding[] {
  const type = standard.name.value;
  switch (standard.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION: {
      const fields = 'fields' in platform ? (platform.fields as readonly FieldDefinitionNode[]) : [];
      return [
        ...(standard.fields ?? []).flatMap((field) => checkField(type, byName(fields, field.name.value), field)),
        ...fields.flatMap((field) => checkAddition(type, platform, field, standard.fields ?? [])),
      ];
    }
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return checkInputs(
        `${type}.`,
        '',
        'fields' in platform ? (platform.fields as readonly InputValueDefinitionNode[]) : [],
        standard.fields ?? [],
      );
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
): SchemaFinding[] {
  const coordinate = `${type}.${standard.name.value}`;
  if (platform === undefined)
    return [createFinding(coordinate, `is missing; the standard has ${print(standard.type)}`)];
  return [
    ...(isAsStrong(platform.type, standard.type)
      ? []
      : [createFinding(coordinate, `is ${print(platform.type)}; the standard promises ${print(standard.type)}`)]),
    ...checkRules(coordinate, platform, standard),
    ...checkInputs(`${coordinate}(`, ':)', platform.arguments ?? [], standard.arguments ?? []),
  ];
}

/** A field of the platform's own may stay, so long as it says which data class it is of. */
function checkAddition(
  type: string,
  platform: TypeDefinitionNode,
  field: FieldDefinitionNode,
  standard: readonly FieldDefinitionNode[],
): SchemaFinding[] {
  if (byName(standard, field.name.value) !== undefined) return [];
  const classified = [platform, field].some((node) => printDirective(node, 'classified') !== undefined);
  return classified
    ? []
    : [createFinding(`${type}.${field.name.value}`, 'is an addition and needs a data class, @classified(as:)')];
}

function checkInputs(
  before: string,
  after: string,
  platform: readonly InputValueDefinitionNode[],
  standard: readonly InputValueDefinitionNode[],
): SchemaFinding[] {
  const missingOrWeaker = standard.flatMap((input) => {
    const coordinate = `${before}${input.name.value}${after}`;
    const platformInput = byName(platform, input.name.value);
    if (platformInput === undefined)
      return [createFinding(coordinate, `is missing; the standard takes ${print(input.type)}`)];
    const accepts = isAsStrong(input.type, platformInput.type);
    return [
      ...(accepts
        ? []
        : [createFinding(coordinate, `takes ${print(platformInput.type)}; the standard takes ${print(input.type)}`)]),
      ...checkRules(coordinate, platformInput, input),
    ];
  });
  const extraRequired = platform.filter(
    (input) =>
      byName(standard, input.name.value) === undefined &&
      input.type.kind === Kind.NON_NULL_TYPE &&
      input.defaultValue === undefined,
  );
  return [
    ...missingOrWeaker,
    ...extraRequired.map((input) =>
      createFinding(`${before}${input.name.value}${after}`, 'is demanded, and the standard does not know it'),
    ),
  ];
}

function checkValues(type: string, platform: readonly string[], standard: readonly string[]): SchemaFinding[] {
  return [
    ...standard
      .filter((value) => !platform.includes(value))
      .map((value) => createFinding(`${type}.${value}`, 'is missing')),
    ...platform
      .filter((value) => !standard.includes(value))
      .map((value) => createFinding(`${type}.${value}`, 'is foreign to the standard')),
  ];
}

type WithDirectives = { readonly directives?: readonly ConstDirectiveNode[] | undefined };

function checkRules(coordinate: string, platform: WithDirectives, standard: WithDirectives): SchemaFinding[] {
  return RULE_DIRECTIVES.flatMap((name) => {
    const standardRule = printDirective(standard, name);
    const platformRule = printDirective(platform, name);
    if (standardRule === platformRule) return [];
    if (standardRule === undefined)
      return name === 'classified' || name === 'masked'
        ? []
        : [createFinding(coordinate, `has ${platformRule}, which the standard does not`)];
    return [
      createFinding(
        coordinate,
        platformRule === undefined ? `lacks ${standardRule}` : `has ${platformRule}; the standard has ${standardRule}`,
      ),
    ];
  });
}

/** In one form: arguments in order of name. */
function printDirective(node: WithDirectives, name: string): string | undefined {
  const applied = node.directives?.find((directive) => directive.name.value === name);
  if (applied === undefined) return undefined;
  const values = (applied.arguments ?? []).map((argument) => `${argument.name.value}: ${print(argument.value)}`).sort();
  return values.length === 0 ? `@${name}` : `@${name}(${values.join(', ')})`;
}

/** True where every value of `own` is one of `standard`: the same type, with no promise dropped. */
function isAsStrong(platform: TypeNode, standard: TypeNode): boolean {
  if (standard.kind === Kind.NON_NULL_TYPE)
    return platform.kind === Kind.NON_NULL_TYPE && isAsStrong(platform.type, standard.type);
  if (platform.kind === Kind.NON_NULL_TYPE) return isAsStrong(platform.type, standard);
  if (standard.kind === Kind.LIST_TYPE)
    return platform.kind === Kind.LIST_TYPE && isAsStrong(platform.type, standard.type);
  return platform.kind === Kind.NAMED_TYPE && platform.name.value === standard.name.value;
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

function createFinding(coordinate: string, message: string): SchemaFinding {
  return { coordinate, message };
}
