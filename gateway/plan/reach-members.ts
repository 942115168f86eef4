/**
 * A plan → the same with what it leaves out of union members that its subgraph has and others have not: their keys are asked for where they
 * are met, and the rest is fetched by them, as the planner plans it for such a member alone.
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
import { inlineFragments } from '../kit/inline-fragments.ts';
import { variablesIn } from '../kit/variables-in.ts';
import type { EntityFetch, PlanNode, PlanPath, RootFetch } from '../model/plan.ts';
import { separateTypes } from './separate.ts';
import type { SubgraphTypes } from './subgraph-types.ts';

export interface Reaching {
  readonly operation: OperationDefinitionNode;
  readonly types: SubgraphTypes;
  /** The query field from which a member is planned; undefined where there is none. */
  entryOf(subgraph: string, member: string): string | undefined;
  /** Undefined where nobody can give what is asked. */
  plan(text: string): Promise<PlanNode | undefined>;
}

/** A plan in parts stays as it is. */
export async function reachMembers(plan: PlanNode, reaching: Reaching): Promise<PlanNode> {
  const fetches = fetchesIn(plan);
  if (!fetches) return plan;
  const reach = async (node: PlanNode): Promise<PlanNode> => {
    if (node.kind === 'defer') return node;
    if (node.kind === 'root-fetch' || node.kind === 'entity-fetch') return reachFetch(node, fetches, reaching);
    const nodes: PlanNode[] = [];
    for (const child of node.nodes) nodes.push(await reach(child));
    return { ...node, nodes };
  };
  return reach(plan);
}

type Fetch = RootFetch | EntityFetch;

/** Undefined for a plan in parts. */
function fetchesIn(node: PlanNode): Fetch[] | undefined {
  if (node.kind === 'defer') return undefined;
  if (node.kind === 'root-fetch' || node.kind === 'entity-fetch') return [node];
  const found: Fetch[] = [];
  for (const child of node.nodes) {
    const inner = fetchesIn(child);
    if (!inner) return undefined;
    found.push(...inner);
  }
  return found;
}

/** A selection set of a fetch. */
interface Place {
  readonly type: string;
  /** From the root; several for a lookup of several places. */
  readonly paths: readonly PlanPath[];
}

async function reachFetch(fetch: Fetch, fetches: readonly Fetch[], reaching: Reaching): Promise<PlanNode> {
  const { types, operation } = reaching;
  const own = inlineFragments(parse(fetch.operation, { noLocation: true }));
  const after: PlanNode[] = [];
  const used = new Set<string>();
  const reachSet = async (set: SelectionSetNode, place: Place): Promise<SelectionSetNode> => {
    const selections: SelectionNode[] = [];
    for (const node of set.selections) {
      if (node.kind === Kind.FRAGMENT_SPREAD || !node.selectionSet) {
        selections.push(node);
        continue;
      }
      const below = belowOf(node, place, fetch, types);
      selections.push(
        below ? ({ ...node, selectionSet: await reachSet(node.selectionSet, below) } as SelectionNode) : node,
      );
    }
    for (const member of types.membersOf(place.type, fetch.subgraph)) {
      const entry = reaching.entryOf(fetch.subgraph, member);
      const lacking = entry === undefined ? [] : lackingOf(member, place, fetches, reaching);
      const found = lacking.length > 0 ? await planMember(entry!, lacking, reaching) : undefined;
      if (!found) continue;
      for (const name of variablesIn(found.key)) used.add(name);
      const typeCondition = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: member } } as const;
      selections.push({ kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet: found.key });
      after.push(...found.rest.map((node) => movedTo(node, withType(place.paths, member))));
    }
    return { ...set, selections };
  };
  const root: Place =
    fetch.kind === 'root-fetch'
      ? { type: types.rootType(fetch.operationKind), paths: [fetch.at ?? []] }
      : { type: '', paths: [] };
  const selectionSet = await reachSet(own.selectionSet, root);
  if (after.length === 0) return fetch;
  const missing = (operation.variableDefinitions ?? []).filter(
    ({ variable: { name } }) => used.has(name.value) && !fetch.variables.includes(name.value),
  );
  const variableDefinitions = [...(own.variableDefinitions ?? []), ...missing];
  const variables = [...fetch.variables, ...missing.map(({ variable }) => variable.name.value)];
  const text = print({ ...own, selectionSet, variableDefinitions });
  const reached = separateTypes({ ...fetch, operation: text, variables }, types);
  return { kind: 'sequence', nodes: [reached, after.length === 1 ? after[0]! : { kind: 'parallel', nodes: after }] };
}

function belowOf(
  node: Exclude<SelectionNode, { kind: Kind.FRAGMENT_SPREAD }>,
  { type, paths }: Place,
  fetch: Fetch,
  types: SubgraphTypes,
): Place | undefined {
  if (node.kind === Kind.INLINE_FRAGMENT) return { type: node.typeCondition?.name.value ?? type, paths };
  const key = keyOf(node);
  if (type === '' && fetch.kind === 'entity-fetch') {
    const lookup = fetch.lookups.find(({ responseKey }) => responseKey === key);
    return lookup && { type: '_Entity', paths: lookup.paths };
  }
  const below = types.typeOfField(type, node.name.value, fetch.subgraph);
  return below === undefined
    ? undefined
    : { type: below, paths: paths.map((path) => [...path, { kind: 'field', name: key }]) };
}

