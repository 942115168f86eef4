/**
 * What a subgraph answers → without what it was not asked for, at the places that several fetches of a plan write to: there it would pass for
 * what another gives, or was to give. Everywhere else nobody reads it.
 */
import { type FieldNode, Kind, type SelectionSetNode } from 'graphql';
import type { PlanNode, PlanPath } from '../../model/plan.ts';
import { isObject, type TreeObject } from './tree.ts';

/** Takes away from the value in place. */
export type Prune = (value: unknown) => void;

/** Where several fetches write: the keys on the way, whatever the items and types. */
export type SharedPaths = ReadonlySet<string>;

export function findSharedPaths(node: PlanNode): SharedPaths {
  const places = new Set<string>();
  let fetches = 0;
  const visit = (child: PlanNode): void => {
    if (child.kind === 'root-fetch') {
      fetches++;
      places.add(keysOf(child.at ?? []).join('/'));
    } else if (child.kind === 'entity-fetch') {
      fetches++;
      for (const { paths } of child.lookups) for (const path of paths) places.add(keysOf(path).join('/'));
    } else if (child.kind === 'defer') {
      if (child.primary) visit(child.primary);
      for (const part of child.deferred) if (part.node) visit(part.node);
    } else for (const inner of child.nodes) visit(inner);
  };
  visit(node);
  return fetches > 1 ? places : NO_PATHS;
}

/** `paths`: where what is selected goes. Undefined where nothing of it is at such a place. */
export function compilePrune(
  set: SelectionSetNode,
  paths: readonly PlanPath[],
  shared: SharedPaths,
): Prune | undefined {
  if (shared.size === 0) return undefined;
  return compile([set], paths.map(keysOf), shared);
}

function compile(
  sets: readonly SelectionSetNode[],
  places: readonly (readonly string[])[],
  shared: SharedPaths,
): Prune | undefined {
  const byKey = new Map<string, SelectionSetNode[]>();
  for (const { alias, name, selectionSet } of sets.flatMap(fieldsIn)) {
    const key = (alias ?? name).value;
    byKey.set(key, [...(byKey.get(key) ?? []), ...(selectionSet ? [selectionSet] : [])]);
  }
  const below = [...byKey].flatMap(([key, inner]): [string, Prune][] => {
    if (inner.length === 0) return [];
    const prune = compile(
      inner,
      places.map((place) => [...place, key]),
      shared,
    );
    return prune ? [[key, prune]] : [];
  });
  const isShared = places.some((place) => shared.has(place.join('/')));
  if (!isShared && below.length === 0) return undefined;
  const keys = [...byKey.keys()];
  const selectedKeys = new Set(keys).add(TYPE_NAME);
  const pruneObject = (object: TreeObject): void => {
    if (isShared) {
      let i = 0;
      // Almost always the keys are those that were asked for, in their order.
      for (const key in object) {
        if (key === keys[i]) i++;
        else if (!selectedKeys.has(key)) delete object[key];
      }
    }
    for (const [key, prune] of below) prune(object[key]);
  };
  const prune: Prune = (value) => {
    if (Array.isArray(value)) for (const item of value) prune(item);
    else if (isObject(value)) pruneObject(value);
  };
  return prune;
}

const TYPE_NAME = '__typename';
const NO_PATHS: SharedPaths = new Set();

function keysOf(path: PlanPath): string[] {
  return path.flatMap((segment) => (segment.kind === 'field' ? segment.name : []));
}

function fieldsIn({ selections }: SelectionSetNode): FieldNode[] {
  return selections.flatMap((node) => {
    if (node.kind === Kind.FIELD) return node;
    return node.kind === Kind.INLINE_FRAGMENT ? fieldsIn(node.selectionSet) : [];
  });
}
