/** Definitions and a filter → the definitions that a view shows, with nothing that refers to a hidden one. */
import { hasDirective } from '@yiwang/schema';
import {
  type EnumTypeDefinitionNode,
  type EnumValueDefinitionNode,
  type FieldDefinitionNode,
  type InputObjectTypeDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type NamedTypeNode,
  type TypeDefinitionNode,
  type TypeNode,
} from 'graphql';

/** Decides on fields (output), and on arguments, input fields and enum values (input). */
export interface FieldFilter {
  field(type: string, field: FieldDefinitionNode): boolean;
  argument(node: InputValueDefinitionNode): boolean;
  inputField(node: InputValueDefinitionNode): boolean;
  enumValue(node: EnumValueDefinitionNode): boolean;
}

type Definitions = Map<string, TypeDefinitionNode>;

const BUILT_IN = new Set(['Int', 'Float', 'String', 'Boolean', 'ID']);

/** Throws an `Error` if a required argument or input field would be hidden. */
export function pruneTypes(
  types: readonly TypeDefinitionNode[],
  roots: readonly string[],
  filter: FieldFilter,
): TypeDefinitionNode[] {
  const definitions: Definitions = new Map();
  for (const type of types)
    if (!hasDirective(type, 'inaccessible')) definitions.set(type.name.value, filterType(type, filter));
  removeDangling(definitions);
  return reachableFrom(definitions, roots);
}

function filterType(type: TypeDefinitionNode, filter: FieldFilter): TypeDefinitionNode {
  switch (type.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION: {
      const fields = (type.fields ?? [])
        .filter((field) => !hasDirective(field, 'inaccessible') && filter.field(type.name.value, field))
        .map((field) => ({
          ...field,
          arguments: field.arguments?.filter((argument) => isArgumentVisible(argument, filter)) ?? [],
        }));
      return { ...type, fields };
    }
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return filterInput(type, filter);
    case Kind.ENUM_TYPE_DEFINITION:
      return filterEnum(type, filter);
    case Kind.SCALAR_TYPE_DEFINITION:
    case Kind.UNION_TYPE_DEFINITION:
      return type;
  }
}

/** An input that cannot be written without a hidden field is hidden as a whole: it loses all fields. */
function filterInput(type: InputObjectTypeDefinitionNode, filter: FieldFilter): InputObjectTypeDefinitionNode {
  const visible = (type.fields ?? []).filter(
    (field) => !hasDirective(field, 'inaccessible') && filter.inputField(field),
  );
  const isWhole = (type.fields ?? []).every((field) => visible.includes(field) || isOptional(field));
  return { ...type, fields: isWhole ? visible : [] };
}

function isArgumentVisible(node: InputValueDefinitionNode, filter: FieldFilter): boolean {
  const isVisible = !hasDirective(node, 'inaccessible') && filter.argument(node);
  if (!isVisible) assertOptional(node);
  return isVisible;
}

function assertOptional(node: InputValueDefinitionNode): void {
  if (!isOptional(node)) throw new Error(`The input "${node.name.value}" is required and cannot be hidden.`);
}

function isOptional({ type, defaultValue }: InputValueDefinitionNode): boolean {
  return type.kind !== Kind.NON_NULL_TYPE || defaultValue !== undefined;
}

function filterEnum(type: EnumTypeDefinitionNode, filter: FieldFilter): EnumTypeDefinitionNode {
  const values = (type.values ?? []).filter((value) => !hasDirective(value, 'inaccessible') && filter.enumValue(value));
  return { ...type, values };
}

/** Removes fields and inputs of removed types, and types without fields, until nothing changes. */
function removeDangling(definitions: Definitions): void {
  const isKnown = (type: TypeNode): boolean => BUILT_IN.has(namedType(type)) || definitions.has(namedType(type));
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name, type] of definitions) {
      const next = withoutDangling(type, isKnown, definitions);
      if (next === type) continue;
      changed = true;
      if (next === undefined) definitions.delete(name);
      else definitions.set(name, next);
    }
  }
}

