/**
 * Operation → the same operation with other names for variables that planners use themselves: entities come in
 * `$representations`.
 */
import { Kind, type NameNode, type OperationDefinitionNode, visit } from 'graphql';

export interface RenamedVariables {
  readonly operation: OperationDefinitionNode;
  /** The client's name by the new name, for the variables that were renamed. */
  readonly originalNames: ReadonlyMap<string, string>;
}

const NONE: ReadonlyMap<string, string> = new Map();

export function renameReservedVariables(operation: OperationDefinitionNode): RenamedVariables {
  const names = (operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
  const reserved = names.filter((name) => name.startsWith('representations'));
  if (reserved.length === 0) return { operation, originalNames: NONE };
  const newNames = new Map<string, string>();
  for (const name of reserved) {
    let newName = `given_${name}`;
    while (names.includes(newName)) newName += '_';
    newNames.set(name, newName);
  }
  const rename = (name: NameNode): NameNode => ({ ...name, value: newNames.get(name.value) ?? name.value });
  return {
    operation: visit(operation, { [Kind.VARIABLE]: (node) => ({ ...node, name: rename(node.name) }) }),
    originalNames: new Map([...newNames].map(([name, newName]) => [newName, name])),
  };
}
