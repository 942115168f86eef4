/**
 * A subgraph's answer → the answer without fields that nobody selected, at the paths that several fetches of a plan
 * write to: there such a field would pass for what another fetch gives, or was to give. Everywhere else nobody reads
 * it.
 */

import { isObject } from '@yiwang/schema';
import type { SelectionSetNode } from 'graphql';
import type { PlanNode, PlanPath } from '../../model/plan.ts';
import { fieldsByKey } from './fields-by-key.ts';
import type { TreeObject } from './tree.ts';

/** Removes fields from the value in place. */
export type Prune = (value: unknown) => void;

/** Where several fetches write: paths of response keys. Items and types make no difference. */
export type SharedPaths = ReadonlySet<string>;

export function findSharedPaths(node: PlanNode): SharedPaths {
  const paths = new Set<string>();
  let fetches = 0;
  const visit = (child: PlanNode): void => {
    if (child.kind === 'root-fetch') {
      fetches++;
      paths.add(keysOf(child.at ?? []).join('/'));
    } else if (child.kind === 'entity-fetch') {
      fetches++;
      for (const lookup of child.lookups) for (const path of lookup.paths) paths.add(keysOf(path).join('/'));
    } else if (child.kind === 'defer') {
      if (child.primary) visit(child.primary);
      for (const part of child.deferred) if (part.node) visit(part.node);
    } else for (const inner of child.nodes) visit(inner);
  };
  visit(node);
  return fetches > 1 ? paths : NO_PATHS;
}

/** `paths`: where the value of the selection set is written. Undefined if nothing of it is at a shared path. */
export function compilePrune(
  set: SelectionSetNode,
  paths: readonly PlanPath[],
  shared: SharedPaths,
): Prune | undefined {
  return shared.size === 0 ? undefined : compile([set], paths.map(keysOf), shared);
}

/** The same for what is below the selected fields alone. */
export function compilePruneBelow(
  set: SelectionSetNode,
  paths: readonly PlanPath[],
  shared: SharedPaths,
): Prune | undefined {
  if (shared.size === 0) return undefined;
  const below = compileBelow(fieldsByKey([set]), paths.map(keysOf), shared);
  return below.length === 0 ? undefined : forEachObject((object) => pruneBelow(object, below));
}

type Below = readonly (readonly [key: string, prune: Prune])[];

function compile(
  sets: readonly SelectionSetNode[],
  paths: readonly (readonly string[])[],
  shared: SharedPaths,
): Prune | undefined {
  const selected = fieldsByKey(sets);
  const below = compileBelow(selected, paths, shared);
  if (!paths.some((path) => shared.has(path.join('/')))) {
    return below.length === 0 ? undefined : forEachObject((object) => pruneBelow(object, below));
  }
  const keys = [...selected.keys()];
  const keptKeys = new Set(keys).add('__typename');
  return forEachObject((object) => {
    let i = 0;
    // Almost always the keys are the selected ones in their order.
    for (const key in object) {
      if (key === keys[i]) i++;
      else if (!keptKeys.has(key)) delete object[key];
    }
    pruneBelow(object, below);
  });
}

function compileBelow(
  selected: ReadonlyMap<string, readonly SelectionSetNode[]>,
  paths: readonly (readonly string[])[],
  shared: SharedPaths,
): Below {
  return [...selected].flatMap(([key, sets]): Below => {
    if (sets.length === 0) return [];
    const pathsBelow = paths.map((path) => [...path, key]);
    const prune = compile(sets, pathsBelow, shared);
    return prune ? [[key, prune]] : [];
  });
}

function pruneBelow(object: TreeObject, below: Below): void {
  for (const [key, prune] of below) prune(object[key]);
}

/** Of a value that is an object or a list. */
function forEachObject(pruneObject: (object: TreeObject) => void): Prune {
  const prune: Prune = (value) => {
    if (Array.isArray(value)) for (const item of value) prune(item);
    else if (isObject(value)) pruneObject(value);
  };
  return prune;
}

const NO_PATHS: SharedPaths = new Set();

function keysOf(path: PlanPath): string[] {
  return path.flatMap((segment) => (segment.kind === 'field' ? segment.name : []));
}
