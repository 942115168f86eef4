/**
 * Operation on a view that hides types → the same operation, which also asks for the `__typename` of every object that
 * may be of a hidden type. Without it, such an object would pass for one of a visible type.
 */
import {
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { SubgraphTypes } from '../../model/supergraph/subgraph-types.ts';
import { TYPENAME } from '../selections.ts';

export type AddTypenames = (operation: OperationDefinitionNode, view: GraphQLSchema) => OperationDefinitionNode;

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
          return { ...node, selectionSet: { ...selectionSet, selections: [...selectionSet.selections, TYPENAME] } };
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
