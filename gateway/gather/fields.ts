/** Selections as flat lists of fields, and the few nodes that are added to them. */
import {
  type ArgumentNode,
  type DirectiveNode,
  type FieldNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';

/**
 * The fields of a selection on an object type: inline fragments are opened, and their conditions handed down to their fields.
 * Planners name fragments for abstract types alone, and nothing that is gathered has one; a named fragment is an error.
 */
export function fieldsOf(
  selections: SelectionSetNode | undefined,
  inherited: readonly DirectiveNode[] = [],
): FieldNode[] {
  return (selections?.selections ?? []).flatMap((selection: SelectionNode): FieldNode | FieldNode[] => {
    const directives = [...inherited, ...(selection.directives ?? [])];
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsOf(selection.selectionSet, directives);
    if (selection.kind === Kind.FIELD) return directives.length === 0 ? selection : { ...selection, directives };
    throw new Error(`a gathered selection spreads the fragment "${selection.name.value}"`);
  });
}

export function responseKeyOf(field: FieldNode): string {
  return field.alias?.value ?? field.name.value;
}

export function field(name: string, options: { alias?: string; fields?: readonly FieldNode[] } = {}): FieldNode {
  return {
    kind: Kind.FIELD,
    name: { kind: Kind.NAME, value: name },
    ...(options.alias === undefined ? {} : { alias: { kind: Kind.NAME, value: options.alias } }),
    ...(options.fields === undefined ? {} : { selectionSet: selectionSet(options.fields) }),
  };
}

export function selectionSet(fields: readonly SelectionNode[]): SelectionSetNode {
  return { kind: Kind.SELECTION_SET, selections: fields };
}

export function withAlias(node: FieldNode, alias: string): FieldNode {
  return { ...node, alias: { kind: Kind.NAME, value: alias } };
}

/** The field with a variable as the value of one of its arguments, whether or not it had that argument. */
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
