/**
 * An operation on a view that does not show every type of the supergraph → the same, asking for the name of each object that may be of a type that is
 * not shown: without it, such an object would pass for one that is.
 */
import {
  type DocumentNode,
  type FieldNode,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';

export type AddTypenames = (operation: OperationDefinitionNode, view: GraphQLSchema) => OperationDefinitionNode;

const TYPE_NAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** `operation` has no named fragments. */
export function createAddTypenames(supergraph: DocumentNode): AddTypenames {
  const objects = objectsByAbstractType(supergraph);
  const partlyVisible = new WeakMap<GraphQLSchema, ReadonlySet<string>>();
  return (operation, view) => {
    const types = partlyVisible.get(view) ?? partlyVisibleTypes(objects, view);
    partlyVisible.set(view, types);
    if (types.size === 0) return operation;
    const typeInfo = new TypeInfo(view);
    return visit(
      operation,
      visitWithTypeInfo(typeInfo, {
        Field: (node) => {
          const type = getNamedType(typeInfo.getType());
          const { selectionSet } = node;
          if (!selectionSet || !type || !types.has(type.name)) return undefined;
          return { ...node, selectionSet: { ...selectionSet, selections: [...selectionSet.selections, TYPE_NAME] } };
        },
      }),
    );
  };
}

function partlyVisibleTypes(objects: ReadonlyMap<string, readonly string[]>, view: GraphQLSchema): ReadonlySet<string> {
  const isPartlyVisible = (name: string): boolean => {
    const type = view.getType(name);
    return isAbstractType(type) && view.getPossibleTypes(type).length < (objects.get(name)?.length ?? 0);
  };
  return new Set([...objects.keys()].filter(isPartlyVisible));
}

/** The object types of each interface and union. */
function objectsByAbstractType(supergraph: DocumentNode): ReadonlyMap<string, readonly string[]> {
  const objects = new Map<string, string[]>();
  const add = (abstract: string, object: string): void =>
    void objects.set(abstract, [...(objects.get(abstract) ?? []), object]);
  for (const node of supergraph.definitions) {
    if (node.kind === Kind.OBJECT_TYPE_DEFINITION) {
      for (const { name } of node.interfaces ?? []) add(name.value, node.name.value);
    } else if (node.kind === Kind.UNION_TYPE_DEFINITION) {
      for (const { name } of node.types ?? []) add(node.name.value, name.value);
    }
  }
  return objects;
}
