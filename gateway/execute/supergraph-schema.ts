/** The whole supergraph's types: what arguments are read by and gathers compiled against, whatever a view shows. */
import { createGraphQLScalars } from '@yiwang/schema';
import {
  buildASTSchema,
  type DocumentNode,
  type GraphQLSchema,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  isScalarType,
} from 'graphql';
import type { TypeTest } from './tree/tree.ts';

/** `standard` false: scalars are what the supergraph's own subgraphs make of them. */
export function createSupergraphSchema(supergraph: DocumentNode, { standard }: { standard: boolean }): GraphQLSchema {
  const schema = buildASTSchema(supergraph, { assumeValidSDL: true });
  if (!standard) return schema;
  const scalars = createGraphQLScalars();
  for (const type of Object.values(schema.getTypeMap())) {
    const scalar = scalars[type.name];
    if (!scalar || !isScalarType(type)) continue;
    type.serialize = scalar.serialize;
    type.parseValue = scalar.parseValue;
    type.parseLiteral = scalar.parseLiteral;
  }
  return schema;
}

export function createTypeTest(schema: GraphQLSchema): TypeTest {
  return (typename, condition) => {
    const [type, abstract] = [schema.getType(typename), schema.getType(condition)];
    return (
      isAbstractType(abstract) && (isObjectType(type) || isInterfaceType(type)) && schema.isSubType(abstract, type)
    );
  };
}
