/** Plans of the Rust planner of Hive Router → plans of the model. */
import type {
  EntityBatchAlias,
  FetchNodePathSegment,
  FetchRewrite,
  FlattenNodePathSegment,
  PlanNode as HiveNode,
  RequiresSelection,
} from '@graphql-hive/router-query-planner';
import type { EntityLookup, PlanNode, PlanPath, PlanPathSegment, Requirement, Rewrite } from '../../model/plan.ts';

/** Throws an `Error` for a node that the executor does not run. */
export function convertHivePlan(raw: unknown): PlanNode | undefined {
  return raw ? convertNode(raw as HiveNode, []) : undefined;
}

function convertNode(node: HiveNode, at: PlanPath): PlanNode {
  switch (node.kind) {
    case 'Sequence':
      return { kind: 'sequence', nodes: node.nodes.map((child) => convertNode(child, at)) };
    case 'Parallel':
      return { kind: 'parallel', nodes: node.nodes.map((child) => convertNode(child, at)) };
    case 'Flatten':
      return convertNode(node.node, [...at, ...node.path.map(convertFlattenSegment)]);
    case 'Fetch': {
      const shared = { subgraph: node.serviceName, operation: node.operation, variables: node.variableUsages ?? [] };
      if (!node.requires?.length) {
        const operationKind = node.operationKind ?? 'query';
        const inside = at.length > 0 ? { at } : {};
        const outputRewrites = convertRewrites(node.outputRewrites);
        return { kind: 'root-fetch', ...shared, ...inside, operationKind, outputRewrites };
      }
      const lookup: EntityLookup = {
        responseKey: '_entities',
        variable: 'representations',
        paths: [at],
        requires: node.requires.map(convertRequirement),
        inputRewrites: convertRewrites(node.inputRewrites),
        outputRewrites: convertRewrites(node.outputRewrites),
      };
      return { kind: 'entity-fetch', ...shared, lookups: [lookup] };
    }
    case 'BatchFetch':
      return {
        kind: 'entity-fetch',
        subgraph: node.serviceName,
        operation: node.operation,
        variables: node.variableUsages ?? [],
        lookups: node.entityBatch.aliases.map((alias) => convertLookup(alias, at)),
      };
    case 'Condition':
    case 'Subscription':
    case 'Defer':
      throw new Error(`the plan has a ${node.kind} node, which this engine does not run`);
  }
}

function convertLookup(alias: EntityBatchAlias, at: PlanPath): EntityLookup {
  return {
    responseKey: alias.alias,
    variable: alias.representationsVariableName,
    paths: alias.paths.map((path) => [...at, ...path.map(convertFlattenSegment)]),
    requires: alias.requires.map(convertRequirement),
    inputRewrites: convertRewrites(alias.inputRewrites),
    outputRewrites: convertRewrites(alias.outputRewrites),
  };
}

function convertFlattenSegment(segment: FlattenNodePathSegment): PlanPathSegment {
  if (segment === '@') return { kind: 'items' };
  if ('Field' in segment) return { kind: 'field', name: segment.Field };
  return { kind: 'types', names: segment.TypeCondition };
}

function convertRewriteSegment(segment: FetchNodePathSegment): PlanPathSegment {
  return 'Key' in segment ? { kind: 'field', name: segment.Key } : { kind: 'types', names: segment.TypenameEquals };
}

function convertRequirement(selection: RequiresSelection): Requirement {
  switch (selection.kind) {
    case 'Field':
      return {
        kind: 'field',
        name: selection.name,
        ...(selection.alias ? { alias: selection.alias } : {}),
        requires: (selection.selections ?? []).map(convertRequirement),
      };
    case 'InlineFragment':
      return {
        kind: 'fragment',
        type: selection.typeCondition,
        requires: selection.selections.map(convertRequirement),
      };
    case 'FragmentSpread':
      throw new Error('the plan spreads a named fragment in the requirements of a fetch');
  }
}

function convertRewrites(rewrites: readonly FetchRewrite[] | undefined): Rewrite[] {
  return (rewrites ?? []).map((rewrite): Rewrite => {
    if ('KeyRenamer' in rewrite) {
      const { path, renameKeyTo } = rewrite.KeyRenamer;
      return { kind: 'rename', path: path.map(convertRewriteSegment), to: renameKeyTo };
    }
    const { path, setValueTo } = 'ValueSetter' in rewrite ? rewrite.ValueSetter : rewrite;
    return { kind: 'set', path: path.map(convertRewriteSegment), value: setValueTo };
  });
}
