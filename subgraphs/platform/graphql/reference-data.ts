/** Fields that are reference data (`@reference`), and the tracking of answers that read other data. */
import { hasDirective } from '@yiwang/schema';
import {
  type DocumentNode,
  defaultFieldResolver,
  type GraphQLSchema,
  isIntrospectionType,
  isObjectType,
  Kind,
} from 'graphql';
import type { Resolver } from '../module.ts';

/** Tracks one request: every resolver of other data than reference data sets it. */
export interface ReferenceTracker {
  readOtherData: boolean;
}

/** Coordinates of one module: `Type.field` for a field, `Type.__resolveReference` for an entity. */
export type ReferenceCoordinates = ReadonlySet<string>;

/** Throws an `Error` for a field that is masked as well: its value depends on who asks. */
export function referenceCoordinates(sdl: DocumentNode): ReferenceCoordinates {
  const coordinates = new Set<string>();
  for (const type of sdl.definitions) {
    if (type.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    const isWholeType = hasDirective(type, 'reference');
    if (isWholeType) coordinates.add(`${type.name.value}.__resolveReference`);
    for (const field of type.fields ?? []) {
      if (!isWholeType && !hasDirective(field, 'reference')) continue;
      const coordinate = `${type.name.value}.${field.name.value}`;
      if (hasDirective(field, 'masked')) throw new Error(`"${coordinate}" is masked, so it cannot be @reference`);
      coordinates.add(coordinate);
    }
  }
  return coordinates;
}

/** Wraps a resolver so that it reports to the tracker of the request. */
export function trackResolver(resolve: Resolver): Resolver {
  return (parent, args, context: { readonly reading?: ReferenceTracker }, info) => {
    if (context.reading) context.reading.readOtherData = true;
    return resolve(parent, args, context, info);
  };
}

/** The same for fields without a resolver that no module declares as reference data. Changes the schema. */
export function trackDefaultResolvers(schema: GraphQLSchema, coordinates: readonly ReferenceCoordinates[]): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || isIntrospectionType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      if (field.resolve || coordinates.some((moduleCoordinates) => moduleCoordinates.has(`${type.name}.${field.name}`)))
        continue;
      field.resolve = trackResolver(defaultFieldResolver);
    }
  }
}
