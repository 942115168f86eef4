/** A fetch → whether numbers that a double does not hold may come of it: those of the supergraph's own scalars. */
import {
  type DocumentNode,
  getNamedType,
  isScalarType,
  isSpecifiedScalarType,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type { ExecutionEngine } from '../context.ts';

/** The standard's scalars have no such number. */
export function mayReturnLongNumbers(
  operation: OperationDefinitionNode,
  { schema, isStandard }: ExecutionEngine,
): boolean {
  if (isStandard) return false;
  const types = new TypeInfo(schema);
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation] };
  let isPossible = false;
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: () => {
        const type = getNamedType(types.getType());
        isPossible ||= isScalarType(type) && !isSpecifiedScalarType(type);
      },
    }),
  );
  return isPossible;
}
