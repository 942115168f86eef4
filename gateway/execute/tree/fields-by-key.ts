/**
 * Selection sets → the selection sets below each response key, whatever the types of the fragments that the fields are
 * in.
 */
import type { SelectionSetNode } from 'graphql';
import { responseKeyOf, selectedFields } from '../../kit/graphql/selections.ts';

/** `sets` have no named fragments. A leaf has no selection set. */
export function fieldsByKey(sets: readonly SelectionSetNode[]): Map<string, SelectionSetNode[]> {
  const byKey = new Map<string, SelectionSetNode[]>();
  for (const field of sets.flatMap((set) => selectedFields(set))) {
    const key = responseKeyOf(field);
    const { selectionSet } = field;
    byKey.set(key, [...(byKey.get(key) ?? []), ...(selectionSet ? [selectionSet] : [])]);
  }
  return byKey;
}
