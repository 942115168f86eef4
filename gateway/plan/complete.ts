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
import { inlineFragments } from '../kit/inline-fragments.ts';
import { variablesIn } from '../kit/variables-in.ts';
import { PublicError } from '../model/errors.ts';
import type { Overrides } from '../model/overrides.ts';
import type { EntityFetch, PlanNode, PlanPath, RootFetch } from '../model/plan.ts';
import { coversParts } from './covers-parts.ts';
import { readPartOperations } from './part-operations.ts';
import { mayLose, textForPlanners } from './planner-text.ts';
import type { Planner } from './port.ts';
import { reachMembers } from './reach-members.ts';
import type { RequiredField } from './required-fields.ts';
import { restoreFetch } from './restore.ts';
import { separateTypes } from './separate.ts';
import { readSubgraphTypes, type SubgraphTypes } from './subgraph-types.ts';
import { writeRequired } from './write-required.ts';

export interface CompletingOptions {
  readonly overrides?: Pick<Overrides, 'isOn'>;
  /** The fields of the supergraph that stand for others with arguments. */
  readonly requiredFields?: ReadonlyMap<string, RequiredField>;
  /** The query fields of the supergraph from which union members are planned. */
  readonly memberEntries?: ReadonlyMap<string, string>;
}

/**
 * A planner whose plans are complete. Its `plan` throws a `PublicError` where there is nothing to fetch for what is asked, and an `Error`
 * where a plan in parts does not come to all of each part: such an operation is to be planned whole.
 */
export function completing(planner: Planner, supergraph: DocumentNode, options: CompletingOptions = {}): Planner {
  const { overrides, requiredFields, memberEntries } = options;
  const known = new Map<number, SubgraphTypes>();
  /** No more are known than there are draws that stand for others. */
  const typesFor = (draw: number): SubgraphTypes => {
    const types = known.get(draw) ?? readSubgraphTypes(supergraph, (label) => overrides?.isOn(label, draw) ?? false);
    known.set(draw, types);
    return types;
  };
  const complete: Planner['plan'] = async (text, operationName, draw = 0) => {
    const document = parse(text, { noLocation: true });
    const isLossy = mayLose(document);
    const plan = await planner.plan(isLossy ? textForPlanners(document) : text, operationName, draw);
    const types = typesFor(draw);
    const operation = inlineFragments(document, operationName);
    const known = plan && completePlan(plan, operation, types, isLossy);
    const completed =
      known && memberEntries?.size
        ? await reachMembers(known, {
            operation,
            types,
            entryOf: (subgraph, member) => memberEntries.get(`${types.graphOf(subgraph)} ${member}`),
            plan: (inner) => complete(inner, undefined, draw).catch(orNone),
          })
        : known;
    if (completed?.kind === 'defer' && !coversParts(completed, operation, types)) {
      throw new Error('the plan in parts leaves out some of what they ask for');
    }
    if (completed) return requiredFields?.size ? writeRequired(completed, requiredFields, types) : completed;
    if (operation.selectionSet.selections.every(isTypeName)) return undefined;
    throw new PublicError('GRAPHQL_VALIDATION_FAILED', 'no subgraph can give what is asked here');
  };
  return { ...planner, plan: complete };
}

/** What nobody gives is null where it was asked. */
function orNone(reason: unknown): undefined {
  if (reason instanceof PublicError && reason.code === 'GRAPHQL_VALIDATION_FAILED') return undefined;
  throw reason;
}

function completePlan(
  plan: PlanNode,
  operation: OperationDefinitionNode,
  types: SubgraphTypes,
  isLossy: boolean,
): PlanNode {
  const parts = readPartOperations(operation);
  const completeNode = (node: PlanNode, asked: OperationDefinitionNode): PlanNode => {
    switch (node.kind) {
      case 'sequence':
      case 'parallel':
        return { ...node, nodes: node.nodes.map((child) => completeNode(child, asked)) };
      case 'root-fetch':
      case 'entity-fetch':
        return separateTypes(completeFetch(isLossy ? restoreFetch(node, asked, types) : node, asked, types), types);
      case 'defer': {
        const deferred = node.deferred.map((part) => {
          const own = parts.get(part.label)?.asked ?? asked;
          return { ...part, node: part.node && completeNode(part.node, own) };
        });
        return { ...node, primary: node.primary && completeNode(node.primary, asked), deferred };
      }
    }
  };
  return completeNode(plan, parts.get(undefined)!.asked);
}

/** What a selection set is compared with: the client's selection sets at the same place. */
interface Place {
  readonly subgraph: string;
  readonly asked: readonly SelectionSetNode[];
  /** Keys that the fetch has under names of its planner's. */
  readonly renamed: ReadonlySet<string>;
  readonly types: SubgraphTypes;
}

