/** The scalars of the standard as GraphQL has them. */
import {
  GraphQLError,
  GraphQLScalarType,
  type GraphQLSchema,
  isScalarType,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import { StandardError } from '../standard/standard-error.ts';
import type { StandardScalar } from './standard-scalar.ts';
import { standardScalars } from './standard-scalars.ts';

/** By name. */
export type GraphQLScalars = Readonly<Record<string, GraphQLScalarType>>;

/**
 * The scalars as GraphQL types, made anew: a breach is a `GraphQLError` with `BAD_USER_INPUT` and the reason as
 * `breach`.
 */
export function createGraphQLScalars(): GraphQLScalars {
  return Object.fromEntries(
    Object.entries(standardScalars).map(([name, scalar]) => [name, createGraphQLScalar(scalar)]),
  );
}

/**
 * Gives the scalar types of a schema that have these names their ways to parse and to serialize, and a description to
 * those without. Changes the schema and returns it; any other scalar passes its values through.
 */
export function attachScalars(schema: GraphQLSchema, scalars: GraphQLScalars = createGraphQLScalars()): GraphQLSchema {
  for (const [name, scalar] of Object.entries(scalars)) {
    const type = schema.getType(name);
    if (!isScalarType(type)) continue;
    type.serialize = scalar.serialize;
    type.parseValue = scalar.parseValue;
    type.parseLiteral = scalar.parseLiteral;
    type.description ??= scalar.description;
    type.specifiedByURL ??= scalar.specifiedByURL;
  }
  return schema;
}

function createGraphQLScalar({ name, description, parse, serialize }: StandardScalar): GraphQLScalarType {
  return new GraphQLScalarType({
    name,
    description,
    serialize: (value) => withPublicErrors(() => serialize(value)),
    parseValue: (value) => withPublicErrors(() => parse(value)),
    parseLiteral: (node, variables) => withPublicErrors(() => parse(valueFromASTUntyped(node, variables)), node),
  });
}

function withPublicErrors<T>(run: () => T, node?: ValueNode): T {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof StandardError)) throw error;
    throw new GraphQLError(error.message, {
      ...(node ? { nodes: [node] } : {}),
      extensions: { code: 'BAD_USER_INPUT', breach: error.reason },
    });
  }
}
