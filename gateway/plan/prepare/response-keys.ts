/** Response keys of an operation: a key of ours that its client has somewhere would be taken for ours there, too. */
import { type OperationDefinitionNode, visit } from 'graphql';
import { responseKeyOf } from '../../kit/graphql/selections.ts';

/** Those, and `others`. */
export function responseKeysOf(operation: OperationDefinitionNode, reserved: ReadonlySet<string>): Set<string> {
  const keys = new Set(reserved);
  visit(operation, { Field: (node) => void keys.add(responseKeyOf(node)) });
  return keys;
}
