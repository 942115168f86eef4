/**
 * Supergraph → its executable schema. Arguments are coerced by it and gathers compiled against it, whatever a view
 * shows.
 */
import { attachScalars, createGraphQLScalars } from '@yiwang/schema';
import { buildASTSchema, type DocumentNode, type GraphQLSchema } from 'graphql';

/** `isStandard` false: scalars are what the supergraph's own subgraphs make of them. */
export function createSupergraphSchema(supergraph: DocumentNode, isStandard: boolean): GraphQLSchema {
  const schema = buildASTSchema(supergraph, { assumeValidSDL: true });
  return isStandard ? attachScalars(schema, createGraphQLScalars()) : schema;
}
