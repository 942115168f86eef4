/**
 * A place that a subgraph names → the part of it that the client may know: keys that it asked for, and fields of its
 * view that gateways read for others. What follows is a field that is not shown, or free text.
 */
import {
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { responseKeyOf, selectedFields } from '../kit/graphql/selections.ts';
import type { Path } from '../model/errors.ts';

/**
 * The path itself if all of it may be known. `operation` has no named fragments; `keys` has names by keys that it does
 * not ask for.
 */
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
    const fields = sets.flatMap((set) => selectedFields(set)).filter((field) => responseKeyOf(field) === step);
    const name = fields[0]?.name.value ?? keys?.get(step) ?? step;
    types = typesOf(name, types, schema);
    if (types.length === 0 && name !== '__typename') return path.slice(0, i);
    sets = fields.flatMap(({ selectionSet }) => selectionSet ?? []);
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
