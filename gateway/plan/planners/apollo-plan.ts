/** Plans of Apollo's planner → plans of the model. */
import type {
  DeferNode as ApolloDefer,
  PlanNode as ApolloNode,
  FetchDataRewrite,
  QueryPlanSelectionNode,
} from '@apollo/query-planner';
import { Kind, parse, print, type SelectionNode, type SelectionSetNode } from 'graphql';
import type { DeferredNode, PlanNode, PlanPath, PlanPathSegment, Requirement, Rewrite } from '../../model/plan.ts';
import { dropUnknownDependencies } from '../repair/deferred-parts/fetch-ids.ts';

/** Throws an `Error` for a node that the executor does not run. */
export function convertApolloPlan(raw: unknown): PlanNode | undefined {
  return raw ? dropUnknownDependencies(convertNode(raw as ApolloNode, [])) : undefined;
}

function convertNode(node: ApolloNode, at: PlanPath): PlanNode {
  switch (node.kind) {
    case 'Sequence':
      return { kind: 'sequence', nodes: node.nodes.map((child) => convertNode(child, at)) };
    case 'Parallel':
      return { kind: 'parallel', nodes: node.nodes.map((child) => convertNode(child, at)) };
    case 'Flatten':
      return convertNode(node.node, [...at, ...node.path.flatMap((segment) => convertPathSegment(String(segment)))]);
    case 'Fetch': {
      const shared = {
        ...(node.id === undefined ? {} : { id: node.id }),
        subgraph: node.serviceName,
        operation: node.operation,
        variables: node.variableUsages ?? [],
      };
      const outputRewrites = convertRewrites(node.outputRewrites);
      if (!node.requires?.length) {
        const inside = at.length > 0 ? { at, operation: withoutRootType(node.operation) } : {};
        return { kind: 'root-fetch', ...shared, ...inside, operationKind: node.operationKind, outputRewrites };
      }
      const lookup = {
        responseKey: '_entities',
        variable: 'representations',
        paths: [at],
        requires: node.requires.map(convertRequirement),
        inputRewrites: convertRewrites(node.inputRewrites),
        outputRewrites,
      };
      return { kind: 'entity-fetch', ...shared, lookups: [lookup] };
    }
    case 'Defer':
      return convertDefer(node, at);
    case 'Condition':
      throw new Error(`the plan has a ${node.kind} node, which this engine does not run`);
  }
}

/** A fragment at the root names the supergraph's root type; a subgraph may have another name for its own. */
function withoutRootType(text: string): string {
  const document = parse(text, { noLocation: true });
  const fieldsOf = ({ selections }: SelectionSetNode): readonly SelectionNode[] =>
    selections.flatMap((node) => (node.kind === Kind.INLINE_FRAGMENT ? fieldsOf(node.selectionSet) : node));
  const definitions = document.definitions.map((node) => {
    if (node.kind !== Kind.OPERATION_DEFINITION) return node;
    return { ...node, selectionSet: { ...node.selectionSet, selections: fieldsOf(node.selectionSet) } };
  });
  return print({ ...document, definitions });
}

function convertDefer({ primary, deferred }: ApolloDefer, at: PlanPath): PlanNode {
  return {
    kind: 'defer',
    primary: primary.node && convertNode(primary.node, at),
    deferred: deferred.map(({ label, depends, node }): DeferredNode => {
      if (label === undefined) throw new Error('the plan has a deferred part without a label');
      return { label, depends: depends.map(({ id }) => id), node: node && convertNode(node, at) };
    }),
  };
}

/** `name`, `@`, `... on T`, and `name|[T,U]`: a field with a condition on the types of its objects. */
function convertPathSegment(segment: string): PlanPathSegment[] {
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

function convertRequirement(selection: QueryPlanSelectionNode): Requirement {
  const requires = (selection.selections ?? []).map(convertRequirement);
  if (selection.kind === 'InlineFragment') return { kind: 'fragment', type: selection.typeCondition, requires };
  return { kind: 'field', name: selection.name, ...(selection.alias ? { alias: selection.alias } : {}), requires };
}

function convertRewrites(rewrites: readonly FetchDataRewrite[] | undefined): Rewrite[] {
  return (rewrites ?? []).map((rewrite): Rewrite => {
    const path = rewrite.path.flatMap((segment) => convertPathSegment(segment));
    return rewrite.kind === 'KeyRenamer'
      ? { kind: 'rename', path, to: rewrite.renameKeyTo }
      : { kind: 'set', path, value: rewrite.setValueTo };
  });
}
