/** Replaces named fragments by inline ones, so that an operation is one tree. */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  visit,
} from 'graphql';

/** Returns the operation of this name, or the only one. The document must be validated: fragments may form no cycle. */
export function inlineFragments(document: DocumentNode, operationName?: string): OperationDefinitionNode {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new Error('the document has no operation');
  if (fragments.size === 0) return operation;
  return visit(operation, {
    FragmentSpread: (spread) => {
      const fragment = fragments.get(spread.name.value);
      if (!fragment) throw new Error(`the document has no fragment "${spread.name.value}"`);
      return {
        kind: Kind.INLINE_FRAGMENT,
        typeCondition: fragment.typeCondition,
        directives: spread.directives ?? [],
        selectionSet: fragment.selectionSet,
      };
    },
  });
}
