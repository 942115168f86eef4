/**
 * Repairs literals and directives in plans of both planners. They drop directives, and print literals anew after
 * parsing them, which loses digits of numbers and changes some characters of strings. Each field of a fetch gets the
 * client's arguments and directives back. Cases: `literals`, `executable-directives`.
 */
import {
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  print,
  type SelectionNode,
  type SelectionSetNode,
  type VariableDefinitionNode,
} from 'graphql';
import { collectVariables } from '../../../kit/graphql/collect-variables.ts';
import { inlineFragments } from '../../../kit/graphql/inline-fragments.ts';
import { responseKeyOf, selectedFields } from '../../../kit/graphql/selections.ts';
import type { EntityFetch, EntityLookup, PlanPath, Rewrite, RootFetch } from '../../../model/plan.ts';
import type { SubgraphTypes } from '../../../model/supergraph/subgraph-types.ts';
import { keysOf, mergeDirectives, setsAt } from '../../selections.ts';
import { type LookupPart, splitLookups } from '../split-lookups.ts';

/** `requested`: the client's operation, or the part of it that the fetch is for, with the response keys of the tree. */
export function restoreLiterals(
  fetch: RootFetch | EntityFetch,
  requested: OperationDefinitionNode,
  types: SubgraphTypes,
): RootFetch | EntityFetch {
  const operation = inlineFragments(parse(fetch.operation, { noLocation: true }));
  const directives = operation.operation === requested.operation ? (requested.directives ?? []) : [];
  const restore: RestoreSelections = (set, type, sets, rewrites) =>
    restoreSet(set, { type, sets, path: [], fetch: { subgraph: fetch.subgraph, types, keys: renamedKeys(rewrites) } });
  if (fetch.kind === 'entity-fetch') {
    const { lookups, ...restored } = splitLookups(fetch, operation, (lookup, set) =>
      restoreLookup(lookup, set, requested, restore),
    );
    return withVariables({ ...fetch, lookups }, { ...operation, ...restored, directives }, requested);
  }
  const type = types.rootType(fetch.operationKind);
  const selectionSet = restore(operation.selectionSet, type, [requested.selectionSet], fetch.outputRewrites);
  return withVariables(fetch, { ...operation, selectionSet, directives }, requested);
}

type RestoreSelections = (
  set: SelectionSetNode,
  type: string,
  sets: readonly SelectionSetNode[],
  rewrites: readonly Rewrite[],
) => SelectionSetNode;

/** Splits a lookup of several places if the client wrote different things at them. */
function restoreLookup(
  lookup: EntityLookup,
  set: SelectionSetNode,
  requested: OperationDefinitionNode,
  restore: RestoreSelections,
): LookupPart[] {
  const groups = new Map<string, { set: SelectionSetNode; paths: PlanPath[] }>();
  for (const path of lookup.paths) {
    const restored = restore(set, '_Entity', setsAt([requested.selectionSet], keysOf(path)), lookup.outputRewrites);
    const group = groups.get(print(restored));
    if (group) group.paths.push(path);
    else groups.set(print(restored), { set: restored, paths: [path] });
  }
  return [...groups.values()].map(({ paths, set: own }) => ({ lookup: { ...lookup, paths }, set: own }));
}

function withVariables<T extends RootFetch | EntityFetch>(
  fetch: T,
  operation: OperationDefinitionNode,
  requested: OperationDefinitionNode,
): T {
  const variableNames = collectVariables({ ...operation, variableDefinitions: [] });
  const own = new Map((requested.variableDefinitions ?? []).map((node) => [node.variable.name.value, node]));
  const declaredDefinitions = operation.variableDefinitions ?? [];
  const declared = new Set(declaredDefinitions.map(({ variable }) => variable.name.value));
  const missing = [...own].filter(([name]) => variableNames.has(name) && !declared.has(name));
  const variableDefinitions = [
    ...declaredDefinitions.map((node): VariableDefinitionNode => own.get(node.variable.name.value) ?? node),
    ...missing.map(([, node]) => node),
  ];
  return {
    ...fetch,
    operation: print({ ...operation, variableDefinitions }),
    variables: [...fetch.variables, ...missing.map(([name]) => name)],
  };
}

/** The same for a whole fetch. */
interface FetchScope {
  readonly subgraph: string;
  readonly types: SubgraphTypes;
  /** Response keys of the tree by the path in the subgraph's response. */
  readonly keys: ReadonlyMap<string, string>;
}

interface RestoreScope {
  /** Of the objects here. */
  readonly type: string;
  /** The client's selection sets for them. */
  readonly sets: readonly SelectionSetNode[];
  readonly path: readonly string[];
  readonly fetch: FetchScope;
}

function restoreSet(set: SelectionSetNode, scope: RestoreScope): SelectionSetNode {
  const selections = set.selections.map((node): SelectionNode => {
    if (node.kind === Kind.FRAGMENT_SPREAD) return node;
    if (node.kind === Kind.FIELD) return restoreField(node, scope);
    const type = node.typeCondition?.name.value ?? scope.type;
    return { ...node, selectionSet: restoreSet(node.selectionSet, { ...scope, type }) };
  });
  return { ...set, selections };
}

function restoreField(node: FieldNode, { type, sets, path, fetch }: RestoreScope): FieldNode {
  const at = [...path, responseKeyOf(node)];
  const key = fetch.keys.get(at.join('/')) ?? responseKeyOf(node);
  const requestedFields = sets
    .flatMap((set) => selectedFields(set, (condition) => overlaps(condition, type, fetch.types)))
    .filter((field) => responseKeyOf(field) === key && field.name.value === node.name.value);
  const first = requestedFields[0];
  // The planner added it, such as a key field.
  if (!first) return node;
  const below = fetch.types.subgraphFieldType(type, node.name.value, fetch.subgraph);
  const inner = requestedFields.flatMap(({ selectionSet }) => selectionSet ?? []);
  const selectionSet =
    node.selectionSet && below !== undefined
      ? restoreSet(node.selectionSet, { type: below, sets: inner, path: at, fetch })
      : node.selectionSet;
  return {
    ...node,
    ...(first.arguments ? { arguments: first.arguments } : {}),
    directives: mergeDirectives(requestedFields),
    ...(selectionSet ? { selectionSet } : {}),
  };
}

function overlaps(condition: string | undefined, type: string, types: SubgraphTypes): boolean {
  if (condition === undefined || condition === type) return true;
  const possible = new Set(types.possibleTypes(condition));
  return types.possibleTypes(type).some((name) => possible.has(name));
}

function renamedKeys(rewrites: readonly Rewrite[]): Map<string, string> {
  return new Map(
    rewrites.flatMap((rewrite): [string, string][] => {
      if (rewrite.kind !== 'rename') return [];
      return [[keysOf(rewrite.path).join('/'), rewrite.to]];
    }),
  );
}
