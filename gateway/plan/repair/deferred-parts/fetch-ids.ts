/**
 * Repairs the ids of fetches, by which deferred parts name the fetches that they wait for. Apollo's planner may number
 * the fetches of nested parts from the start again. Test: `tests/reference/incremental-delivery.test.ts`.
 */
import type { PlanNode } from '../../../model/plan.ts';

/**
 * Drops dependencies on fetches that the plan does not have: nothing would end the wait. Throws an `Error` if two
 * fetches have one id.
 */
export function dropUnknownDependencies(plan: PlanNode): PlanNode {
  const ids = new Set<string>();
  collectIds(plan, ids);
  return keepDependencies(plan, ids);
}

function collectIds(node: PlanNode, ids: Set<string>): void {
  switch (node.kind) {
    case 'sequence':
    case 'parallel':
      for (const child of node.nodes) collectIds(child, ids);
      return;
    case 'root-fetch':
    case 'entity-fetch':
      if (node.id === undefined) return;
      if (ids.has(node.id)) throw new Error(`the plan has two fetches with the id ${node.id}`);
      ids.add(node.id);
      return;
    case 'defer':
      for (const part of [node.primary, ...node.deferred.map((deferred) => deferred.node)]) {
        if (part) collectIds(part, ids);
      }
  }
}

function keepDependencies(node: PlanNode, ids: ReadonlySet<string>): PlanNode {
  switch (node.kind) {
    case 'sequence':
    case 'parallel':
      return { ...node, nodes: node.nodes.map((child) => keepDependencies(child, ids)) };
    case 'root-fetch':
    case 'entity-fetch':
      return node;
    case 'defer':
      return {
        ...node,
        primary: node.primary && keepDependencies(node.primary, ids),
        deferred: node.deferred.map((part) => ({
          ...part,
          depends: part.depends.filter((id) => ids.has(id)),
          node: part.node && keepDependencies(part.node, ids),
        })),
      };
  }
}
