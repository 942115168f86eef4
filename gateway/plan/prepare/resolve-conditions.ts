/**
 * Document and variables → one tree: fragments inlined, conditions resolved, equal fields written alike. One walk, as
 * long as its result; selections that a condition leaves out are not visited.
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
import { collectVariables } from '../../kit/graphql/collect-variables.ts';
import { isIncluded } from '../../kit/graphql/is-included.ts';

type Variables = Readonly<Record<string, unknown>>;

export interface ResolvedOperation {
  /** Each remaining `@defer` has a unique label. */
  readonly operation: OperationDefinitionNode;
  /** The client's label by the new one; undefined if the client gave none. */
  readonly labels: ReadonlyMap<string, string | undefined>;
}

export interface ConditionContext {
  /** Coerced. */
  readonly variables: Variables;
  /** False: no `@defer` remains. */
  readonly isIncremental: boolean;
  /** Names of the directives that subgraphs are sent. */
  readonly forwardedDirectives: ReadonlySet<string>;
  /** Values that are written instead of variables in arguments of fields. */
  readonly inlined: ReadonlyMap<string, ValueNode>;
}

/** The document is valid: fragments form no cycle. */
export function resolveConditions(
  document: DocumentNode,
  operationName: string | undefined,
  { variables, isIncremental, forwardedDirectives, inlined }: ConditionContext,
): ResolvedOperation {
  const operation = getOperationAST(document, operationName);
  if (!operation) throw new Error('the document has no operation');
  const labels = new Map<string, string | undefined>();
  const fragments = fragmentsOf(document);
  const context = { fragments, variables, isIncremental, labels, forwardedDirectives, inlined };
  const selectionSet = resolveSelections(operation.selectionSet, context);
  const directives = forwardedDirectivesOf(operation.directives, context);
  const variableNames = collectVariables({ ...operation, directives, selectionSet, variableDefinitions: [] });
  const definitions = (operation.variableDefinitions ?? []).filter(({ variable }) =>
    variableNames.has(variable.name.value),
  );
  const variableDefinitions = definitions.map((node) => ({
    ...node,
    directives: (node.directives ?? []).filter(({ name }) => forwardedDirectives.has(name.value)),
  }));
  return { operation: { ...operation, directives, variableDefinitions, selectionSet }, labels };
}

interface ResolveContext {
  readonly fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly variables: Variables;
  readonly isIncremental: boolean;
  readonly labels: Map<string, string | undefined>;
  readonly forwardedDirectives: ReadonlySet<string>;
  readonly inlined: ReadonlyMap<string, ValueNode>;
}

function resolveSelections(set: SelectionSetNode, context: ResolveContext): SelectionSetNode {
  const selections: SelectionNode[] = [];
  collectSelections(set, undefined, selections, context);
  return { kind: Kind.SELECTION_SET, selections };
}

/** `around`: the type condition of the fragment around the set. */
function collectSelections(
  set: SelectionSetNode,
  around: string | undefined,
  into: SelectionNode[],
  context: ResolveContext,
): void {
  for (const selection of set.selections) {
    if (!isIncluded(selection, context.variables)) continue;
    if (selection.kind === Kind.FIELD) into.push(resolveField(selection, context));
    else collectFragment(inlineSpread(selection, context), around, into, context);
  }
}

function resolveField(
  { alias, name, arguments: args, directives, selectionSet }: FieldNode,
  context: ResolveContext,
): FieldNode {
  return {
    kind: Kind.FIELD,
    name,
    ...(alias && alias.value !== name.value ? { alias } : {}),
    ...(args?.length ? { arguments: sortByName(args).map((node) => writeArgument(node, context.inlined)) } : {}),
    ...(directives?.length ? { directives: forwardedDirectivesOf(directives, context) } : {}),
    ...(selectionSet ? { selectionSet: resolveSelections(selectionSet, context) } : {}),
  };
}