/** What the client asks of the member here, and no fetch gives. */
function lackingOf(
  member: string,
  { paths }: Place,
  fetches: readonly Fetch[],
  { operation, types }: Reaching,
): FieldNode[] {
  const applies = (condition: string | undefined): boolean => types.applies(condition, member);
  const fieldsAt = (set: SelectionSetNode, path: PlanPath) =>
    setsAt([set], keysOf(path)).flatMap((one) => fieldsIn(one, applies));
  return paths.flatMap((path) => {
    const given = new Set(
      fetches.flatMap((fetch) => givenAt(fetch, keysOf(path))).flatMap((set) => fieldsIn(set, applies).map(keyOf)),
    );
    return fieldsAt(operation.selectionSet, path).filter(
      (field) => !given.has(keyOf(field)) && field.name.value !== '__typename',
    );
  });
}

/** The selection sets of a fetch for the objects under these keys. */
function givenAt(fetch: Fetch, keys: readonly string[]): SelectionSetNode[] {
  const { selectionSet } = inlineFragments(parse(fetch.operation, { noLocation: true }));
  if (fetch.kind === 'root-fetch') return below([selectionSet], keysOf(fetch.at ?? []), keys);
  return fetch.lookups.flatMap(({ responseKey, paths }) => {
    const sets = setsAt([selectionSet], [responseKey]);
    return paths.flatMap((path) => below(sets, keysOf(path), keys));
  });
}

function below(
  sets: readonly SelectionSetNode[],
  base: readonly string[],
  keys: readonly string[],
): SelectionSetNode[] {
  return base.every((key, i) => key === keys[i]) ? setsAt(sets, keys.slice(base.length)) : [];
}

interface Member {
  /** To be asked where the member is met. */
  readonly key: SelectionSetNode;
  /** What follows, with paths from the entry. */
  readonly rest: readonly PlanNode[];
}

async function planMember(
  entry: string,
  fields: readonly FieldNode[],
  reaching: Reaching,
): Promise<Member | undefined> {
  const selectionSet: SelectionSetNode = { kind: Kind.SELECTION_SET, selections: fields };
  const field: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: entry }, selectionSet };
  const used = variablesIn(field);
  const { variableDefinitions = [] } = reaching.operation;
  const node = await reaching.plan(
    print({
      kind: Kind.OPERATION_DEFINITION,
      operation: reaching.operation.operation,
      variableDefinitions: variableDefinitions.filter(({ variable }) => used.has(variable.name.value)),
      selectionSet: { kind: Kind.SELECTION_SET, selections: [field] },
    } as OperationDefinitionNode),
  );
  const [first, ...rest] = node?.kind === 'sequence' ? node.nodes : [];
  if (first?.kind !== 'root-fetch' || first.outputRewrites.length > 0) return undefined;
  const [key] = setsAt([inlineFragments(parse(first.operation, { noLocation: true })).selectionSet], [entry]);
  return key && { key, rest };
}

/** The node with its paths, which begin at an entry, at these instead. */
function movedTo(node: PlanNode, paths: readonly PlanPath[]): PlanNode {
  switch (node.kind) {
    case 'sequence':
    case 'parallel':
      return { ...node, nodes: node.nodes.map((child) => movedTo(child, paths)) };
    case 'entity-fetch': {
      const move = (path: PlanPath): PlanPath[] => paths.map((base) => [...base, ...path.slice(1)]);
      return { ...node, lookups: node.lookups.map((lookup) => ({ ...lookup, paths: lookup.paths.flatMap(move) })) };
    }
    case 'root-fetch':
    case 'defer':
      throw new Error('what follows a key is fetched by it');
  }
}

function withType(paths: readonly PlanPath[], member: string): PlanPath[] {
  return paths.map((path) => [...path, { kind: 'types', names: [member] }]);
}

function setsAt(sets: readonly SelectionSetNode[], keys: readonly string[]): SelectionSetNode[] {
  let found = [...sets];
  for (const key of keys) {
    found = found
      .flatMap((set) => fieldsIn(set, () => true))
      .flatMap((field) => (keyOf(field) === key && field.selectionSet ? field.selectionSet : []));
  }
  return found;
}

function fieldsIn({ selections }: SelectionSetNode, applies: (condition: string | undefined) => boolean): FieldNode[] {
  return selections.flatMap((node) => {
    if (node.kind === Kind.FIELD) return node;
    if (node.kind === Kind.FRAGMENT_SPREAD || !applies(node.typeCondition?.name.value)) return [];
    return fieldsIn(node.selectionSet, applies);
  });
}

function keysOf(path: PlanPath): string[] {
  return path.flatMap((segment) => (segment.kind === 'field' ? segment.name : []));
}

function keyOf({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}
