/** Operation → the same with what is nested deeply in named fragments: the Rust planner reads no text of more than 50 levels. */
import {
  type DocumentNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** Levels after which the next fragment on a type is given a name. Fields alone come to `depthMax` more at most, which is 40. */
const LEVELS = 8;

/** Each fragment is spread once. */
export function hoistDeep(operation: OperationDefinitionNode): DocumentNode {
  const fragments: FragmentDefinitionNode[] = [];

  const hoist = (set: SelectionSetNode, level: number): SelectionSetNode => ({
    ...set,
    selections: set.selections.map((selection): SelectionNode => {
      if (selection.kind === Kind.FRAGMENT_SPREAD || !selection.selectionSet) return selection;
      const typeCondition = selection.kind === Kind.INLINE_FRAGMENT ? selection.typeCondition : undefined;
      if (level < LEVELS || !typeCondition) {
        return { ...selection, selectionSet: hoist(selection.selectionSet, level + 1) } as SelectionNode;
      }
      const name = { kind: Kind.NAME, value: `yw_${fragments.length}` } as const;
      const at = fragments.push({
        kind: Kind.FRAGMENT_DEFINITION,
        name,
        typeCondition,
        selectionSet: selection.selectionSet,
      });
      const selectionSet = hoist(selection.selectionSet, 1);
      fragments[at - 1] = { kind: Kind.FRAGMENT_DEFINITION, name, typeCondition, selectionSet };
      return {
        kind: Kind.FRAGMENT_SPREAD,
        name,
        ...(selection.directives ? { directives: selection.directives } : {}),
      };
    }),
  });

  const selectionSet = hoist(operation.selectionSet, 1);
  return { kind: Kind.DOCUMENT, definitions: [{ ...operation, selectionSet }, ...fragments] };
}

/** Levels of selection sets. */
export function nestingOf(set: SelectionSetNode): number {
  let deepest = 0;
  for (const selection of set.selections) {
    if (selection.kind === Kind.FRAGMENT_SPREAD || !selection.selectionSet) continue;
    deepest = Math.max(deepest, nestingOf(selection.selectionSet));
  }
  return deepest + 1;
}
