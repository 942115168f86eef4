/**
 * Makes default values printable. graphql-js has no literal for an object of a custom scalar and throws in
 * introspection, which shows the JSON text instead. Subgraphs have the default itself.
 */
import {
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type GraphQLSchema,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql';

export function makeDefaultsPrintable(schema: GraphQLSchema): void {
  const inputs: (GraphQLArgument | GraphQLInputField)[] = schema.getDirectives().flatMap(({ args }) => args);
  for (const type of Object.values(schema.getTypeMap())) {
    if (isInputObjectType(type)) inputs.push(...Object.values(type.getFields()));
    if (isObjectType(type) || isInterfaceType(type)) {
      for (const { args } of Object.values(type.getFields())) inputs.push(...args);
    }
  }
  for (const input of inputs) input.defaultValue = printable(input.defaultValue, input.type);
}

function printable(value: unknown, type: GraphQLInputType): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (isNonNullType(type)) return printable(value, type.ofType);
  if (isListType(type)) {
    return Array.isArray(value) ? value.map((item) => printable(item, type.ofType)) : printable(value, type.ofType);
  }
  if (!isInputObjectType(type)) return JSON.stringify(value);
  const fields = type.getFields();
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [name, fields[name] ? printable(item, fields[name].type) : item]),
  );
}
