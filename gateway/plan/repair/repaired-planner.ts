/**
 * A plan → the plan with what planners leave out: where a union has other members in other subgraphs, they ask an object
 * that several of them share only for the members that all have, and would give null for the fields of the rest. What its
 * subgraphs would refuse to answer under one name has two. Directives and literals are as the client wrote them.
 */
import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { inlineFragments } from '../../kit/graphql/inline-fragments.ts';
import { responseKeyOf, selectedFields } from '../../kit/graphql/selections.ts';
import { usedVariables } from '../../kit/graphql/used-variables.ts';
import { PublicError } from '../../model/errors.ts';
import type { Overrides } from '../../model/overrides.ts';
import type { EntityFetch, PlanNode, PlanPath, RootFetch } from '../../model/plan.ts';
import type { Planner } from '../planner.ts';
import { readSubgraphTypes, type SubgraphTypes } from '../subgraph-types.ts';
import { splitParts } from './deferred-parts/part-operations.ts';
import { isDeferredPlanComplete } from './deferred-parts/verify-deferred-plan.ts';
import { isAlteredByPlanners, writePlannerText } from './literals/planner-text.ts';
import { restoreLiterals } from './literals/restore-literals.ts';
import type { BoundField } from './required-arguments/bind-required-arguments.ts';
import { unbindRequiredArguments } from './required-arguments/unbind-required-arguments.ts';
import { aliasTypeConflicts } from './type-conflicts/alias-conflicts.ts';
import { planMissingMembers } from './union-members/plan-missing-members.ts';

export interface RepairOptions {
  readonly overrides?: Pick<Overrides, 'isActive'>;
  /** The fields of the supergraph that stand for others with arguments. */
  readonly requiredFields?: ReadonlyMap<string, BoundField>;
  /** The query fields of the supergraph from which union members are planned. */
  readonly memberEntries?: ReadonlyMap<string, string>;
}

/**
 * A planner whose plans are complete. Its `plan` throws a `PublicError` where there is nothing to fetch for what is asked, and an `Error`
 * where a plan in parts does not come to all of each part: such an operation is to be planned whole.
 */
export function withRepairedPlans(planner: Planner, supergraph: DocumentNode, options: RepairOptions = {}): Planner {
  const { overrides, requiredFields, memberEntries } = options;
  const known = new Map<number, SubgraphTypes>();
  /** No more are known than there are draws that stand for others. */
  const typesFor = (draw: number): SubgraphTypes => {
    const types =
      known.get(draw) ?? readSubgraphTypes(supergraph, (label) => overrides?.isActive(label, draw) ?? false);
    known.set(draw, types);
    return types;
  };
  const planRepaired: Planner['plan'] = async (text, operationName, draw = 0) => {
    const document = parse(text, { noLocation: true });
    const isAltered = isAlteredByPlanners(document);
    const plan = await planner.plan(isAltered ? writePlannerText(document) : text, operationName, draw);
    const types = typesFor(draw);
    const operation = inlineFragments(document, operationName);
    const repaired = plan && repairPlan(plan, operation, types, isAltered);
    const reached =
      repaired && memberEntries?.size
        ? await planMissingMembers(repaired, {
            operation,
            types,
            entryFieldOf: (subgraph, member) => memberEntries.get(`${types.graphNameOf(subgraph)} ${member}`),
            plan: (inner) => planRepaired(inner, undefined, draw).catch(ignoreUnanswerable),
          })
        : repaired;
    if (reached?.kind === 'defer' && !isDeferredPlanComplete(reached, operation, types)) {
      throw new Error('the plan in parts leaves out some of what they ask for');
    }
    if (reached) return requiredFields?.size ? unbindRequiredArguments(reached, requiredFields, types) : reached;
    if (operation.selectionSet.selections.every(isTypeName)) return undefined;
    throw new PublicError('GRAPHQL_VALIDATION_FAILED', 'no subgraph can give what is asked here');
  };
  return { ...planner, plan: planRepaired };
}

