/** An operation → the same with other names for variables that planners give names of their own to: entities come in `$representations`. */
import { Kind, type NameNode, type OperationDefinitionNode, visit } from 'graphql';

export interface VariableNames {
  readonly operation: OperationDefinitionNode;
  /** The client's names by those in the operation, of the variables that got another one. */
  readonly variables: ReadonlyMap<string, string>;
}

const NONE: ReadonlyMap<string, string> = new Map();

export function freeVariableNames(operation: OperationDefinitionNode): VariableNames {
  const names = (operation.variableDefinitions ?? []).map(({ variable }) => variable.name.value);
  const inTheWay = names.filter((name) => name.startsWith('representations'));
  if (inTheWay.length === 0) return { operation, variables: NONE };
  const found = new Map<string, string>();
  for (const name of inTheWay) {
    let free = `given_${name}`;
    while (names.includes(free)) free += '_';
    found.set(name, free);
  }
  const rename = (name: NameNode): NameNode => ({ ...name, value: found.get(name.value) ?? name.value });
  return {
    operation: visit(operation, { [Kind.VARIABLE]: (node) => ({ ...node, name: rename(node.name) }) }),
    variables: new Map([...found].map(([name, free]) => [free, name])),
  };
}
