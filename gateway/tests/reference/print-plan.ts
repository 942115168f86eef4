/** A plan → text to compare: one line for each node, with its selections on one line. */
import { type FieldNode, Kind, type OperationDefinitionNode, parse, print, type SelectionSetNode } from 'graphql';
import { responseKeyOf } from '../../kit/graphql/selections.ts';
import type {
  EntityFetch,
  EntityLookup,
  PlanNode,
  PlanPath,
  PlanPathSegment,
  Requirement,
  Rewrite,
} from '../../model/plan.ts';

export function printPlan(node: PlanNode | undefined): string {
  return node ? `${linesOf(node).join('\n')}\n` : 'nothing to fetch\n';
}

function linesOf(node: PlanNode): string[] {
  switch (node.kind) {
    case 'sequence':
    case 'parallel':
      return [node.kind, ...node.nodes.flatMap(linesOf).map((line) => `  ${line}`)];
    case 'root-fetch': {
      const { operation, ...rest } = operationOf(node.operation);
      const kind = node.operationKind === 'query' ? '' : `${node.operationKind} `;
      const at = node.at ? `at ${pathText(node.at)} ` : '';
      return [
        `${node.subgraph}: ${at}${kind}${inline(operation.selectionSet, rest)}`,
        ...rewrites('then', node.outputRewrites),
      ];
    }
    case 'defer':
      return [
        'defer',
        ...indented(node.primary),
        ...node.deferred.flatMap(({ label, depends, node: part }) => [
          `part ${label}${depends.length > 0 ? ` after ${depends.join(', ')}` : ''}`,
          ...indented(part),
        ]),
      ];
    case 'entity-fetch': {
      const lookups = node.lookups.flatMap((lookup) => lookupLines(node, lookup));
      return [`${node.subgraph}:`, ...lookups.map((line) => `  ${line}`)];
    }
  }
}

function indented(node: PlanNode | undefined): string[] {
  return node ? linesOf(node).map((line) => `  ${line}`) : [];
}

function lookupLines(fetch: EntityFetch, lookup: EntityLookup): string[] {
  const { operation, ...rest } = operationOf(fetch.operation);
  const field = operation.selectionSet.selections.find(
    (node): node is FieldNode => node.kind === Kind.FIELD && responseKeyOf(node) === lookup.responseKey,
  );
  if (!field?.selectionSet) throw new Error(`the fetch has no field "${lookup.responseKey}"`);
  return [
    `at ${lookup.paths.map(pathText).join(', ')}`,
    `  by ${requirementsText(lookup.requires)}`,
    ...rewrites('  as', lookup.inputRewrites),
    `  ${inline(field.selectionSet, rest)}`,
    ...rewrites('  then', lookup.outputRewrites),
  ];
}

interface Parsed {
  readonly operation: OperationDefinitionNode;
  readonly fragments: string;
}

function operationOf(text: string): Parsed {
  const { definitions } = parse(text, { noLocation: true });
  const operation = definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error('the fetch has no operation');
  const fragments = definitions.filter((node) => node !== operation).map((node) => ` ${oneLine(print(node))}`);
  return { operation, fragments: fragments.join('') };
}

function inline(selections: SelectionSetNode, { fragments }: Pick<Parsed, 'fragments'>): string {
  return oneLine(print(selections)) + fragments;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ');
}

function requirementsText(requires: readonly Requirement[]): string {
  const parts = requires.map((required) => {
    const below = required.requires.length > 0 ? ` ${requirementsText(required.requires)}` : '';
    if (required.kind === 'fragment') return `...${required.type === undefined ? '' : ` on ${required.type}`}${below}`;
    return `${required.name}${required.alias === undefined ? '' : ` as ${required.alias}`}${below}`;
  });
  return `{ ${parts.join(' ')} }`;
}

function rewrites(word: string, list: readonly Rewrite[]): string[] {
  return list.map((rewrite) => {
    const what = rewrite.kind === 'rename' ? `to ${rewrite.to}` : `= ${JSON.stringify(rewrite.value)}`;
    return `  ${word} ${pathText(rewrite.path)} ${what}`;
  });
}

function pathText(path: PlanPath): string {
  return path.map(segmentText).join('.');
}

function segmentText(segment: PlanPathSegment): string {
  switch (segment.kind) {
    case 'field':
      return segment.name;
    case 'items':
      return '@';
    case 'types':
      return `(${segment.names.join('|')})`;
  }
}
