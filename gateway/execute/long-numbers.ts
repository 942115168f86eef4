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
import type { Engine } from './context.ts';

/** The standard's scalars have no such number. */
export function mayGiveLongNumbers(operation: OperationDefinitionNode, { schema, isStandard }: Engine): boolean {
  if (isStandard) return false;
  const types = new TypeInfo(schema);
  const document: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation] };
  let may = false;
  visit(
    document,
    visitWithTypeInfo(types, {
      Field: () => {
        const type = getNamedType(types.getType());
        may ||= isScalarType(type) && !isSpecifiedScalarType(type);
      },
    }),
  );
  return may;
}
