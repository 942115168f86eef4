/**
 * Repairs missing union members in plans of both planners. If a union has different members in different subgraphs,
 * planners ask an object that several subgraphs share only for the members that all of them have, and the others would
 * be null. This half adds what the fetch's own subgraph has of them, without a further fetch; `plan-missing-members.ts`
 * plans the rest. Case: `partial-unions`.
 */
import {
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { collectVariables } from '../../../kit/graphql/collect-variables.ts';
import { responseKeyOf, selectedFields } from '../../../kit/graphql/selections.ts';
import type { EntityFetch, RootFetch } from '../../../model/plan.ts';
import type { SubgraphTypes } from '../../../model/supergraph/subgraph-types.ts';
import { fragmentOn, keysOf, selectionSetOf, setsAt } from '../../selections.ts';

/** The client's selection sets at the place of a fetch's selection set. */
interface MemberScope {
  readonly subgraph: string;
  readonly requested: readonly SelectionSetNode[];
  /** Response keys for which the fetch has an alias of the planner's. */
  readonly renamedKeys: ReadonlySet<string>;
  readonly types: SubgraphTypes;
}

export function completeMembers<T extends RootFetch | EntityFetch>(
  fetch: T,
  operation: OperationDefinitionNode,
  types: SubgraphTypes,
): T {
  const document = parse(fetch.operation, { noLocation: true });
  const renamedKeys = renamedKeysOf(fetch);
  const added: FieldNode[] = [];
  const definitions = document.definitions.map((node) => {
    if (node.kind !== Kind.OPERATION_DEFINITION) return node;
    const selections = node.selectionSet.selections.map((selection) => {
      const requested = selectionsAt(selection, fetch, operation);
      if (requested.length === 0) return selection;
      const scope = { subgraph: fetch.subgraph, requested, renamedKeys, types };
      const root = fetch.kind === 'root-fetch' ? types.rootType(fetch.operationKind) : '_Entity';
      return completeSelection(selection, root, scope, added);
    });
    return { ...node, selectionSet: { ...node.selectionSet, selections } };
  });
  if (added.length === 0) return fetch;
  const variableNames = added.flatMap((node) => [...collectVariables(node)]);
  const missing = (operation.variableDefinitions ?? []).filter(
    ({ variable: { name } }) => variableNames.includes(name.value) && !fetch.variables.includes(name.value),
  );
  const completed = definitions.map((node) =>
    node.kind === Kind.OPERATION_DEFINITION
      ? { ...node, variableDefinitions: [...(node.variableDefinitions ?? []), ...missing] }
      : node,
  );
  return {
    ...fetch,
    operation: print({ ...document, definitions: completed }),
    variables: [...fetch.variables, ...missing.map(({ variable }) => variable.name.value)],
  };
}

function renamedKeysOf(fetch: RootFetch | EntityFetch): Set<string> {
  const rewrites = fetch.kind === 'root-fetch' ? fetch.outputRewrites : fetch.lookups.flatMap((l) => l.outputRewrites);
  return new Set(rewrites.flatMap((rewrite) => (rewrite.kind === 'rename' ? rewrite.to : [])));
}

/** The client's selection sets for the objects of a top-level selection of a fetch. */
function selectionsAt(
  selection: SelectionNode,
  fetch: RootFetch | EntityFetch,
  { selectionSet }: OperationDefinitionNode,
): readonly SelectionSetNode[] {
  if (fetch.kind === 'root-fetch') return setsAt([selectionSet], keysOf(fetch.at ?? []));
  const lookup = fetch.lookups.find(
    ({ responseKey }) => selection.kind === Kind.FIELD && responseKeyOf(selection) === responseKey,
  );
  return (lookup?.paths ?? []).flatMap((path) => setsAt([selectionSet], keysOf(path)));
}

function completeSelection(node: SelectionNode, type: string, scope: MemberScope, added: FieldNode[]): SelectionNode {
  if (node.kind === Kind.FRAGMENT_SPREAD || !node.selectionSet) return node;
  if (node.kind === Kind.INLINE_FRAGMENT) {
    const condition = node.typeCondition?.name.value ?? type;
    return { ...node, selectionSet: completeSet(node.selectionSet, condition, scope, added) };
  }
  // The selection set of `_entities` is for the objects at the place itself.
  if (type === '_Entity') return { ...node, selectionSet: completeSet(node.selectionSet, type, scope, added) };
  const below = scope.types.subgraphFieldType(type, node.name.value, scope.subgraph);
  const requested = scope.requested
    .flatMap((set) => selectedFields(set, () => true))
    .filter((field) => responseKeyOf(field) === responseKeyOf(node) && field.name.value === node.name.value)
    .flatMap((field) => field.selectionSet ?? []);
  if (below === undefined || requested.length === 0) return node;
  return { ...node, selectionSet: completeSet(node.selectionSet, below, { ...scope, requested }, added) };
}

function completeSet(set: SelectionSetNode, type: string, scope: MemberScope, added: FieldNode[]): SelectionSetNode {
  const completed = set.selections.map((selection) => completeSelection(selection, type, scope, added));
  const missing = scope.types.unionMembersOf(type, scope.subgraph).flatMap((member) => {
    const fields = missingFieldsOf(member, set, scope);
    added.push(...fields);
    return fields.length > 0 ? fragmentOn(member, selectionSetOf(fields)) : [];
  });
  return { ...set, selections: [...completed, ...missing] };
}

/** Fields of a member that the client selects, the fetch does not, and the subgraph has. */
function missingFieldsOf(
  member: string,
  set: SelectionSetNode,
  { requested, subgraph, renamedKeys, types }: MemberScope,
): FieldNode[] {
  const applies = (condition: string | undefined): boolean => types.conditionMatches(condition, member);
  const keys = new Set(selectedFields(set, applies).map(responseKeyOf));
  return requested
    .flatMap((set) => selectedFields(set, applies))
    .filter((field) => !keys.has(responseKeyOf(field)) && !renamedKeys.has(responseKeyOf(field)))
    .filter((field) => isResolvedBy(field, member, subgraph, types));
}

function isResolvedBy(field: FieldNode, type: string, subgraph: string, types: SubgraphTypes): boolean {
  if (field.name.value === '__typename') return true;
  if (!types.resolvesField(type, field.name.value, subgraph)) return false;
  // Conditions left nothing of it.
  if (field.selectionSet?.selections.length === 0) return false;
  const below = types.subgraphFieldType(type, field.name.value, subgraph);
  return selectedFields(field.selectionSet, () => true).every(
    (inner) => below !== undefined && isResolvedBy(inner, below, subgraph, types),
  );
}
