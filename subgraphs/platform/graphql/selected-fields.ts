/** The fields that an operation selects below a field, so that nothing is computed that nobody reads. */
import {
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/** What of the call is read: the arguments that every resolver gets from GraphQL. */
export type SelectionInfo = Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments' | 'returnType' | 'variableValues'>;

/**
 * The names of the fields that are selected below `path`: `selectedFields(info, 'counts')` are the counts of the
 * groups that the field returns. Type conditions are not looked at: a field of any of them counts.
 */
export function selectedFields(info: SelectionInfo, ...path: readonly string[]): ReadonlySet<string> {
  let sets = info.fieldNodes.map(({ selectionSet }) => selectionSet);
  for (const step of path) {
    sets = fieldsIn(sets, info).flatMap(({ name, selectionSet }) => (name.value === step ? [selectionSet] : []));
  }
  return new Set(fieldsIn(sets, info).map(({ name }) => name.value));
}

function fieldsIn(sets: readonly (SelectionSetNode | undefined)[], info: SelectionInfo) {
  return sets.flatMap((set) => (set === undefined ? [] : fieldsOf(set, info)));
}

function fieldsOf({ selections }: SelectionSetNode, info: SelectionInfo): FieldNode[] {
  return selections.flatMap((node): FieldNode[] => {
    if (!isIncluded(node, info)) return [];
    if (node.kind === Kind.FIELD) return [node];
    const set = node.kind === Kind.INLINE_FRAGMENT ? node.selectionSet : info.fragments[node.name.value]?.selectionSet;
    return set ? fieldsOf(set, info) : [];
  });
}

function isIncluded(node: SelectionNode, { variableValues }: SelectionInfo): boolean {
  if (!node.directives?.length) return true;
  const skip = getDirectiveValues(GraphQLSkipDirective, node, variableValues);
  const include = getDirectiveValues(GraphQLIncludeDirective, node, variableValues);
  return skip?.if !== true && include?.if !== false;
}
