/**
 * A plan's only fetch → the fetch whose answer may pass to the client unread, since it selects just what the client
 * does.
 */
import {
  type ASTNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { inlineFragments } from '../../kit/graphql/inline-fragments.ts';
import type { PlanNode, RootFetch } from '../../model/plan.ts';

/**
 * The fetch, with its fields in the client's order; undefined if its answer has to be read. `operation`: the client's,
 * without named fragments and conditions.
 */
export function findPassthroughFetch(
  node: PlanNode | undefined,
  operation: OperationDefinitionNode,
): RootFetch | undefined {
  if (node?.kind !== 'root-fetch' || node.at || node.outputRewrites.length > 0) return undefined;
  const fetchOperation = inlineFragments(parse(node.operation, { noLocation: true }));
  if (canonicalText(fetchOperation.selectionSet) !== canonicalText(operation.selectionSet)) return undefined;
  return { ...node, operation: print({ ...fetchOperation, selectionSet: operation.selectionSet }) };
}

/** Equal for selection sets with the same fields in any order. */
function canonicalText({ selections }: SelectionSetNode): string {
  const texts = selections.map((node: SelectionNode): string => {
    if (node.kind === Kind.FRAGMENT_SPREAD) return print(node);
    const { selectionSet, ...head } = node;
    const below = selectionSet ? canonicalText(selectionSet) : '';
    return `${print(head as ASTNode)}${below}`;
  });
  return `{${texts.sort().join(' ')}}`;
}
