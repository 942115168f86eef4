/**
 * A place that a subgraph names → the part of it that the client may know: keys that it asked for, and fields of its view that gateways read for
 * others. What follows is a field that is not shown, or free text.
 */
import {
  type FieldNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import type { Path } from '../model/errors.ts';

/** The path itself if all of it may be known. `operation` has no named fragments; `keys` has names by keys that it does not ask for. */
export function visiblePath(
  path: Path,
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
  keys: ReadonlyMap<string, string> | undefined,
): Path {
  const root = schema.getRootType(operation.operation);
  let types: readonly GraphQLNamedType[] = root ? [root] : [];
  let sets: readonly SelectionSetNode[] = [operation.selectionSet];
  for (const [i, step] of path.entries()) {
    if (typeof step === 'number') continue;
    const selectedFields = sets.flatMap(fieldsIn).filter(({ alias, name }) => (alias ?? name).value === step);
    const name = selectedFields[0]?.name.value ?? keys?.get(step) ?? step;
    types = typesOf(name, types, schema);
    if (types.length === 0 && name !== '__typename') return path.slice(0, i);
    sets = selectedFields.flatMap(({ selectionSet }) => selectionSet ?? []);
  }
  return path;
}

/** Of a field of objects that are of one of these types, or of one that implements it. */
function typesOf(
  field: string,
  types: readonly GraphQLNamedType[],
  schema: GraphQLSchema,
): readonly GraphQLNamedType[] {
  const parents = types.flatMap((type): readonly GraphQLNamedType[] =>
    isAbstractType(type) ? [type, ...schema.getPossibleTypes(type)] : [type],
  );
  const fieldTypes = parents.flatMap((type) => {
    const definition = isObjectType(type) || isInterfaceType(type) ? type.getFields()[field] : undefined;
    return definition ? getNamedType(definition.type) : [];
  });
  return [...new Set(fieldTypes)];
}

function fieldsIn({ selections }: SelectionSetNode): FieldNode[] {
  return selections.flatMap((node) => {
    if (node.kind === Kind.FIELD) return node;
    return node.kind === Kind.INLINE_FRAGMENT ? fieldsIn(node.selectionSet) : [];
  });
}
