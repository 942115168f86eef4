/**
 * A planner → a planner whose plans are repaired. This file puts the repairs in order. Each of them is a folder beside
 * it, and its head says what it repairs, in which planner, and which folder of `tests/reference/cases/` shows it. Two
 * have a half in `supergraph/planning/`, which gives planners the fields that they need to see.
 */
import { Kind, type OperationDefinitionNode, parse, type SelectionNode } from 'graphql';
import { inlineFragments } from '../../kit/graphql/inline-fragments.ts';
import { PublicError } from '../../model/errors.ts';
import type { PlanNode } from '../../model/plan.ts';
import type { PlanningSupergraph } from '../../model/supergraph/planning-supergraph.ts';
import type { SubgraphTypes } from '../../model/supergraph/subgraph-types.ts';
import type { Planner } from '../planner.ts';
import { splitParts } from './deferred-parts/part-operations.ts';
import { isDeferredPlanComplete } from './deferred-parts/verify-deferred-plan.ts';
import { isAlteredByPlanners, writePlannerText } from './literals/planner-text.ts';
import { restoreLiterals } from './literals/restore-literals.ts';
import { unbindRequiredArguments } from './required-arguments/unbind-required-arguments.ts';
import { aliasTypeConflicts } from './type-conflicts/alias-conflicts.ts';
import { completeMembers } from './union-members/complete-members.ts';
import { planMissingMembers } from './union-members/plan-missing-members.ts';

/**
 * The `plan` of the result throws a `PublicError` if no subgraph has what the operation asks for. It throws an `Error`
 * if a plan in parts leaves something out of a part: such an operation has to be planned whole.
 */
export function withRepairedPlans(
  planner: Planner,
  { typesFor, boundFields, entryFields }: Pick<PlanningSupergraph, 'typesFor' | 'boundFields' | 'entryFields'>,
): Planner {
  const plan: Planner['plan'] = async (text, operationName, draw = 0) => {
    const document = parse(text, { noLocation: true });
    const isAltered = isAlteredByPlanners(document);
    const planned = await planner.plan(isAltered ? writePlannerText(document) : text, operationName, draw);
    const types = typesFor(draw);
    const operation = inlineFragments(document, operationName);
    const repaired = planned && repairFetches(planned, operation, types, isAltered);
    const reached =
      repaired && entryFields.size > 0
        ? await planMissingMembers(repaired, {
            operation,
            types,
            entryFieldOf: (subgraph, member) => entryFields.get(`${types.graphNameOf(subgraph)} ${member}`),
            plan: (inner) => plan(inner, undefined, draw).catch(ignoreUnanswerable),
          })
        : repaired;
    if (reached?.kind === 'defer' && !isDeferredPlanComplete(reached, operation, types)) {
      throw new Error('the plan in parts leaves out fields of a part');
    }
    if (reached) return boundFields.size > 0 ? unbindRequiredArguments(reached, boundFields, types) : reached;
    if (operation.selectionSet.selections.every(isTypename)) return undefined;
    throw new PublicError('GRAPHQL_VALIDATION_FAILED', 'no subgraph has the fields that are selected here');
  };
  return { ...planner, plan };
}

/** A field that no subgraph has is null. */
function ignoreUnanswerable(reason: unknown): undefined {
  if (reason instanceof PublicError && reason.code === 'GRAPHQL_VALIDATION_FAILED') return undefined;
  throw reason;
}

function repairFetches(
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

function isTypename(node: SelectionNode): boolean {
  return node.kind === Kind.FIELD && node.name.value === '__typename';
}
