/** An operation with `@defer` → what each of its parts asks for, as an operation of its own without `@defer`. */
import {
  type FieldNode,
  type InlineFragmentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql';

export interface PartOperation {
  /** Of the part: fields and fragments from the root down to it, and in it all but what is deferred further. */
  readonly requested: OperationDefinitionNode;
  /** Labels of the parts that it lies in, outermost first. */
  readonly enclosingLabels: readonly string[];
}

/**
 * By label; the primary part's is undefined. `operation` has neither named fragments nor conditions, and each `@defer` a label of
 * its own. A deferred fragment leaves its type condition behind, with nothing in it: it is told there whether the part belongs to an object.
 */
export function splitParts(operation: OperationDefinitionNode): ReadonlyMap<string | undefined, PartOperation> {
  const parts = new Map<string | undefined, PartOperation>();
  const operationWith = (selections: readonly SelectionNode[]): OperationDefinitionNode => ({
    ...operation,
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  });

  /** `wrap`: what is round about, from the root. */
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
  const selectionSet = { kind: Kind.SELECTION_SET, selections } as const;
  if (node.kind === Kind.FIELD) return { ...node, selectionSet };
  return { ...node, directives: [], selectionSet };
}

function labelOf({ directives }: InlineFragmentNode): string | undefined {
  const label = directives?.find(({ name }) => name.value === 'defer')?.arguments?.[0]?.value;
  return label?.kind === Kind.STRING ? label.value : undefined;
}
