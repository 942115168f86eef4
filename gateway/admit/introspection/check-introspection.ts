/**
 * Bounds introspection by the number of values in its answer, counted without writing it: a schema refers to itself in
 * many ways.
 */
import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getArgumentValues,
  getIntrospectionQuery,
  getNamedType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  parse,
  SchemaMetaFieldDef,
  type SelectionSetNode,
  TypeMetaFieldDef,
} from 'graphql';
import { isIncluded } from '../../kit/graphql/is-included.ts';
import type { PublicError } from '../../model/errors.ts';
import type { Limits } from '../../model/limits.ts';
import { createLimitError } from '../limits/check-shape.ts';

export interface IntrospectionRequest {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly coerced: Readonly<Record<string, unknown>>;
}

const ROOT_FIELDS: Readonly<Record<string, GraphQLField<unknown, unknown>>> = {
  __schema: SchemaMetaFieldDef,
  __type: TypeMetaFieldDef,
};

/** The operation is valid and has introspection fields. Returns undefined if its answer is small enough. */
export function checkIntrospection(request: IntrospectionRequest, limits: Limits): PublicError | undefined {
  const max = limits.introspectionTimesMax * fullSizeOf(request.schema);
  const value = countIntrospection(request, max);
  if (value <= max) return undefined;
  const message = `Introspection would return more than ${max} values, ${limits.introspectionTimesMax} times the schema; ask for less at a time.`;
  return createLimitError({ limit: 'introspectionTimesMax', value, max, message });
}

const FULL_INTROSPECTION = parse(
  getIntrospectionQuery({
    specifiedByUrl: true,
    directiveIsRepeatable: true,
    schemaDescription: true,
    inputValueDeprecation: true,
    oneOf: true,
  }),
  { noLocation: true },
);
const sizes = new WeakMap<GraphQLSchema, number>();

/** Values in the answer to the query with which tools read a schema. */
function fullSizeOf(schema: GraphQLSchema): number {
  const cached = sizes.get(schema);
  if (cached !== undefined) return cached;
  const operation = FULL_INTROSPECTION.definitions.find((node) => node.kind === Kind.OPERATION_DEFINITION)!;
  const size = countIntrospection(
    { schema, document: FULL_INTROSPECTION, operation, coerced: {} },
    Number.MAX_SAFE_INTEGER,
  );
  sizes.set(schema, size);
  return size;
}

/** Stops counting beyond `max`. */
function countIntrospection({ schema, document, operation, coerced }: IntrospectionRequest, max: number): number {
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments[node.name.value] = node;
  }
  let count = 0;
  const countSet = (type: GraphQLObjectType, set: SelectionSetNode, source: unknown, isRoot: boolean): void => {
    for (const selection of set.selections) {
      if (count > max) return;
      if (!isIncluded(selection, coerced)) continue;
      if (selection.kind === Kind.FIELD) {
        const name = selection.name.value;
        const field = isRoot ? ROOT_FIELDS[name] : type.getFields()[name];
        if (field) countField(type, field, selection, source);
        continue;
      }
      const inner = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value];
      if (inner) countSet(type, inner.selectionSet, source, isRoot);
    }
  };
  const countField = (
    parentType: GraphQLObjectType,
    field: GraphQLField<unknown, unknown>,
    node: FieldNode,
    source: unknown,
  ): void => {
    count++;
    const type = getNamedType(field.type);
    if (!node.selectionSet || !isObjectType(type)) return;
    const info = {
      fieldName: field.name,
      fieldNodes: [node],
      returnType: field.type,
      parentType,
      path: { prev: undefined, key: field.name, typename: parentType.name },
      schema,
      fragments,
      rootValue: undefined,
      operation,
      variableValues: coerced,
    };
    const value: unknown = field.resolve?.(source, getArgumentValues(field, node, coerced), undefined, info);
    for (const item of Array.isArray(value) ? value : [value]) {
      if (count > max) return;
      if (item === undefined || item === null) continue;
      count++;
      countSet(type, node.selectionSet, item, false);
    }
  };
  const root = schema.getRootType(operation.operation);
  if (root) countSet(root, operation.selectionSet, undefined, true);
  return count;
}
