/** Collects the names of the variables that a part of an operation uses. */
import { type ASTNode, visit } from 'graphql';

export function collectVariables(node: ASTNode): Set<string> {
  const names = new Set<string>();
  visit(node, {
    Variable: ({ name }) => {
      names.add(name.value);
    },
  });
  return names;
}
