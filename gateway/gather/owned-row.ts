/** A row whose id does not name its division → the same, with its division, which must lie in the region asked for. */
import { containsDivision } from '@yiwang/schema';
import type { FieldNode } from 'graphql';
import { type Contribution, DIVISION_FIELD, DIVISION_KEY } from '../model/gather.ts';
import { createSelectionSet, flattenFields } from './field-nodes.ts';
import { expectObject, memberOf, NonconformingError } from './merge-values.ts';

export function withDivision(node: FieldNode): FieldNode {
  return { ...node, selectionSet: createSelectionSet([...flattenFields(node.selectionSet), DIVISION_FIELD]) };
}

/** Throws `NonconformingError` for a row elsewhere: the platform shows what its caller may not see. */
export function assertRowInRegion({ value, region }: Contribution): void {
  const division = memberOf(expectObject(value, 'row')[DIVISION_KEY], 'code');
  if (typeof division === 'string' && containsDivision(region, division)) return;
  throw new NonconformingError('the row lies outside of the requested region');
}
