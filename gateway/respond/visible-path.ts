/**
 * The path of a subgraph's error → the part of it that the client may see: response keys of its operation, and fields
 * of its view that the gateway required for others. The rest names a field that the view does not show, or is free
 * text.
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
 * Returns the path itself if the client may see all of it. `operation` has no named fragments. `keys`: field names by
 * keys that the operation does not have.
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

/** The types of a field of objects that are of one of these types, or of a type that implements it. */
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
