/** The fields of selection sets, and the names that their values have in a response. */
import { type FieldNode, Kind, type SelectionSetNode } from 'graphql';

/**
 * The fields of a selection set and of the inline fragments in it, in their order. `applies` leaves out the fragments
 * on types for which it returns false; a fragment spread is passed over.
 */
export function selectedFields(
  set: SelectionSetNode | undefined,
  applies?: (typeCondition: string | undefined) => boolean,
): FieldNode[] {
  return (set?.selections ?? []).flatMap((node) => {
    if (node.kind === Kind.FIELD) return node;
    if (node.kind === Kind.FRAGMENT_SPREAD || applies?.(node.typeCondition?.name.value) === false) return [];
    return selectedFields(node.selectionSet, applies);
  });
}

/** The name of a field's value in the response: its alias, or its name. */
export function responseKeyOf({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}
