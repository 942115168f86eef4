/** An operation with `@defer` → one operation for each part, without `@defer`. */
import {
  type FieldNode,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';
import { selectionSetOf } from '../../selections.ts';

export interface PartOperation {
  /** All fields and fragments from the root to the part, and its selections but for what is deferred further. */
  readonly requested: OperationDefinitionNode;
  /** Labels of the parts around it, outermost first. */
  readonly enclosingLabels: readonly string[];
}

/**
 * By label; undefined is the primary part's. `operation` has neither named fragments nor conditions, and each `@defer`
 * a unique label. A deferred fragment leaves its type condition, without selections, in the part around it: that part
 * decides which objects it applies to.
 */
export function splitParts(operation: OperationDefinitionNode): ReadonlyMap<string | undefined, PartOperation> {
  const parts = new Map<string | undefined, PartOperation>();
  const operationWith = (selections: readonly SelectionNode[]): OperationDefinitionNode => ({
    ...operation,
    selectionSet: selectionSetOf(selections),
  });

  /** `wrap` puts the fields and fragments from the root around a selection. */
  const split = (
    selections: readonly SelectionNode[],
    wrap: (inner: SelectionNode) => SelectionNode,
    enclosingLabels: readonly string[],
  ): SelectionNode[] =>
    selections.map((node): SelectionNode => {
      if (node.kind === Kind.FRAGMENT_SPREAD || !node.selectionSet) return node;
      const around = (inner: SelectionNode): SelectionNode => wrap(withSelections(node, [inner]));
      const label = node.kind === Kind.INLINE_FRAGMENT ? labelOf(node) : undefined;
      if (label === undefined)
        return withSelections(node, split(node.selectionSet.selections, around, enclosingLabels));
      const own = split(node.selectionSet.selections, around, [...enclosingLabels, label]);
      parts.set(label, { requested: operationWith([wrap(withSelections(node, own))]), enclosingLabels });
      return withSelections(node, []);
    });

  const primary = split(operation.selectionSet.selections, (inner) => inner, []);
  return parts.set(undefined, { requested: operationWith(primary), enclosingLabels: [] });
}

function withSelections(
  node: FieldNode | InlineFragmentNode,
  selections: readonly SelectionNode[],
): FieldNode | InlineFragmentNode {
  const selectionSet = selectionSetOf(selections);
  if (node.kind === Kind.FIELD) return { ...node, selectionSet };
  return { ...node, directives: [], selectionSet };
}

function labelOf({ directives }: InlineFragmentNode): string | undefined {
  const label = directives?.find(({ name }) => name.value === 'defer')?.arguments?.[0]?.value;
  return label?.kind === Kind.STRING ? label.value : undefined;
}
