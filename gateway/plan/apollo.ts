/** Adapter to Apollo's planner: its plan nodes → the model's. */
import type { PlanNode as ApolloNode, FetchDataRewrite, QueryPlanSelectionNode } from '@apollo/query-planner';
import { parse } from 'graphql';
import { DEFAULT_LIMITS } from '../model/limits.ts';
import type { PlanNode, PlanPath, PlanPathSegment, Requirement, Rewrite } from '../model/plan.ts';
import type { Planner } from './port.ts';

export async function createApolloPlanner(
  supergraph: string,
  plansWeighedMax: number = DEFAULT_LIMITS.plansWeighedMax,
): Promise<Planner> {
  const { Supergraph, operationFromDocument } = await import('@apollo/federation-internals');
  const { QueryPlanner } = await import('@apollo/query-planner');
  const built = Supergraph.build(supergraph);
  const planner = new QueryPlanner(built, { debug: { maxEvaluatedPlans: plansWeighedMax } });
  const schema = built.apiSchema();
  return {
    name: 'apollo',
    plan: async (operation, operationName) => {
      const parsed = operationFromDocument(
        schema,
        parse(operation),
        operationName === undefined ? {} : { operationName },
      );
      const { node } = planner.buildQueryPlan(parsed);
      if (node?.kind === 'Subscription')
        throw new Error('the plan has a Subscription node, which this engine does not run');
      return node && nodeOf(node, []);
    },
  };
}

function nodeOf(node: ApolloNode, at: PlanPath): PlanNode {
  switch (node.kind) {
    case 'Sequence':
      return { kind: 'sequence', nodes: node.nodes.map((child) => nodeOf(child, at)) };
    case 'Parallel':
      return { kind: 'parallel', nodes: node.nodes.map((child) => nodeOf(child, at)) };
    case 'Flatten':
      return nodeOf(node.node, [...at, ...node.path.flatMap((segment) => pathSegments(String(segment)))]);
    case 'Fetch': {
      const shared = { subgraph: node.serviceName, operation: node.operation, variables: node.variableUsages ?? [] };
      const outputRewrites = rewritesOf(node.outputRewrites);
      if (!node.requires?.length) {
        return { kind: 'root-fetch', ...shared, operationKind: node.operationKind, outputRewrites };
      }
      const lookup = {
        responseKey: '_entities',
        variable: 'representations',
        paths: [at],
        requires: node.requires.map(requirementOf),
        inputRewrites: rewritesOf(node.inputRewrites),
        outputRewrites,
      };
      return { kind: 'entity-fetch', ...shared, lookups: [lookup] };
    }
    case 'Condition':
    case 'Defer':
      throw new Error(`the plan has a ${node.kind} node, which this engine does not run`);
  }
}

/** `name`, `@`, `... on T`, and `name|[T,U]`, which is a field followed by a condition on the types met there. */
function pathSegments(segment: string): PlanPathSegment[] {
  const [name = '', types] = segment.split('|');
  const condition = types
    ?.replace(/^\[|\]$/g, '')
    .split(',')
    .map((type) => type.trim());
  const head: PlanPathSegment[] = name.startsWith('... on ')
    ? [{ kind: 'types', names: [name.slice('... on '.length)] }]
    : [name === '@' ? { kind: 'items' } : { kind: 'field', name }];
  return condition ? [...head, { kind: 'types', names: condition }] : head;
}

function requirementOf(selection: QueryPlanSelectionNode): Requirement {
  const requires = (selection.selections ?? []).map(requirementOf);
  if (selection.kind === 'InlineFragment') return { kind: 'fragment', type: selection.typeCondition, requires };
  return { kind: 'field', name: selection.name, ...(selection.alias ? { alias: selection.alias } : {}), requires };
}

function rewritesOf(rewrites: readonly FetchDataRewrite[] | undefined): Rewrite[] {
  return (rewrites ?? []).map((rewrite): Rewrite => {
    const path = rewrite.path.flatMap((segment) => pathSegments(segment));
    return rewrite.kind === 'KeyRenamer'
      ? { kind: 'rename', path, to: rewrite.renameKeyTo }
      : { kind: 'set', path, value: rewrite.setValueTo };
  });
}
