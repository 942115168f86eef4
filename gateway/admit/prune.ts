/** Definitions and what may be seen → definitions with nothing left that leads to what may not be seen. */
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
import { hasDirective } from './supergraph.ts';

/** Decides on fields of types (output), and on arguments, input fields and enum values (input). */
export interface Sight {
  field(type: string, field: FieldDefinitionNode): boolean;
  argument(node: InputValueDefinitionNode): boolean;
  inputField(node: InputValueDefinitionNode): boolean;
  enumValue(node: EnumValueDefinitionNode): boolean;
}

type Definitions = Map<string, TypeDefinitionNode>;

const BUILT_IN = new Set(['Int', 'Float', 'String', 'Boolean', 'ID']);

/** Throws an `Error` where a required argument or input field would be hidden. */
export function pruneTypes(
  types: readonly TypeDefinitionNode[],
  roots: readonly string[],
  sight: Sight,
): TypeDefinitionNode[] {
  const definitions: Definitions = new Map();
  for (const type of types) if (!hasDirective(type, 'inaccessible')) definitions.set(type.name.value, cut(type, sight));
  removeDangling(definitions);
  return reachableFrom(definitions, roots);
}

function cut(type: TypeDefinitionNode, sight: Sight): TypeDefinitionNode {
  switch (type.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION: {
      const fields = (type.fields ?? [])
        .filter((field) => !hasDirective(field, 'inaccessible') && sight.field(type.name.value, field))
        .map((field) => ({
          ...field,
          arguments: field.arguments?.filter((argument) => keepArgument(argument, sight)) ?? [],
        }));
      return { ...type, fields };
    }
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return cutInput(type, sight);
    case Kind.ENUM_TYPE_DEFINITION:
      return withValuesInSight(type, sight);
    case Kind.SCALAR_TYPE_DEFINITION:
    case Kind.UNION_TYPE_DEFINITION:
      return type;
  }
}

/** An input that cannot be written without what is hidden is hidden as a whole: it is left without fields. */
function cutInput(type: InputObjectTypeDefinitionNode, sight: Sight): InputObjectTypeDefinitionNode {
  const kept = (type.fields ?? []).filter((field) => !hasDirective(field, 'inaccessible') && sight.inputField(field));
  const isWhole = (type.fields ?? []).every((field) => kept.includes(field) || isOptional(field));
  return { ...type, fields: isWhole ? kept : [] };
}

function keepArgument(node: InputValueDefinitionNode, sight: Sight): boolean {
  const kept = !hasDirective(node, 'inaccessible') && sight.argument(node);
  if (!kept) assertOptional(node);
  return kept;
}

function assertOptional(node: InputValueDefinitionNode): void {
  if (!isOptional(node)) throw new Error(`The input "${node.name.value}" is required and cannot be hidden.`);
}

function isOptional({ type, defaultValue }: InputValueDefinitionNode): boolean {
  return type.kind !== Kind.NON_NULL_TYPE || defaultValue !== undefined;
}

function withValuesInSight(type: EnumTypeDefinitionNode, sight: Sight): EnumTypeDefinitionNode {
  const values = (type.values ?? []).filter((value) => !hasDirective(value, 'inaccessible') && sight.enumValue(value));
  return { ...type, values };
}

/** Fields and inputs of removed types go, then types without fields, until nothing more goes. */
function removeDangling(definitions: Definitions): void {
  const known = (type: TypeNode): boolean => BUILT_IN.has(namedType(type)) || definitions.has(namedType(type));
  for (let changed = true; changed; ) {
    changed = false;
    for (const [name, type] of definitions) {
      const next = withoutDangling(type, known, definitions);
      if (next === type) continue;
      changed = true;
      if (next === undefined) definitions.delete(name);
      else definitions.set(name, next);
    }
  }
}

function withoutDangling(
  type: TypeDefinitionNode,
  known: (type: TypeNode) => boolean,
  definitions: Definitions,
): TypeDefinitionNode | undefined {
  switch (type.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION: {
      const fields = type.fields!.filter((field) => known(field.type)).map((field) => withKnownArguments(field, known));
      const interfaces = (type.interfaces ?? []).filter((face) => fulfils(fields, face, definitions));
      if (fields.length === 0) return undefined;
      const same =
        fields.every((field, i) => field === type.fields![i]) &&
        fields.length === type.fields!.length &&
        interfaces.length === (type.interfaces?.length ?? 0);
      return same ? type : { ...type, fields, interfaces };
    }
    case Kind.UNION_TYPE_DEFINITION: {
      const types = (type.types ?? []).filter(known);
      if (types.length === 0) return undefined;
      return types.length === type.types?.length ? type : { ...type, types };
    }
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return inputWithoutDangling(type, known);
    case Kind.ENUM_TYPE_DEFINITION:
      return type.values!.length === 0 ? undefined : type;
    case Kind.SCALAR_TYPE_DEFINITION:
      return type;
  }
}

function withKnownArguments(field: FieldDefinitionNode, known: (type: TypeNode) => boolean): FieldDefinitionNode {
  const kept = (field.arguments ?? []).filter((argument) => isKnownInput(argument, known));
  return kept.length === (field.arguments?.length ?? 0) ? field : { ...field, arguments: kept };
}

function isKnownInput(node: InputValueDefinitionNode, known: (type: TypeNode) => boolean): boolean {
  if (known(node.type)) return true;
  assertOptional(node);
  return false;
}

function inputWithoutDangling(
  type: InputObjectTypeDefinitionNode,
  known: (type: TypeNode) => boolean,
): InputObjectTypeDefinitionNode | undefined {
  const fields = type.fields!.filter((field) => known(field.type));
  const isWhole = type.fields!.every((field) => fields.includes(field) || isOptional(field));
  if (fields.length === 0 || !isWhole) return undefined;
  return fields.length === type.fields!.length ? type : { ...type, fields };
}

/** A type that lost a field of an interface no longer implements it. */
function fulfils(fields: readonly FieldDefinitionNode[], face: NamedTypeNode, definitions: Definitions): boolean {
  const definition = definitions.get(face.name.value);
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
        ...(type.interfaces ?? []).map((face) => face.name.value),
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

function implementersOf(face: string, definitions: Definitions): string[] {
  return [...definitions.values()].flatMap((type) =>
    (type.kind === Kind.OBJECT_TYPE_DEFINITION || type.kind === Kind.INTERFACE_TYPE_DEFINITION) &&
    type.interfaces?.some((implemented) => implemented.name.value === face)
      ? [type.name.value]
      : [],
  );
}

export function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