function collectFragment(
  { typeCondition, directives, selectionSet }: InlineFragmentNode,
  around: string | undefined,
  into: SelectionNode[],
  context: ResolveContext,
): void {
  const type = typeCondition?.name.value ?? around;
  const rest = deferDirectivesOf(directives, context);
  // A fragment without effect is left out, so that planners have less nesting.
  if (type === around && !rest.directives) {
    collectSelections(selectionSet, type, into, context);
    return;
  }
  const selections: SelectionNode[] = [];
  collectSelections(selectionSet, type, selections, context);
  if (selections.length === 0) return;
  into.push({
    kind: Kind.INLINE_FRAGMENT,
    ...(typeCondition ? { typeCondition } : {}),
    ...rest,
    selectionSet: { kind: Kind.SELECTION_SET, selections },
  });
}

function inlineSpread(selection: Exclude<SelectionNode, FieldNode>, { fragments }: ResolveContext): InlineFragmentNode {
  if (selection.kind === Kind.INLINE_FRAGMENT) return selection;
  const fragment = fragments.get(selection.name.value);
  if (!fragment) throw new Error(`the document has no fragment "${selection.name.value}"`);
  const { typeCondition, selectionSet } = fragment;
  return { kind: Kind.INLINE_FRAGMENT, typeCondition, directives: selection.directives ?? [], selectionSet };
}

function forwardedDirectivesOf(
  directives: readonly DirectiveNode[] | undefined,
  { forwardedDirectives }: ResolveContext,
): DirectiveNode[] {
  return (directives ?? [])
    .filter(({ name }) => forwardedDirectives.has(name.value))
    .map(({ kind, name, arguments: args = [] }) => ({
      kind,
      name,
      arguments: sortByName(args).map((node) => writeArgument(node)),
    }));
}

/** `@defer` alone, if its condition does not turn it off, with a unique label. */
function deferDirectivesOf(
  directives: readonly DirectiveNode[] | undefined,
  { variables, isIncremental, labels }: ResolveContext,
): { directives?: readonly DirectiveNode[] } {
  if (!directives?.length) return {};
  const rest = directives.flatMap((node): DirectiveNode[] => {
    if (node.name.value !== 'defer' || !isIncremental) return [];
    const args = (node.arguments ?? []).map((argument) => writeArgument(argument));
    const condition = args.find(({ name }) => name.value === 'if')?.value;
    if (condition && conditionValueOf(condition, variables) === false) return [];
    const label = args.find(({ name }) => name.value === 'label')?.value;
    const own = String(labels.size);
    labels.set(own, label?.kind === Kind.STRING ? label.value : undefined);
    return [{ kind: Kind.DIRECTIVE, name: node.name, arguments: [labelArgument(own)] }];
  });
  return rest.length > 0 ? { directives: rest } : {};
}

function labelArgument(value: string): ArgumentNode {
  return { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: 'label' }, value: { kind: Kind.STRING, value } };
}

function conditionValueOf(condition: ValueNode, variables: Variables): unknown {
  if (condition.kind === Kind.VARIABLE) return variables[condition.name.value];
  return condition.kind === Kind.BOOLEAN ? condition.value : undefined;
}

/** Equal fields are written alike: the Rust planner ends its process over two that are not. */
function writeArgument(node: ArgumentNode, inlined: ReadonlyMap<string, ValueNode> = NOTHING): ArgumentNode {
  return { kind: Kind.ARGUMENT, name: node.name, value: writeValue(node.value, inlined) };
}

const NOTHING: ReadonlyMap<string, ValueNode> = new Map();

function writeValue(node: ValueNode, inlined: ReadonlyMap<string, ValueNode>): ValueNode {
  switch (node.kind) {
    case Kind.OBJECT:
      return {
        kind: Kind.OBJECT,
        fields: sortByName(node.fields).map(({ kind, name, value }) => ({
          kind,
          name,
          value: writeValue(value, inlined),
        })),
      };
    case Kind.LIST:
      return { kind: Kind.LIST, values: node.values.map((value) => writeValue(value, inlined)) };
    case Kind.STRING:
      return { kind: Kind.STRING, value: node.value };
    case Kind.VARIABLE:
      return inlined.get(node.name.value) ?? node;
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
