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
import { definitionsOf } from './sdl.ts';

export interface SchemaFinding {
  /** `Case.status`, `Query.cases(within:)`, `CaseStatus.FILED`. */
  readonly coordinate: string;
  /** What is wrong and what the standard says. */
  readonly message: string;
}

/** Directives that carry rules of the standard. */
const RULES = ['key', 'jurisdiction', 'partitioned', 'gather', 'classified', 'masked'];

/** Findings in the order of the standard; empty for a schema that conforms. More than the standard asks is no finding. */
export function checkSchema(platform: DocumentNode, standard: DocumentNode): SchemaFinding[] {
  const offered = new Map(definitionsOf(platform));
  return definitionsOf(standard).flatMap(([name, definition]) => {
    const own = offered.get(name);
    if (!isType(definition)) return [];
    if (own === undefined) return [finding(name, 'is missing')];
    if (own.kind !== definition.kind)
      return [finding(name, `is of another kind; the standard has ${kindOf(definition)}`)];
    return [
      ...checkRules(name, own as TypeDefinitionNode, definition),
      ...checkMembers(own as TypeDefinitionNode, definition),
    ];
  });
}

function checkMembers(own: TypeDefinitionNode, standard: TypeDefinitionNode): SchemaFinding[] {
  const type = standard.name.value;
  switch (standard.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION: {
      const fields = 'fields' in own ? (own.fields as readonly FieldDefinitionNode[]) : [];
      return [
        ...(standard.fields ?? []).flatMap((field) => checkField(type, byName(fields, field.name.value), field)),
        ...fields.flatMap((field) => checkAddition(type, own, field, standard.fields ?? [])),
      ];
    }
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return checkInputs(
        `${type}.`,
        '',
        'fields' in own ? (own.fields as readonly InputValueDefinitionNode[]) : [],
        standard.fields ?? [],
      );
    case Kind.ENUM_TYPE_DEFINITION:
      return own.kind === Kind.ENUM_TYPE_DEFINITION
        ? checkValues(type, namesOf(own.values), namesOf(standard.values))
        : [];
    case Kind.UNION_TYPE_DEFINITION:
      return own.kind === Kind.UNION_TYPE_DEFINITION
        ? checkValues(type, namesOf(own.types), namesOf(standard.types))
        : [];
    case Kind.SCALAR_TYPE_DEFINITION:
      return [];
  }
}

function checkField(
  type: string,
  own: FieldDefinitionNode | undefined,
  standard: FieldDefinitionNode,
): SchemaFinding[] {
  const coordinate = `${type}.${standard.name.value}`;
  if (own === undefined) return [finding(coordinate, `is missing; the standard has ${print(standard.type)}`)];
  return [
    ...(isAsStrong(own.type, standard.type)
      ? []
      : [finding(coordinate, `is ${print(own.type)}; the standard promises ${print(standard.type)}`)]),
    ...checkRules(coordinate, own, standard),
    ...checkInputs(`${coordinate}(`, ':)', own.arguments ?? [], standard.arguments ?? []),
  ];
}

/** A field of the platform's own may stay, so long as it says which data class it is of. */
function checkAddition(
  type: string,
  own: TypeDefinitionNode,
  field: FieldDefinitionNode,
  standard: readonly FieldDefinitionNode[],
): SchemaFinding[] {
  if (byName(standard, field.name.value) !== undefined) return [];
  const classified = [own, field].some((node) => directiveOf(node, 'classified') !== undefined);
  return classified
    ? []
    : [finding(`${type}.${field.name.value}`, 'is an addition and needs a data class, @classified(as:)')];
}

function checkInputs(
  before: string,
  after: string,
  own: readonly InputValueDefinitionNode[],
  standard: readonly InputValueDefinitionNode[],
): SchemaFinding[] {
  const expected = standard.flatMap((input) => {
    const coordinate = `${before}${input.name.value}${after}`;
    const offered = byName(own, input.name.value);
    if (offered === undefined) return [finding(coordinate, `is missing; the standard takes ${print(input.type)}`)];
    const accepts = isAsStrong(input.type, offered.type);
    return [
      ...(accepts
        ? []
        : [finding(coordinate, `takes ${print(offered.type)}; the standard takes ${print(input.type)}`)]),
      ...checkRules(coordinate, offered, input),
    ];
  });
  const demanded = own.filter(
    (input) =>
      byName(standard, input.name.value) === undefined &&
      input.type.kind === Kind.NON_NULL_TYPE &&
      input.defaultValue === undefined,
  );
  return [
    ...expected,
    ...demanded.map((input) =>
      finding(`${before}${input.name.value}${after}`, 'is demanded, and the standard does not know it'),
    ),
  ];
}

function checkValues(type: string, own: readonly string[], standard: readonly string[]): SchemaFinding[] {
  return [
    ...standard.filter((value) => !own.includes(value)).map((value) => finding(`${type}.${value}`, 'is missing')),
    ...own
      .filter((value) => !standard.includes(value))
      .map((value) => finding(`${type}.${value}`, 'is foreign to the standard')),
  ];
}

type WithDirectives = { readonly directives?: readonly ConstDirectiveNode[] | undefined };

function checkRules(coordinate: string, own: WithDirectives, standard: WithDirectives): SchemaFinding[] {
  return RULES.flatMap((name) => {
    const expected = directiveOf(standard, name);
    const offered = directiveOf(own, name);
    if (expected === offered) return [];
    if (expected === undefined)
      return name === 'classified' || name === 'masked'
        ? []
        : [finding(coordinate, `has ${offered}, which the standard does not`)];
    return [
      finding(coordinate, offered === undefined ? `lacks ${expected}` : `has ${offered}; the standard has ${expected}`),
    ];
  });
}

/** In one form: arguments in order of name. */
function directiveOf(node: WithDirectives, name: string): string | undefined {
  const applied = node.directives?.find((directive) => directive.name.value === name);
  if (applied === undefined) return undefined;
  const values = (applied.arguments ?? []).map((argument) => `${argument.name.value}: ${print(argument.value)}`).sort();
  return values.length === 0 ? `@${name}` : `@${name}(${values.join(', ')})`;
}

/** True where every value of `own` is one of `standard`: the same type, with no promise dropped. */
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

function finding(coordinate: string, message: string): SchemaFinding {
  return { coordinate, message };
}