/** What nobody gives is null where it was asked. */
function ignoreUnanswerable(reason: unknown): undefined {
  if (reason instanceof PublicError && reason.code === 'GRAPHQL_VALIDATION_FAILED') return undefined;
  throw reason;
}

function repairPlan(
  plan: PlanNode,
  operation: OperationDefinitionNode,
  types: SubgraphTypes,
  isAltered: boolean,
): PlanNode {
  const parts = splitParts(operation);
  const repairNode = (node: PlanNode, requested: OperationDefinitionNode): PlanNode => {
    switch (node.kind) {
      case 'sequence':
      case 'parallel':
        return { ...node, nodes: node.nodes.map((child) => repairNode(child, requested)) };
      case 'root-fetch':
      case 'entity-fetch':
        return aliasTypeConflicts(
          completeMembers(isAltered ? restoreLiterals(node, requested, types) : node, requested, types),
          types,
        );
      case 'defer': {
        const deferred = node.deferred.map((part) => {
          const ownPart = parts.get(part.label)?.requested ?? requested;
          return { ...part, node: part.node && repairNode(part.node, ownPart) };
        });
        return { ...node, primary: node.primary && repairNode(node.primary, requested), deferred };
      }
    }
  };
  return repairNode(plan, parts.get(undefined)!.requested);
}

/** What a selection set is compared with: the client's selection sets at the same place. */
interface MemberScope {
  readonly subgraph: string;
  readonly requested: readonly SelectionSetNode[];
  /** Keys that the fetch has under names of its planner's. */
  readonly renamedKeys: ReadonlySet<string>;
  readonly types: SubgraphTypes;
}

function completeMembers<T extends RootFetch | EntityFetch>(
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
  const variableNames = added.flatMap((node) => [...usedVariables(node)]);
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

/** The client's selection sets that a top-level selection of a fetch answers. */
function selectionsAt(
  selection: SelectionNode,
  fetch: RootFetch | EntityFetch,
  { selectionSet }: OperationDefinitionNode,
): SelectionSetNode[] {
  if (fetch.kind === 'root-fetch') return selectionsBelow([selectionSet], fetch.at ?? []);
  const lookup = fetch.lookups.find(
    ({ responseKey }) => selection.kind === Kind.FIELD && responseKeyOf(selection) === responseKey,
  );
  return (lookup?.paths ?? []).flatMap((path) => selectionsBelow([selectionSet], path));
}

function selectionsBelow(sets: readonly SelectionSetNode[], path: PlanPath): SelectionSetNode[] {
  let current = [...sets];
  for (const segment of path) {
    if (segment.kind !== 'field') continue;
    current = current
      .flatMap((set) => selectedFields(set, () => true))
      .flatMap((field) => (responseKeyOf(field) === segment.name && field.selectionSet ? field.selectionSet : []));
  }
  return current;
}

function completeSelection(node: SelectionNode, type: string, scope: MemberScope, added: FieldNode[]): SelectionNode {
  if (node.kind === Kind.FRAGMENT_SPREAD || !node.selectionSet) return node;
  if (node.kind === Kind.INLINE_FRAGMENT) {
    const condition = node.typeCondition?.name.value ?? type;
    return { ...node, selectionSet: completeSet(node.selectionSet, condition, scope, added) };
  }
  // The entities of a fetch are at the place itself.
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
    const typeCondition = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: member } } as const;
    const selectionSet = { kind: Kind.SELECTION_SET, selections: fields } as const;
    return fields.length > 0 ? [{ kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet } as const] : [];
  });
  return { ...set, selections: [...completed, ...missing] };
}

/** What the client asks of objects of this type, the fetch does not, and the subgraph gives. */
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
  // What conditions left nothing of is not worth a question of its own.
  if (field.selectionSet?.selections.length === 0) return false;
  const below = types.subgraphFieldType(type, field.name.value, subgraph);
  return selectedFields(field.selectionSet, () => true).every(
    (inner) => below !== undefined && isResolvedBy(inner, below, subgraph, types),
  );
}

function isTypeName(node: SelectionNode): boolean {
  return node.kind === Kind.FIELD && node.name.value === '__typename';
}
