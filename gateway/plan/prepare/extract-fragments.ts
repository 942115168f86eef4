/**
 * Operation → a document in which deeply nested selections are named fragments: the Rust planner reads 50 levels of
 * text at most.
 */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/**
 * Levels after which the next fragment on a type becomes a named one. Fields alone add `depthMax` levels at most, which
 * is 40.
 */
const INLINE_LEVELS_MAX = 8;

/** Each named fragment is spread once. */
export function extractDeepFragments(operation: OperationDefinitionNode): DocumentNode {
  const fragments: FragmentDefinitionNode[] = [];

  const extract = (set: SelectionSetNode, level: number): SelectionSetNode => ({
    ...set,
    selections: set.selections.map((selection): SelectionNode => {
      if (selection.kind === Kind.FRAGMENT_SPREAD || !selection.selectionSet) return selection;
      const typeCondition = selection.kind === Kind.INLINE_FRAGMENT ? selection.typeCondition : undefined;
      if (level < INLINE_LEVELS_MAX || !typeCondition) {
        return { ...selection, selectionSet: extract(selection.selectionSet, level + 1) } as SelectionNode;
      }
      const name = { kind: Kind.NAME, value: `yw_${fragments.length}` } as const;
      const count = fragments.push({
        kind: Kind.FRAGMENT_DEFINITION,
        name,
        typeCondition,
        selectionSet: selection.selectionSet,
      });
      const selectionSet = extract(selection.selectionSet, 1);
      fragments[count - 1] = { kind: Kind.FRAGMENT_DEFINITION, name, typeCondition, selectionSet };
      return {
        kind: Kind.FRAGMENT_SPREAD,
        name,
        ...(selection.directives ? { directives: selection.directives } : {}),
      };
    }),
  });

  const selectionSet = extract(operation.selectionSet, 1);
  return { kind: Kind.DOCUMENT, definitions: [{ ...operation, selectionSet }, ...fragments] };
}

/** Depth of nested selection sets. */
export function nestingDepthOf(set: SelectionSetNode): number {
  let deepest = 0;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD || !selection.selectionSet) continue;
    deepest = Math.max(deepest, nestingDepthOf(selection.selectionSet));
  }
  return deepest + 1;
}
