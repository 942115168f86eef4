/** Where in the answer a bad input belongs: the field that it was given to, and the argument. */
import { type ASTNode, BREAK, Kind, type OperationDefinitionNode, visit } from 'graphql';
import type { Path } from '../model/errors.ts';

export interface InputPlace {
  readonly path: Path;
  readonly argument: string;
}

/** `node` is the value in the operation, or the definition of the variable that held it; undefined where no field has it. */
export function inputPlaceOf(operation: OperationDefinitionNode, node: ASTNode | undefined): InputPlace | undefined {
  const variable = node?.kind === Kind.VARIABLE_DEFINITION ? node.variable.name.value : undefined;
  const path: string[] = [];
  let argument = '';
  let place: InputPlace | undefined;
  visit(operation.selectionSet, {
    enter: (met) => {
      if (met.kind === Kind.FIELD) path.push(met.alias?.value ?? met.name.value);
      if (met.kind === Kind.ARGUMENT) argument = met.name.value;
      const isIt = met === node || (met.kind === Kind.VARIABLE && met.name.value === variable);
      if (!isIt) return undefined;
      place = { path: [...path], argument };
      return BREAK;
    },
    leave: (met) => {
      if (met.kind === Kind.FIELD) path.pop();
    },
  });
  return place?.argument === '' ? undefined : place;
}
