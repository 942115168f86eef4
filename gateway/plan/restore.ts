/**
 * A fetch → the same with what the client wrote: planners drop directives, and write literals anew as they understood them, which takes digits
 * of numbers and changes some characters of texts.
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
import { inlineFragments } from '../kit/inline-fragments.ts';
import { variablesIn } from '../kit/variables-in.ts';
import type { EntityFetch, EntityLookup, PlanPath, Rewrite, RootFetch } from '../model/plan.ts';
import { directivesOf } from './directives-of.ts';
import { type LookupPart, splitLookups } from './split-lookups.ts';
import type { SubgraphTypes } from './subgraph-types.ts';

/** `asked`: what the client asks, or the part of it that the fetch is for, under the keys of the tree. */
export function restoreFetch(
  fetch: RootFetch | EntityFetch,
  asked: OperationDefinitionNode,
  types: SubgraphTypes,
): RootFetch | EntityFetch {
  const operation = inlineFragments(parse(fetch.operation, { noLocation: true }));
  const directives = operation.operation === asked.operation ? (asked.directives ?? []) : [];
  const restore: Restore = (set, type, sets, rewrites) =>
    restoreSet(set, { type, sets, path: [], scope: { subgraph: fetch.subgraph, types, keys: keysOf(rewrites) } });
  if (fetch.kind === 'entity-fetch') {
    const { lookups, ...restored } = splitLookups(fetch, operation, (lookup, set) =>
      restoreLookup(lookup, set, asked, restore),
    );
    return withVariables({ ...fetch, lookups }, { ...operation, ...restored, directives }, asked);
  }
  const type = types.rootType(fetch.operationKind);
  const selectionSet = restore(operation.selectionSet, type, [asked.selectionSet], fetch.outputRewrites);
  return withVariables(fetch, { ...operation, selectionSet, directives }, asked);
}

type Restore = (
  set: SelectionSetNode,
  type: string,
  sets: readonly SelectionSetNode[],
  rewrites: readonly Rewrite[],
) => SelectionSetNode;

/** A lookup of several places is one for each where the client wrote different things at them. */
function restoreLookup(
  lookup: EntityLookup,
  set: SelectionSetNode,
  asked: OperationDefinitionNode,
  restore: Restore,
): LookupPart[] {
  const groups = new Map<string, { set: SelectionSetNode; paths: PlanPath[] }>();
  for (const path of lookup.paths) {
    const restored = restore(set, '_Entity', setsAt(asked.selectionSet, path), lookup.outputRewrites);
    const group = groups.get(print(restored));
    if (group) group.paths.push(path);
    else groups.set(print(restored), { set: restored, paths: [path] });
  }
  return [...groups.values()].map(({ paths, set: own }) => ({ lookup: { ...lookup, paths }, set: own }));
}

function withVariables<T extends RootFetch | EntityFetch>(
  fetch: T,
  operation: OperationDefinitionNode,
  asked: OperationDefinitionNode,
): T {
  const used = variablesIn({ ...operation, variableDefinitions: [] });
  const own = new Map((asked.variableDefinitions ?? []).map((node) => [node.variable.name.value, node]));
  const given = operation.variableDefinitions ?? [];
  const declared = new Set(given.map(({ variable }) => variable.name.value));
  const missing = [...own].filter(([name]) => used.has(name) && !declared.has(name));
  const variableDefinitions = [
    ...given.map((node): VariableDefinitionNode => own.get(node.variable.name.value) ?? node),
    ...missing.map(([, node]) => node),
  ];
  return {
    ...fetch,
    operation: print({ ...operation, variableDefinitions }),
    variables: [...fetch.variables, ...missing.map(([name]) => name)],
  };
}

/** What is the same all over a fetch. */
interface Scope {
  readonly subgraph: string;
  readonly types: SubgraphTypes;
  /** Keys of the tree by the path in what the subgraph answers. */
  readonly keys: ReadonlyMap<string, string>;
}

interface Place {
  /** Of the objects here. */
  readonly type: string;
  /** The client's selection sets for them. */
  readonly sets: readonly SelectionSetNode[];
  readonly path: readonly string[];
  readonly scope: Scope;
}

function restoreSet(set: SelectionSetNode, place: Place): SelectionSetNode {
  const selections = set.selections.map((node): SelectionNode => {
    if (node.kind === Kind.FRAGMENT_SPREAD) return node;
    if (node.kind === Kind.FIELD) return restoreField(node, place);
    const type = node.typeCondition?.name.value ?? place.type;
    return { ...node, selectionSet: restoreSet(node.selectionSet, { ...place, type }) };
  });
  return { ...set, selections };
}

function restoreField(node: FieldNode, { type, sets, path, scope }: Place): FieldNode {
  const at = [...path, keyOf(node)];
  const key = scope.keys.get(at.join('/')) ?? keyOf(node);
  const asked = sets
    .flatMap((set) => fieldsIn(set, type, scope.types))
    .filter((field) => keyOf(field) === key && field.name.value === node.name.value);
  const first = asked[0];
  // A field that the planner needs, such as a key.
  if (!first) return node;
  const below = scope.types.typeOfField(type, node.name.value, scope.subgraph);
  const inner = asked.flatMap(({ selectionSet }) => selectionSet ?? []);
  const selectionSet =
    node.selectionSet && below !== undefined
      ? restoreSet(node.selectionSet, { type: below, sets: inner, path: at, scope })
      : node.selectionSet;
  return {
    ...node,
    ...(first.arguments ? { arguments: first.arguments } : {}),
    directives: directivesOf(asked),
    ...(selectionSet ? { selectionSet } : {}),
  };
}

/** The client's fields that objects at a place of the type may be asked for. */
function fieldsIn({ selections }: SelectionSetNode, type: string, types: SubgraphTypes): FieldNode[] {
  return selections.flatMap((node): FieldNode[] => {
    if (node.kind === Kind.FIELD) return [node];
    if (node.kind === Kind.FRAGMENT_SPREAD || !overlaps(node.typeCondition?.name.value, type, types)) return [];
    return fieldsIn(node.selectionSet, type, types);
  });
}

function overlaps(condition: string | undefined, type: string, types: SubgraphTypes): boolean {
  if (condition === undefined || condition === type) return true;
  const possible = new Set(types.possibleTypes(condition));
  return types.possibleTypes(type).some((name) => possible.has(name));
}

/** The client's selection sets for the objects at a path of the tree. */
function setsAt(root: SelectionSetNode, path: PlanPath): SelectionSetNode[] {
  let sets = [root];
  for (const segment of path) {
    if (segment.kind !== 'field') continue;
    sets = sets
      .flatMap(allFieldsIn)
      .flatMap((field) => (keyOf(field) === segment.name && field.selectionSet ? field.selectionSet : []));
  }
  return sets;
}

function allFieldsIn({ selections }: SelectionSetNode): FieldNode[] {
  return selections.flatMap((node) => {
    if (node.kind === Kind.FIELD) return node;
    return node.kind === Kind.INLINE_FRAGMENT ? allFieldsIn(node.selectionSet) : [];
  });
}

function keysOf(rewrites: readonly Rewrite[]): Map<string, string> {
  return new Map(
    rewrites.flatMap((rewrite): [string, string][] => {
      if (rewrite.kind !== 'rename') return [];
      const path = rewrite.path.flatMap((segment) => (segment.kind === 'field' ? segment.name : []));
      return [[path.join('/'), rewrite.to]];
    }),
  );
}

function keyOf({ alias, name }: FieldNode): string {
  return (alias ?? name).value;
}
