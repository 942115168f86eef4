/**
 * Document and variables → one tree: fragments in place, conditions decided, equal fields written alike. One walk, as long as the
 * tree that comes of it; what a condition leaves out is not looked into.
 */
import {
  type ArgumentNode,
  type DirectiveNode,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  getOperationAST,
  type InlineFragmentNode,
  Kind,
  type NameNode,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { isIncluded } from '../kit/is-included.ts';
import { variablesIn } from '../kit/variables-in.ts';

type Variables = Readonly<Record<string, unknown>>;

export interface Decided {
  /** Each `@defer` that is left has a label of its own. */
  readonly operation: OperationDefinitionNode;
  /** The client's label by the one in its place; undefined where it gave none. */
  readonly labels: ReadonlyMap<string, string | undefined>;
}

export interface Deciding {
  /** Coerced. */
  readonly variables: Variables;
  /** False leaves nothing deferred. */
  readonly inParts: boolean;
  /** The directives that subgraphs are sent. */
  readonly forwarded: ReadonlySet<string>;
}

/** Fragments that spread each other in a ring are an error of whoever wrote the document. */
export function decideOperation(
  document: DocumentNode,
  operationName: string | undefined,
  { variables, inParts, forwarded }: Deciding,
): Decided {
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new Error('the document has no operation');
  const labels = new Map<string, string | undefined>();
  const decider = { fragments: fragmentsOf(document), variables, inParts, labels, forwarded };
  const selectionSet = decideSelections(operation.selectionSet, decider);
  const directives = forwardedOf(operation.directives, decider);
  const used = variablesIn({ ...operation, directives, selectionSet, variableDefinitions: [] });
  const definitions = (operation.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value));
  const variableDefinitions = definitions.map((node) => ({
    ...node,
    directives: (node.directives ?? []).filter(({ name }) => forwarded.has(name.value)),
  }));
  return { operation: { ...operation, directives, variableDefinitions, selectionSet }, labels };
}

interface Decider {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Variables;
  readonly inParts: boolean;
  readonly labels: Map<string, string | undefined>;
  readonly forwarded: ReadonlySet<string>;
}

function decideSelections(set: SelectionSetNode, decider: Decider): SelectionSetNode {
  const selections: SelectionNode[] = [];
  collect(set, undefined, selections, decider);
  return { kind: Kind.SELECTION_SET, selections };
}

/** `around`: the type that the fragment around this is on. */
function collect(set: SelectionSetNode, around: string | undefined, into: SelectionNode[], decider: Decider): void {
  for (const selection of set.selections) {
    if (!isIncluded(selection, decider.variables)) continue;
    if (selection.kind === Kind.FIELD) into.push(decideField(selection, decider));
    else collectFragment(inPlace(selection, decider), around, into, decider);
  }
}

function decideField(
  { alias, name, arguments: given, directives, selectionSet }: FieldNode,
  decider: Decider,
): FieldNode {
  return {
    kind: Kind.FIELD,
    name,
    ...(alias && alias.value !== name.value ? { alias } : {}),
    ...(given?.length ? { arguments: sortByName(given).map(writeArgument) } : {}),
    ...(directives?.length ? { directives: forwardedOf(directives, decider) } : {}),
    ...(selectionSet ? { selectionSet: decideSelections(selectionSet, decider) } : {}),
  };
}

function collectFragment(
  { typeCondition, directives, selectionSet }: InlineFragmentNode,
  around: string | undefined,
  into: SelectionNode[],
  decider: Decider,
): void {
  const type = typeCondition?.name.value ?? around;
  const rest = kept(directives, decider);
  // A fragment that says nothing is left out: planners are given less to nest.
  if (type === around && !rest.directives) {
    collect(selectionSet, type, into, decider);
    return;
  }
  const selections: SelectionNode[] = [];
  collect(selectionSet, type, selections, decider);
  if (selections.length === 0) return;
  into.push({
    kind: Kind.INLINE_FRAGMENT,
    ...(typeCondition ? { typeCondition } : {}),
    ...rest,
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  });
}

function inPlace(selection: Exclude<SelectionNode, FieldNode>, { fragments }: Decider): InlineFragmentNode {
  if (selection.kind === Kind.INLINE_FRAGMENT) return selection;
  const fragment = fragments.get(selection.name.value);
  if (!fragment) throw new Error(`the document has no fragment "${selection.name.value}"`);
  const { typeCondition, selectionSet } = fragment;
  return { kind: Kind.INLINE_FRAGMENT, typeCondition, directives: selection.directives ?? [], selectionSet };
}

function forwardedOf(directives: readonly DirectiveNode[] | undefined, { forwarded }: Decider): DirectiveNode[] {
  return (directives ?? [])
    .filter(({ name }) => forwarded.has(name.value))
    .map(({ kind, name, arguments: given = [] }) => ({ kind, name, arguments: sortByName(given).map(writeArgument) }));
}

/** `@defer` alone, and where it is on without a condition of its own, its label one that no other has. */
function kept(
  directives: readonly DirectiveNode[] | undefined,
  { variables, inParts, labels }: Decider,
): { directives?: readonly DirectiveNode[] } {
  if (!directives?.length) return {};
  const rest = directives.flatMap((node): DirectiveNode[] => {
    if (node.name.value !== 'defer' || !inParts) return [];
    const given = (node.arguments ?? []).map(writeArgument);
    const condition = given.find(({ name }) => name.value === 'if')?.value;
    if (condition && conditionOf(condition, variables) === false) return [];
    const label = given.find(({ name }) => name.value === 'label')?.value;
    const own = String(labels.size);
    labels.set(own, label?.kind === Kind.STRING ? label.value : undefined);
    return [{ kind: Kind.DIRECTIVE, name: node.name, arguments: [labelled(own)] }];
  });
  return rest.length > 0 ? { directives: rest } : {};
}

function labelled(value: string): ArgumentNode {
  return { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: 'label' }, value: { kind: Kind.STRING, value } };
}

function conditionOf(condition: ValueNode, variables: Variables): unknown {
  if (condition.kind === Kind.VARIABLE) return variables[condition.name.value];
  return condition.kind === Kind.BOOLEAN ? condition.value : undefined;
}

/** Fields that are the same are written the same: the Rust planner ends the process over two that are not. */
function writeArgument(node: ArgumentNode): ArgumentNode {
  return { kind: Kind.ARGUMENT, name: node.name, value: writeValue(node.value) };
}

function writeValue(node: ValueNode): ValueNode {
  switch (node.kind) {
    case Kind.OBJECT:
      return {
        kind: Kind.OBJECT,
        fields: sortByName(node.fields).map(({ kind, name, value }) => ({ kind, name, value: writeValue(value) })),
      };
    case Kind.LIST:
      return { kind: Kind.LIST, values: node.values.map(writeValue) };
    case Kind.STRING:
      return { kind: Kind.STRING, value: node.value };
    default:
      return node;
  }
}

function sortByName<T extends { readonly name: NameNode }>(nodes: readonly T[]): T[] {
  return [...nodes].sort((a, b) => (a.name.value < b.name.value ? -1 : 1));
}

function fragmentsOf(document: DocumentNode): Map<string, FragmentDefinitionNode> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  }
  return fragments;
}
