/**
 * Repairs missing union members in plans of both planners: the fields that a fetch's own subgraph does not have. Each
 * member is planned alone, from the query field that `supergraph/planning/add-entry-fields.ts` adds for it. The fetch
 * then asks for the member's key, and the rest of that plan follows. Case: `partial-unions`.
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
import { inlineFragments } from '../../../kit/graphql/inline-fragments.ts';
import { responseKeyOf, selectedFields } from '../../../kit/graphql/selections.ts';
import type { EntityFetch, PlanNode, PlanPath, RootFetch } from '../../../model/plan.ts';
import type { SubgraphTypes } from '../../../model/supergraph/subgraph-types.ts';
import { fragmentOn, keysOf, selectionSetOf, setsAt } from '../../selections.ts';
import { aliasTypeConflicts } from '../type-conflicts/alias-conflicts.ts';

export interface MissingMembersOptions {
  readonly operation: OperationDefinitionNode;
  readonly types: SubgraphTypes;
  /** The query field from which a member is planned; undefined if there is none. */
  entryFieldOf(subgraph: string, member: string): string | undefined;
  /** Undefined if no subgraph has what the operation asks for. */
  plan(text: string): Promise<PlanNode | undefined>;
}

/** Returns a plan in parts as it is. */
export async function planMissingMembers(plan: PlanNode, options: MissingMembersOptions): Promise<PlanNode> {
  const fetches = fetchesOf(plan);
  if (!fetches) return plan;
  const planNode = async (node: PlanNode): Promise<PlanNode> => {
    if (node.kind === 'defer') return node;
    if (node.kind === 'root-fetch' || node.kind === 'entity-fetch') return planFetch(node, fetches, options);
    const nodes: PlanNode[] = [];
    for (const child of node.nodes) nodes.push(await planNode(child));
    return { ...node, nodes };
  };
  return planNode(plan);
}

type FetchNode = RootFetch | EntityFetch;

/** Undefined for a plan in parts. */
function fetchesOf(node: PlanNode): FetchNode[] | undefined {
  if (node.kind === 'defer') return undefined;
  if (node.kind === 'root-fetch' || node.kind === 'entity-fetch') return [node];
  const fetches: FetchNode[] = [];
  for (const child of node.nodes) {
    const inner = fetchesOf(child);
    if (!inner) return undefined;
    fetches.push(...inner);
  }
  return fetches;
}

/** Where a selection set of a fetch is. */
interface SelectionLocation {
  readonly type: string;
  /** From the root. A lookup of several places has several. */
  readonly paths: readonly PlanPath[];
}

async function planFetch(
  fetch: FetchNode,
  fetches: readonly FetchNode[],
  options: MissingMembersOptions,
): Promise<PlanNode> {
  const { types, operation } = options;
  const own = inlineFragments(parse(fetch.operation, { noLocation: true }));
  const followUps: PlanNode[] = [];
  const variableNames = new Set<string>();
  const planSet = async (set: SelectionSetNode, location: SelectionLocation): Promise<SelectionSetNode> => {
    const selections: SelectionNode[] = [];
    for (const node of set.selections) {
      if (node.kind === Kind.FRAGMENT_SPREAD || !node.selectionSet) {
        selections.push(node);
        continue;
      }
      const below = locationBelow(node, location, fetch, types);
      selections.push(
        below ? ({ ...node, selectionSet: await planSet(node.selectionSet, below) } as SelectionNode) : node,
      );
    }
    for (const member of types.unionMembersOf(location.type, fetch.subgraph)) {
      const entry = options.entryFieldOf(fetch.subgraph, member);
      const missingFields = entry === undefined ? [] : missingFieldsOf(member, location, fetches, options);
      const planned = missingFields.length > 0 ? await planMember(entry!, missingFields, options) : undefined;
      if (!planned) continue;
      for (const name of collectVariables(planned.key)) variableNames.add(name);
      selections.push(fragmentOn(member, planned.key));
      followUps.push(...planned.rest.map((node) => rebase(node, withType(location.paths, member))));
    }
    return { ...set, selections };
  };
  const root: SelectionLocation =
    fetch.kind === 'root-fetch'
      ? { type: types.rootType(fetch.operationKind), paths: [fetch.at ?? []] }
      : { type: '', paths: [] };
  const selectionSet = await planSet(own.selectionSet, root);
  if (followUps.length === 0) return fetch;
  const missing = (operation.variableDefinitions ?? []).filter(
    ({ variable: { name } }) => variableNames.has(name.value) && !fetch.variables.includes(name.value),
  );
  const variableDefinitions = [...(own.variableDefinitions ?? []), ...missing];
  const variables = [...fetch.variables, ...missing.map(({ variable }) => variable.name.value)];
  const text = print({ ...own, selectionSet, variableDefinitions });
  const completed = aliasTypeConflicts({ ...fetch, operation: text, variables }, types);
  return {
    kind: 'sequence',
    nodes: [completed, followUps.length === 1 ? followUps[0]! : { kind: 'parallel', nodes: followUps }],
  };
}