function completeFetch<T extends RootFetch | EntityFetch>(
  fetch: T,
  operation: OperationDefinitionNode,
  types: SubgraphTypes,
): T {
  const document = parse(fetch.operation, { noLocation: true });
  const renamed = renamedIn(fetch);
  const added: FieldNode[] = [];
  const definitions = document.definitions.map((node) => {
    if (node.kind !== Kind.OPERATION_DEFINITION) return node;
    const selections = node.selectionSet.selections.map((selection) => {
      const asked = askedAt(selection, fetch, operation);
      if (asked.length === 0) return selection;
      const place = { subgraph: fetch.subgraph, asked, renamed, types };
      const root = fetch.kind === 'root-fetch' ? types.rootType(fetch.operationKind) : '_Entity';
      return completeSelection(selection, root, place, added);
    });
    return { ...node, selectionSet: { ...node.selectionSet, selections } };
  });
  if (added.length === 0) return fetch;
  const used = added.flatMap((node) => [...variablesIn(node)]);
  const missing = (operation.variableDefinitions ?? []).filter(
    ({ variable: { name } }) => used.includes(name.value) && !fetch.variables.includes(name.value),
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

function renamedIn(fetch: RootFetch | EntityFetch): Set<string> {
  const rewrites = fetch.kind === 'root-fetch' ? fetch.outputRewrites : fetch.lookups.flatMap((l) => l.outputRewrites);
  return new Set(rewrites.flatMap((rewrite) => (rewrite.kind === 'rename' ? rewrite.to : [])));
}

/** The client's selection sets that a top-level selection of a fetch answers. */
function askedAt(
  selection: SelectionNode,
  fetch: RootFetch | EntityFetch,
  { selectionSet }: OperationDefinitionNode,
): SelectionSetNode[] {
  if (fetch.kind === 'root-fetch') return askedBelow([selectionSet], fetch.at ?? []);
  const lookup = fetch.lookups.find(
    ({ responseKey }) => selection.kind === Kind.FIELD && keyOf(selection) === responseKey,
  );
  return (lookup?.paths ?? []).flatMap((path) => askedBelow([selectionSet], path));
}

function askedBelow(sets: readonly SelectionSetNode[], path: PlanPath): SelectionSetNode[] {
  let found = [...sets];
  for (const segment of path) {
    if (segment.kind !== 'field') continue;
    found = found
      .flatMap((set) => fieldsIn(set, () => true))
      .flatMap((field) => (keyOf(field) === segment.name && field.selectionSet ? field.selectionSet : []));
  }
  return found;
}

function completeSelection(node: SelectionNode, type: string, place: Place, added: FieldNode[]): SelectionNode {
  if (node.kind === Kind.FRAGMENT_SPREAD || !node.selectionSet) return node;
  if (node.kind === Kind.INLINE_FRAGMENT) {
    const condition = node.typeCondition?.name.value ?? type;
    return { ...node, selectionSet: completeSet(node.selectionSet, condition, place, added) };
  }
  // The entities of a fetch are at the place itself.
  if (type === '_Entity') return { ...node, selectionSet: completeSet(node.selectionSet, type, place, added) };
  const below = place.types.typeOfField(type, node.name.value, place.subgraph);
  const asked = place.asked
    .flatMap((set) => fieldsIn(set, () => true))
    .filter((field) => keyOf(field) === keyOf(node) && field.name.value === node.name.value)
    .flatMap((field) => field.selectionSet ?? []);
  if (below === undefined || asked.length === 0) return node;
  return { ...node, selectionSet: completeSet(node.selectionSet, below, { ...place, asked }, added) };
}

function completeSet(set: SelectionSetNode, type: string, place: Place, added: FieldNode[]): SelectionSetNode {
  const kept = set.selections.map((selection) => completeSelection(selection, type, place, added));
  const lacking = place.types.membersOf(type, place.subgraph).flatMap((member) => {
    const fields = lackingOf(member, set, place);
    added.push(...fields);
    const typeCondition = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: member } } as const;
    const selectionSet = { kind: Kind.SELECTION_SET, selections: fields } as const;
    return fields.length > 0 ? [{ kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet } as const] : [];
  });
  return { ...set, selections: [...kept, ...lacking] };
}

/** What the client asks of objects of this type, the fetch does not, and the subgraph gives. */
function lackingOf(member: string, set: SelectionSetNode, { asked, subgraph, renamed, types }: Place): FieldNode[] {
  const applies = (condition: string | undefined): boolean => types.applies(condition, member);
  const keys = new Set(fieldsIn(set, applies).map(keyOf));
  return asked
    .flatMap((given) => fieldsIn(given, applies))
    .filter((field) => !keys.has(keyOf(field)) && !renamed.has(keyOf(field)))
    .filter((field) => isGivenBy(field, member, subgraph, types));
}

function isGivenBy(field: FieldNode, type: string, subgraph: string, types: SubgraphTypes): boolean {
  if (field.name.value === '__typename') return true;
  if (!types.hasField(type, field.name.value, subgraph)) return false;
  // What conditions left nothing of is not worth a question of its own.
  if (field.selectionSet?.selections.length === 0) return false;
  const below = types.typeOfField(type, field.name.value, subgraph);
  return fieldsIn(field.selectionSet, () => true).every(
    (inner) => below !== undefined && isGivenBy(inner, below, subgraph, types),
  );
}

/** The fields of a selection set and of those fragments in it that apply. */
function fieldsIn(set: SelectionSetNode | undefined, applies: (condition: string | undefined) => boolean): FieldNode[] {
  return (set?.selections ?? []).flatMap((node) => {
    if (node.kind === Kind.FIELD) return node;
    if (node.kind === Kind.FRAGMENT_SPREAD || !applies(node.typeCondition?.name.value)) return [];
    return fieldsIn(node.selectionSet, applies);
  });
}

function isTypeName(node: SelectionNode): boolean {
  return node.kind === Kind.FIELD && node.name.value === '__typename';
}

function keyOf({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}
