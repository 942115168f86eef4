/**
 * An operation on a view that does not show every type of the supergraph → the same, asking for the name of each object that may be of a type that is
 * not shown: without it, such an object would pass for one that is.
 */
import {
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
import type { SubgraphTypes } from '../../model/supergraph/subgraph-types.ts';

export type AddTypenames = (operation: OperationDefinitionNode, view: GraphQLSchema) => OperationDefinitionNode;

const TYPE_NAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

/** `operation` has no named fragments. */
export function createAddTypenames(types: SubgraphTypes): AddTypenames {
  const partlyVisible = new WeakMap<GraphQLSchema, ReadonlySet<string>>();
  return (operation, view) => {
    const names = partlyVisible.get(view) ?? partlyVisibleTypes(types, view);
    partlyVisible.set(view, names);
    if (names.size === 0) return operation;
    const typeInfo = new TypeInfo(view);
    return visit(
      operation,
      visitWithTypeInfo(typeInfo, {
        Field: (node) => {
          const type = getNamedType(typeInfo.getType());
          const { selectionSet } = node;
          if (!selectionSet || !type || !names.has(type.name)) return undefined;
          return { ...node, selectionSet: { ...selectionSet, selections: [...selectionSet.selections, TYPE_NAME] } };
        },
      }),
    );
  };
}

/** The names of interfaces and unions of which the view hides an object type. */
function partlyVisibleTypes(types: SubgraphTypes, view: GraphQLSchema): ReadonlySet<string> {
  const abstractTypes = Object.values(view.getTypeMap()).filter(isAbstractType);
  const partly = abstractTypes.filter(
    (type) => view.getPossibleTypes(type).length < types.possibleTypes(type.name).length,
  );
  return new Set(partly.map(({ name }) => name));
}
