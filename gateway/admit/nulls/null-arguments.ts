/**
 * Refuses nulls for arguments that take none. A nullable variable may stand for such an argument if one of them has a
 * default, so that validation does not find it.
 */
import {
  type DocumentNode,
  type GraphQLSchema,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  type VariableNode,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { PublicError } from '../../model/errors.ts';
import { findInputLocation } from '../input-location.ts';

/** The document is valid. `null-conditions.ts` checks conditions, which decide what is asked. */
export function findNullableArguments(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): VariableNode[] {
  const nullable = new Set(
    (operation.variableDefinitions ?? [])
      .filter(({ type }) => type.kind !== Kind.NON_NULL_TYPE)
      .map(({ variable }) => variable.name.value),
  );
  if (nullable.size === 0) return [];
  const variables: VariableNode[] = [];
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      OperationDefinition: (node) => (node === operation ? undefined : false),
      VariableDefinition: () => false,
      Directive: () => false,
      Variable: (node) => {
        if (nullable.has(node.name.value) && isNonNullType(types.getInputType())) variables.push(node);
      },
    }),
  );
  return variables;
}

/** One error for each null. `variables` are coerced. */
export function checkNullArguments(
  nodes: readonly VariableNode[],
  operation: OperationDefinitionNode,
  variables: Readonly<Record<string, unknown>>,
): PublicError[] {
  return nodes
    .filter(({ name }) => variables[name.value] === null)
    .map((node) => {
      const { path, argument } = findInputLocation(operation, node) ?? {};
      const where = argument === undefined ? 'An argument' : `Argument "${argument}"`;
      const message = `${where} must not be null, and the variable "$${node.name.value}" is null.`;
      return new PublicError('BAD_USER_INPUT', message, {
        nodes: [node],
        ...(path ? { path } : {}),
        ...(argument === undefined ? {} : { extensions: { argument } }),
      });
    });
}
