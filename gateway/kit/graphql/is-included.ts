/** Evaluates `@skip` and `@include` of a selection. */
import {
  type FieldNode,
  type FragmentSpreadNode,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  getDirectiveValues,
  type InlineFragmentNode,
} from 'graphql';

/** `variables` must be coerced. */
export function isIncluded(
  node: FieldNode | InlineFragmentNode | FragmentSpreadNode,
  variables: Readonly<Record<string, unknown>>,
): boolean {
  if (!node.directives?.length) return true;
  const values = variables as Record<string, unknown>;
  if (getDirectiveValues(GraphQLSkipDirective, node, values)?.if === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, values)?.if !== false;
}
