/** The response keys of an operation. A key that the gateway adds must not be one of them, at any place. */
import { type OperationDefinitionNode, visit } from 'graphql';
import { responseKeyOf } from '../../kit/graphql/selections.ts';

/** With the reserved ones. */
export function responseKeysOf(operation: OperationDefinitionNode, reserved: ReadonlySet<string>): Set<string> {
  const keys = new Set(reserved);
  visit(operation, { Field: (node) => void keys.add(responseKeyOf(node)) });
  return keys;
}
