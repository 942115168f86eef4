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
import { responseKeyOf, selectedFields } from '../../kit/graphql/selections.ts';
import { responseKeysOf } from './response-keys.ts';

export interface AliasedOperation {
  readonly operation: OperationDefinitionNode;
  /** The key that a field had by the one that it has; empty where nothing was in conflict. */
  readonly originalKeys: ReadonlyMap<string, string>;
}

/** `reserved`: keys that are not given. Equal fields are written alike. */
export function aliasConflictingFields(
  operation: OperationDefinitionNode,
  reserved: ReadonlySet<string>,
): AliasedOperation {
  const usedKeys = responseKeysOf(operation, reserved);
  const aliases = new Map<FieldNode, string>();
  const originalKeys = new Map<string, string>();

  /** `sets`: all that is asked at one place. */
  const aliasSets = (sets: readonly SelectionSetNode[]): void => {
    const byKey = groupBy(
      sets.flatMap((set) => selectedFields(set)),
      responseKeyOf,
    );
    for (const [key, fields] of byKey) {
      const groups = [...groupBy(fields, identityOf).values()];
      for (const [index, same] of groups.entries()) {
        if (index > 0) {
          const alias = newAlias(key, index);
          originalKeys.set(alias, key);
          for (const field of same) aliases.set(field, alias);
        }
        const below = same.flatMap(({ selectionSet }) => selectionSet ?? []);
        if (below.length > 0) aliasSets(below);
      }
    }
  };
  const newAlias = (key: string, index: number): string => {
    let alias = `${key.replace(/^__+/, '_')}_${index + 1}`;
    while (usedKeys.has(alias) || (originalKeys.get(alias) ?? key) !== key) alias += '_';
    return alias;
  };

  aliasSets([operation.selectionSet]);
  if (aliases.size === 0) return { operation, originalKeys };
  return { operation: { ...operation, selectionSet: withAliases(operation.selectionSet, aliases) }, originalKeys };
}

/** Equal for fields that have the same value wherever they have one. */
function identityOf({ name, arguments: args = [] }: FieldNode): string {
  return args.length === 0 ? name.value : `${name.value}(${args.map(print).join()})`;
}

function withAliases(set: SelectionSetNode, aliases: ReadonlyMap<FieldNode, string>): SelectionSetNode {
  const selections = set.selections.map((node): SelectionNode => {
    if (node.kind === Kind.FRAGMENT_SPREAD) return node;
    const alias = node.kind === Kind.FIELD ? aliases.get(node) : undefined;
    const aliased = alias === undefined ? {} : { alias: { kind: Kind.NAME, value: alias } as const };
    const below = node.selectionSet ? { selectionSet: withAliases(node.selectionSet, aliases) } : {};
    return { ...node, ...aliased, ...below } as SelectionNode;
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
