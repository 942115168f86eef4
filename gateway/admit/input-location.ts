/** Bad input → the field and the argument that it was given to, for the path of the error. */
import { type ASTNode, BREAK, Kind, type OperationDefinitionNode, visit } from 'graphql';
import { responseKeyOf } from '../kit/graphql/selections.ts';
import type { Path } from '../model/errors.ts';

export interface InputLocation {
  readonly path: Path;
  readonly argument: string;
}

/**
 * `node` is a value in the operation, or the definition of the variable that held it. Undefined if no field uses it.
 */
export function findInputLocation(
  operation: OperationDefinitionNode,
  node: ASTNode | undefined,
): InputLocation | undefined {
  const variable = node?.kind === Kind.VARIABLE_DEFINITION ? node.variable.name.value : undefined;
  const path: string[] = [];
  let argument = '';
  let location: InputLocation | undefined;
  visit(operation.selectionSet, {
    enter: (current) => {
      if (current.kind === Kind.FIELD) path.push(responseKeyOf(current));
      if (current.kind === Kind.ARGUMENT) argument = current.name.value;
      const isMatch = current === node || (current.kind === Kind.VARIABLE && current.name.value === variable);
      if (!isMatch) return undefined;
      location = { path: [...path], argument };
      return BREAK;
    },
    leave: (current) => {
      if (current.kind === Kind.FIELD) path.pop();
    },
  });
  return location?.argument === '' ? undefined : location;
}