function withoutDangling(
  type: TypeDefinitionNode,
  isKnown: (type: TypeNode) => boolean,
  definitions: Definitions,
): TypeDefinitionNode | undefined {
  switch (type.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION: {
      const fields = type
        .fields!.filter((field) => isKnown(field.type))
        .map((field) => withKnownArguments(field, isKnown));
      const interfaces = (type.interfaces ?? []).filter((interfaceType) =>
        fulfilsInterface(fields, interfaceType, definitions),
      );
      if (fields.length === 0) return undefined;
      const same =
        fields.every((field, i) => field === type.fields![i]) &&
        fields.length === type.fields!.length &&
        interfaces.length === (type.interfaces?.length ?? 0);
      return same ? type : { ...type, fields, interfaces };
    }
    case Kind.UNION_TYPE_DEFINITION: {
      const types = (type.types ?? []).filter(isKnown);
      if (types.length === 0) return undefined;
      return types.length === type.types?.length ? type : { ...type, types };
    }
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return inputWithoutDangling(type, isKnown);
    case Kind.ENUM_TYPE_DEFINITION:
      return type.values!.length === 0 ? undefined : type;
    case Kind.SCALAR_TYPE_DEFINITION:
      return type;
  }
}

function withKnownArguments(field: FieldDefinitionNode, isKnown: (type: TypeNode) => boolean): FieldDefinitionNode {
  const args = (field.arguments ?? []).filter((argument) => isKnownInput(argument, isKnown));
  return args.length === (field.arguments?.length ?? 0) ? field : { ...field, arguments: args };
}

function isKnownInput(node: InputValueDefinitionNode, isKnown: (type: TypeNode) => boolean): boolean {
  if (isKnown(node.type)) return true;
  assertOptional(node);
  return false;
}

function inputWithoutDangling(
  type: InputObjectTypeDefinitionNode,
  isKnown: (type: TypeNode) => boolean,
): InputObjectTypeDefinitionNode | undefined {
  const fields = type.fields!.filter((field) => isKnown(field.type));
  const isWhole = type.fields!.every((field) => fields.includes(field) || isOptional(field));
  if (fields.length === 0 || !isWhole) return undefined;
  return fields.length === type.fields!.length ? type : { ...type, fields };
}

/** A type without a field of an interface does not implement it. */
function fulfilsInterface(
  fields: readonly FieldDefinitionNode[],
  interfaceType: NamedTypeNode,
  definitions: Definitions,
): boolean {
  const definition = definitions.get(interfaceType.name.value);
  if (definition?.kind !== Kind.INTERFACE_TYPE_DEFINITION) return false;
  const own = new Set(fields.map((field) => field.name.value));
  return definition.fields!.every((field) => own.has(field.name.value));
}

function reachableFrom(definitions: Definitions, roots: readonly string[]): TypeDefinitionNode[] {
  const reached = new Set<string>();
  const pending = [...roots];
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const type = definitions.get(name);
    if (type === undefined || reached.has(name)) continue;
    reached.add(name);
    pending.push(...namesIn(type));
    if (type.kind === Kind.INTERFACE_TYPE_DEFINITION) pending.push(...implementersOf(name, definitions));
  }
  return [...definitions.values()].filter((type) => reached.has(type.name.value));
}

function namesIn(type: TypeDefinitionNode): string[] {
  switch (type.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
      return [
        ...(type.interfaces ?? []).map((interfaceType) => interfaceType.name.value),
        ...type.fields!.flatMap((field) => [
          namedType(field.type),
          ...field.arguments!.map((node) => namedType(node.type)),
        ]),
      ];
    case Kind.UNION_TYPE_DEFINITION:
      return (type.types ?? []).map(namedType);
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return type.fields!.map((field) => namedType(field.type));
    case Kind.ENUM_TYPE_DEFINITION:
    case Kind.SCALAR_TYPE_DEFINITION:
      return [];
  }
}

function implementersOf(interfaceType: string, definitions: Definitions): string[] {
  return [...definitions.values()].flatMap((type) =>
    (type.kind === Kind.OBJECT_TYPE_DEFINITION || type.kind === Kind.INTERFACE_TYPE_DEFINITION) &&
    type.interfaces?.some((implemented) => implemented.name.value === interfaceType)
      ? [type.name.value]
      : [],
  );
}

export function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
