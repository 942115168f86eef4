/** Modules → the executable schema of a platform server: merged types, resolvers, the standard's scalars and masks. */

import { buildFederationSchema } from '@mercuriusjs/federation';
import { attachScalars } from '@yiwang/schema';
import { completeSdl, mergeSdl, readDirectiveDefinitions, readDocument } from '@yiwang/schema/sdl';
import { type DocumentNode, type GraphQLObjectType, type GraphQLSchema, isObjectType, parse, print } from 'graphql';
import { PlatformError } from '../errors.ts';
import type { PlatformModule, Resolver } from '../module.ts';
import { createDataClassCheck, type DataClassCheck } from './data-class-check.ts';
import { JointFields } from './joint-fields.ts';
import { maskFields } from './masking.ts';
import {
  type ReferenceCoordinates,
  referenceCoordinates,
  trackDefaultResolvers,
  trackResolver,
} from './reference-data.ts';
import { joinWithinArguments } from './within-any.ts';

/** Mercurius brings the directives of Federation 1; these are the ones of 2 that the modules use. */
const FEDERATION_DIRECTIVES = 'directive @shareable repeatable on OBJECT | FIELD_DEFINITION';
const FEDERATION_LINK =
  'extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable", "@external", "@requires"])';

/** Read by mercurius' resolver of `_entities`. */
type EntityType = GraphQLObjectType & { resolveReference?: Resolver };

export interface ExecutableSchema {
  readonly schema: GraphQLSchema;
  /** True if a module resolves reference data. Resolvers of other data then report to the tracker of the request. */
  readonly hasReference: boolean;
  readonly classes: DataClassCheck;
}

export interface SchemaOptions {
  readonly modules: readonly PlatformModule[];
  readonly representationsMax: number;
}

/** Throws an `Error` for a resolver of a type or field that no module's schema has. */
export function createExecutableSchema({ modules, representationsMax }: SchemaOptions): ExecutableSchema {
  const documents = modules.map((module) => completeSdl(readDocument(module.schema)));
  const marks = documents.map(referenceCoordinates);
  const hasReference = modules.some((module, index) => resolvesReferenceData(module, marks[index]!));
  const definitions = mergeSdl([readDirectiveDefinitions(), ...documents]);
  const schema = buildFederationSchema(withFederation(definitions));
  const joint = new JointFields();
  modules.forEach((module, index) => {
    attachResolvers(schema, module, { joint, marks: hasReference ? marks[index] : undefined });
  });
  if (hasReference) trackDefaultResolvers(schema, marks);
  attachScalars(schema);
  joinWithinArguments(schema);
  maskFields(schema);
  limitRepresentations(schema, representationsMax);
  attachServiceSdl(schema, `${FEDERATION_LINK}\n\n${print(definitions)}`);
  return { schema, hasReference, classes: createDataClassCheck(schema, documents) };
}

function resolvesReferenceData({ resolvers }: PlatformModule, marks: ReferenceCoordinates): boolean {
  return Object.entries(resolvers).some(([type, fields]) =>
    Object.keys(fields).some((field) => marks.has(`${type}.${field}`)),
  );
}

function withFederation(definitions: DocumentNode): string {
  return print(mergeSdl([parse(FEDERATION_DIRECTIVES, { noLocation: true }), definitions]));
}

/**
 * With coordinates, resolvers of other fields than the module's reference data are tracked, whatever other modules
 * declare.
 */
function attachResolvers(
  schema: GraphQLSchema,
  module: PlatformModule,
  { joint, marks }: { readonly joint: JointFields; readonly marks: ReferenceCoordinates | undefined },
): void {
  const { name, resolvers } = module;
  for (const [typeName, fields] of Object.entries(resolvers)) {
    const type = schema.getType(typeName);
    if (!isObjectType(type))
      throw new Error(`The module ${name} resolves "${typeName}", which its schema does not have`);
    const isRoot = type === schema.getQueryType();
    for (const [fieldName, moduleResolver] of Object.entries(fields)) {
      const resolver = !marks || marks.has(`${typeName}.${fieldName}`) ? moduleResolver : trackResolver(moduleResolver);
      const field = type.getFields()[fieldName];
      if (fieldName === '__resolveReference') chainReference(type, resolver);
      else if (field) field.resolve = isRoot ? joint.join(field, name, resolver) : resolver;
      else throw new Error(`The module ${name} resolves "${typeName}.${fieldName}", which its schema does not have`);
    }
  }
}

/** Several modules of a server may resolve an entity: the first that has the row of the key returns it. */
function chainReference(type: EntityType, resolver: Resolver): void {
  const earlier = type.resolveReference;
  type.resolveReference = earlier
    ? async (...args: Parameters<Resolver>) => (await earlier(...args)) ?? resolver(...args)
    : resolver;
}

function limitRepresentations(schema: GraphQLSchema, representationsMax: number): void {
  const field = schema.getQueryType()?.getFields()._entities;
  const resolve = field?.resolve;
  if (!field || !resolve) return;
  field.resolve = (source, args: { representations: readonly unknown[] }, context, info) => {
    if (args.representations.length > representationsMax) {
      throw new PlatformError(
        'BAD_USER_INPUT',
        `${args.representations.length} entities were asked for at once; expected ${representationsMax} at most`,
      );
    }
    return resolve(source, args, context, info);
  };
}

function attachServiceSdl(schema: GraphQLSchema, sdl: string): void {
  const service = schema.getQueryType()?.getFields()._service;
  if (service) service.resolve = () => ({ sdl });
}
