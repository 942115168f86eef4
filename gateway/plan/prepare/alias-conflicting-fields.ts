/**
 * Operation → the same operation, in which different fields under one response key at one place have response keys of
 * their own. GraphQL allows them for objects of different types, but planners fetch the entities of one place together,
 * whatever their types.
 */
import { type FieldNode, type OperationDefinitionNode, print, type SelectionSetNode } from 'graphql';
import { responseKeyOf, selectedFields } from '../../kit/graphql/selections.ts';
import { groupBy, withAliases } from '../selections.ts';
import { responseKeysOf } from './response-keys.ts';

export interface AliasedOperation {
  readonly operation: OperationDefinitionNode;
  /** The original response key by the alias; empty if nothing was in conflict. */
  readonly originalKeys: ReadonlyMap<string, string>;
}

/** `reserved`: keys that are no aliases. Equal fields are written alike. */
export function aliasConflictingFields(
  operation: OperationDefinitionNode,
  reserved: ReadonlySet<string>,
): AliasedOperation {
  const usedKeys = responseKeysOf(operation, reserved);
  const aliases = new Map<FieldNode, string>();
  const originalKeys = new Map<string, string>();

  /** `sets`: all selection sets of one place. */
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
