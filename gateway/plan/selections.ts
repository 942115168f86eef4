/** Selections of operations and of fetches: how repairs and preparation build them, and find their way in them. */
import {
  type DirectiveNode,
  type FieldNode,
  type InlineFragmentNode,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { responseKeyOf, selectedFields } from '../kit/graphql/selections.ts';
import type { PlanPath } from '../model/plan.ts';

export const TYPENAME: FieldNode = { kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } };

export function selectionSetOf(selections: readonly SelectionNode[]): SelectionSetNode {
  return { kind: Kind.SELECTION_SET, selections };
}

export function fragmentOn(type: string, selectionSet: SelectionSetNode): InlineFragmentNode {
  const typeCondition = { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: type } } as const;
  return { kind: Kind.INLINE_FRAGMENT, typeCondition, selectionSet };
}

/** The selection sets below these for the objects under the response keys, one after the other. */
export function setsAt(sets: readonly SelectionSetNode[], keys: readonly string[]): readonly SelectionSetNode[] {
  return keys.reduce<readonly SelectionSetNode[]>(
    (current, key) =>
      current
        .flatMap((set) => selectedFields(set))
        .flatMap((field) => (responseKeyOf(field) === key && field.selectionSet ? field.selectionSet : [])),
    sets,
  );
}

/** The response keys of a path. */
export function keysOf(path: PlanPath): string[] {
  return path.flatMap((segment) => (segment.kind === 'field' ? segment.name : []));
}

/** The set with these aliases for its fields, at any depth. */
export function withAliases(set: SelectionSetNode, aliases: ReadonlyMap<FieldNode, string>): SelectionSetNode {
  const selections = set.selections.map((node): SelectionNode => {
    if (node.kind === Kind.FRAGMENT_SPREAD) return node;
    const alias = node.kind === Kind.FIELD ? aliases.get(node) : undefined;
    const aliased = alias === undefined ? {} : { alias: { kind: Kind.NAME, value: alias } as const };
    const below = node.selectionSet ? { selectionSet: withAliases(node.selectionSet, aliases) } : {};
    return { ...node, ...aliased, ...below } as SelectionNode;
  });
  return { ...set, selections };
}

/**
 * The directives of a field that stands for several of the client's: each directive is that of the first field that has
 * it.
 */
export function mergeDirectives(fields: readonly FieldNode[]): readonly DirectiveNode[] {
  const [first, ...rest] = fields.map(({ directives = [] }) => directives);
  const merged = [...(first ?? [])];
  for (const directives of rest) {
    const names = new Set(merged.map(({ name }) => name.value));
    merged.push(...directives.filter(({ name }) => !names.has(name.value)));
  }
  return merged;
}

export function groupBy<T, K>(items: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}
