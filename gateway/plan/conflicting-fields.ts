/**
 * Operation → the same with response keys of their own for fields that are not the same and yet share a key at one place of the answer,
 * which they may, belonging to objects of different types. Planners ask for entities of one place together, whatever they were found in.
 */
import {
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  print,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql';
import { responseKeyOf, responseKeysOf } from './response-keys.ts';

export interface Separated {
  readonly operation: OperationDefinitionNode;
  /** The key that a field had by the one that it has; empty where nothing was in conflict. */
  readonly keys: ReadonlyMap<string, string>;
}

/** `reserved`: keys that are not given. Equal fields are written alike. */
export function separateConflicts(operation: OperationDefinitionNode, reserved: ReadonlySet<string>): Separated {
  const taken = responseKeysOf(operation, reserved);
  const aliases = new Map<FieldNode, string>();
  const keys = new Map<string, string>();

  /** `sets`: all that is asked at one place. */
  const separate = (sets: readonly SelectionSetNode[]): void => {
    const byKey = groupBy(sets.flatMap(fieldsIn), responseKeyOf);
    for (const [key, sharing] of byKey) {
      const groups = [...groupBy(sharing, identityOf).values()];
      for (const [index, same] of groups.entries()) {
        if (index > 0) {
          const alias = freeKey(key, index);
          keys.set(alias, key);
          for (const field of same) aliases.set(field, alias);
        }
        const below = same.flatMap(({ selectionSet }) => selectionSet ?? []);
        if (below.length > 0) separate(below);
      }
    }
  };
  const freeKey = (key: string, index: number): string => {
    let alias = `${key.replace(/^__+/, '_')}_${index + 1}`;
    while (taken.has(alias) || (keys.get(alias) ?? key) !== key) alias += '_';
    return alias;
  };

  separate([operation.selectionSet]);
  if (aliases.size === 0) return { operation, keys };
  return { operation: { ...operation, selectionSet: withAliases(operation.selectionSet, aliases) }, keys };
}

/** Equal for fields that have the same value wherever they have one. */
function identityOf({ name, arguments: given = [] }: FieldNode): string {
  return given.length === 0 ? name.value : `${name.value}(${given.map(print).join()})`;
}

function fieldsIn({ selections }: SelectionSetNode): FieldNode[] {
  return selections.flatMap((node) => {
    if (node.kind === Kind.FIELD) return node;
    return node.kind === Kind.INLINE_FRAGMENT ? fieldsIn(node.selectionSet) : [];
  });
}

function withAliases(set: SelectionSetNode, aliases: ReadonlyMap<FieldNode, string>): SelectionSetNode {
  const selections = set.selections.map((node): SelectionNode => {
    if (node.kind === Kind.FRAGMENT_SPREAD) return node;
    const alias = node.kind === Kind.FIELD ? aliases.get(node) : undefined;
    const named = alias === undefined ? {} : { alias: { kind: Kind.NAME, value: alias } as const };
    const below = node.selectionSet ? { selectionSet: withAliases(node.selectionSet, aliases) } : {};
    return { ...node, ...named, ...below } as SelectionNode;
  });
  return { ...set, selections };
}

function groupBy<K>(fields: readonly FieldNode[], by: (field: FieldNode) => K): Map<K, FieldNode[]> {
  const groups = new Map<K, FieldNode[]>();
  for (const field of fields) {
    const group = groups.get(by(field));
    if (group) group.push(field);
    else groups.set(by(field), [field]);
  }
  return groups;
}
