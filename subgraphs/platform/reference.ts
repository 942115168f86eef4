/** Which fields are reference data (`@reference`), and which answers read anything else. */
import {
  type DocumentNode,
  defaultFieldResolver,
  type FieldDefinitionNode,
  type GraphQLSchema,
  isIntrospectionType,
  isObjectType,
  Kind,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import type { Resolver } from './module.ts';

/** What one request has read so far; every resolver of anything but reference data says so in it. */
export interface Reading {
  beyondReference: boolean;
}

/** Coordinates of one module: `Type.field` for a field, `Type.__resolveReference` for an entity. */
export type ReferenceMarks = ReadonlySet<string>;

/** Throws an `Error` for a field that is masked as well: its value depends on who asks. */
export function referenceMarks(sdl: DocumentNode): ReferenceMarks {
  const marks = new Set<string>();
  for (const type of sdl.definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    const whole = has(type, 'reference');
    if (whole) marks.add(`${type.name.value}.__resolveReference`);
    for (const field of type.fields ?? []) {
      if (!whole && !has(field, 'reference')) continue;
      const coordinate = `${type.name.value}.${field.name.value}`;
      if (has(field, 'masked')) throw new Error(`"${coordinate}" is masked, so it cannot be @reference`);
      marks.add(coordinate);
    }
  }
  return marks;
}

/** The resolver, telling the request's reading that it ran. */
export function beyondReference(resolve: Resolver): Resolver {
  return (parent, args, context: { readonly reading?: Reading }, info) => {
    if (context.reading) context.reading.beyondReference = true;
    return resolve(parent, args, context, info);
  };
}

/** The same for fields that have no resolver of their own and that no module marks. Changes the schema. */
export function traceDefaults(schema: GraphQLSchema, marks: readonly ReferenceMarks[]): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.resolve || marks.some((marked) => marked.has(`${type.name}.${field.name}`))) continue;
      field.resolve = beyondReference(defaultFieldResolver);
    }
  }
}

function has(node: ObjectTypeDefinitionNode | FieldDefinitionNode, directive: string): boolean {
  return node.directives?.some(({ name }) => name.value === directive) ?? false;
}
