/** The scalars of the standard, in place of those that a schema only names. */
import { type GraphQLScalarType, type GraphQLSchema, isScalarType } from 'graphql';

/** By name. */
export type Scalars = Readonly<Record<string, GraphQLScalarType>>;

/** The schema itself. A scalar that is not listed passes its values through. */
export function withScalars(schema: GraphQLSchema, scalars: Scalars): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    const standard = scalars[type.name];
    if (standard === undefined || !isScalarType(type)) continue;
    type.serialize = standard.serialize;
    type.parseValue = standard.parseValue;
    type.parseLiteral = standard.parseLiteral;
    type.description ??= standard.description;
    type.specifiedByURL ??= standard.specifiedByURL;
  }
  return schema;
}
