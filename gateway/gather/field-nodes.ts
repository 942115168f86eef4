/** Flat lists of the fields of selections, and nodes to add to them. */
import {
  type ArgumentNode,
  type DirectiveNode,
  type FieldNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { responseKeyOf } from '../kit/graphql/selections.ts';

/**
 * Returns the fields of a selection on an object type, each once. Fields of inline fragments take over the directives
 * of their fragments. Throws for a fragment spread: planners write them for abstract types alone, and no gathered field
 * has one.
 */
export function flattenFields(
  selections: SelectionSetNode | undefined,
  inherited: readonly DirectiveNode[] = [],
): FieldNode[] {
  const fields = (selections?.selections ?? []).flatMap((selection: SelectionNode): FieldNode | FieldNode[] => {
    const directives = [...inherited, ...(selection.directives ?? [])];
    if (selection.kind === Kind.INLINE_FRAGMENT) return flattenFields(selection.selectionSet, directives);
    if (selection.kind === Kind.FIELD) return directives.length === 0 ? selection : { ...selection, directives };
    throw new Error(`a gathered selection spreads the fragment "${selection.name.value}"`);
  });
  return combineSelections(fields);
}

export function createField(name: string, options: { alias?: string; fields?: readonly FieldNode[] } = {}): FieldNode {
  return {
    kind: Kind.FIELD,
    name: { kind: Kind.NAME, value: name },
    ...(options.alias === undefined ? {} : { alias: { kind: Kind.NAME, value: options.alias } }),
    ...(options.fields === undefined ? {} : { selectionSet: createSelectionSet(options.fields) }),
  };
}

/** Combines duplicate fields, which two gateways in a row may have added for their merges. */
export function createSelectionSet(fields: readonly SelectionNode[]): SelectionSetNode {
  return { kind: Kind.SELECTION_SET, selections: combineSelections(fields) };
}

function combineSelections<Node extends SelectionNode>(selections: readonly Node[]): Node[] {
  const fields = new Map<unknown, Node>();
  for (const node of selections) {
    // A field with directives is never combined.
    const isPlain = node.kind === Kind.FIELD && (node.directives?.length ?? 0) === 0;
    const key = isPlain ? responseKeyOf(node) : node;
    const previous = fields.get(key);
    if (previous?.kind !== Kind.FIELD || node.kind !== Kind.FIELD) {
      fields.set(key, node);
    } else if (previous.selectionSet && node.selectionSet) {
      const joined = [...previous.selectionSet.selections, ...node.selectionSet.selections];
      fields.set(key, { ...previous, selectionSet: createSelectionSet(joined) });
    }
  }
  return [...fields.values()];
}

export function withAlias(node: FieldNode, alias: string): FieldNode {
  return { ...node, alias: { kind: Kind.NAME, value: alias } };
}

/** Sets an argument of the field to a variable. */
export function withVariable(node: FieldNode, argument: string, variable: string): FieldNode {
  const others = (node.arguments ?? []).filter((arg) => arg.name.value !== argument);
  const replaced: ArgumentNode = {
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: argument },
    value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: variable } },
  };
  return { ...node, arguments: [...others, replaced] };
}

export function hasArgument(node: FieldNode, argument: string): boolean {
  return (node.arguments ?? []).some((arg) => arg.name.value === argument);
}
