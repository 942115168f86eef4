/** Selection sets → their fields by response key, whatever the types of the fragments that they are in. */
import { type FieldNode, Kind, type SelectionSetNode } from 'graphql';

/** Each key with the selection sets below it; none for a leaf. `sets` have no named fragments. */
export function fieldsByKey(sets: readonly SelectionSetNode[]): Map<string, SelectionSetNode[]> {
  const byKey = new Map<string, SelectionSetNode[]>();
  for (const { alias, name, selectionSet } of sets.flatMap(fieldsIn)) {
    const key = (alias ?? name).value;
    byKey.set(key, [...(byKey.get(key) ?? []), ...(selectionSet ? [selectionSet] : [])]);
  }
  return byKey;
}

function fieldsIn({ selections }: SelectionSetNode): FieldNode[] {
  return selections.flatMap((node) => {
    if (node.kind === Kind.FIELD) return node;
    return node.kind === Kind.INLINE_FRAGMENT ? fieldsIn(node.selectionSet) : [];
  });
}