function locationBelow(
  node: Exclude<SelectionNode, { kind: Kind.FRAGMENT_SPREAD }>,
  { type, paths }: SelectionLocation,
  fetch: FetchNode,
  types: SubgraphTypes,
): SelectionLocation | undefined {
  if (node.kind === Kind.INLINE_FRAGMENT) return { type: node.typeCondition?.name.value ?? type, paths };
  const key = responseKeyOf(node);
  if (type === '' && fetch.kind === 'entity-fetch') {
    const lookup = fetch.lookups.find(({ responseKey }) => responseKey === key);
    return lookup && { type: '_Entity', paths: lookup.paths };
  }
  const below = types.subgraphFieldType(type, node.name.value, fetch.subgraph);
  return below === undefined
    ? undefined
    : { type: below, paths: paths.map((path) => [...path, { kind: 'field', name: key }]) };
}

/** Fields of the member that the client selects here, and no fetch does. */
function missingFieldsOf(
  member: string,
  { paths }: SelectionLocation,
  fetches: readonly FetchNode[],
  { operation, types }: MissingMembersOptions,
): FieldNode[] {
  const applies = (condition: string | undefined): boolean => types.conditionMatches(condition, member);
  const fieldsAt = (set: SelectionSetNode, path: PlanPath) =>
    setsAt([set], keysOf(path)).flatMap((one) => selectedFields(one, applies));
  return paths.flatMap((path) => {
    const fetchedKeys = new Set(
      fetches
        .flatMap((fetch) => fetchedSetsAt(fetch, keysOf(path)))
        .flatMap((set) => selectedFields(set, applies).map(responseKeyOf)),
    );
    return fieldsAt(operation.selectionSet, path).filter(
      (field) => !fetchedKeys.has(responseKeyOf(field)) && field.name.value !== '__typename',
    );
  });
}

/** The selection sets of a fetch for the objects under these keys. */
function fetchedSetsAt(fetch: FetchNode, keys: readonly string[]): readonly SelectionSetNode[] {
  const { selectionSet } = inlineFragments(parse(fetch.operation, { noLocation: true }));
  if (fetch.kind === 'root-fetch') return setsBelow([selectionSet], keysOf(fetch.at ?? []), keys);
  return fetch.lookups.flatMap(({ responseKey, paths }) => {
    const sets = setsAt([selectionSet], [responseKey]);
    return paths.flatMap((path) => setsBelow(sets, keysOf(path), keys));
  });
}

function setsBelow(
  sets: readonly SelectionSetNode[],
  base: readonly string[],
  keys: readonly string[],
): readonly SelectionSetNode[] {
  return base.every((key, i) => key === keys[i]) ? setsAt(sets, keys.slice(base.length)) : [];
}

interface PlannedMember {
  /** Selected where the fetch meets the member. */
  readonly key: SelectionSetNode;
  /** The fetches that follow, with paths from the entry field. */
  readonly rest: readonly PlanNode[];
}

async function planMember(
  entry: string,
  fields: readonly FieldNode[],
  options: MissingMembersOptions,
): Promise<PlannedMember | undefined> {
  const name = { kind: Kind.NAME, value: entry } as const;
  const field: FieldNode = { kind: Kind.FIELD, name, selectionSet: selectionSetOf(fields) };
  const variableNames = collectVariables(field);
  const { variableDefinitions = [] } = options.operation;
  const node = await options.plan(
    print({
      kind: Kind.OPERATION_DEFINITION,
      operation: options.operation.operation,
      variableDefinitions: variableDefinitions.filter(({ variable }) => variableNames.has(variable.name.value)),
      selectionSet: selectionSetOf([field]),
    } as OperationDefinitionNode),
  );
  const [first, ...rest] = node?.kind === 'sequence' ? node.nodes : [];
  if (first?.kind !== 'root-fetch' || first.outputRewrites.length > 0) return undefined;
  const [key] = setsAt([inlineFragments(parse(first.operation, { noLocation: true })).selectionSet], [entry]);
  return key && { key, rest };
}

/** Puts these paths in place of the entry field with which the paths of the node begin. */
function rebase(node: PlanNode, paths: readonly PlanPath[]): PlanNode {
  switch (node.kind) {
    case 'sequence':
    case 'parallel':
      return { ...node, nodes: node.nodes.map((child) => rebase(child, paths)) };
    case 'entity-fetch': {
      const move = (path: PlanPath): PlanPath[] => paths.map((base) => [...base, ...path.slice(1)]);
      return { ...node, lookups: node.lookups.map((lookup) => ({ ...lookup, paths: lookup.paths.flatMap(move) })) };
    }
    case 'root-fetch':
    case 'defer':
      throw new Error('a fetch that follows a key must be an entity fetch');
  }
}

function withType(paths: readonly PlanPath[], member: string): PlanPath[] {
  return paths.map((path) => [...path, { kind: 'types', names: [member] }]);
}
