/** A fetch → whether its answer may have numbers that a double cannot hold: those of the supergraph's own scalars. */
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

/** No scalar of the standard has such numbers. */
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
