/**
 * API schema, subgraph and data classes → the schema that validates a fetch of an upstream gateway: what the subgraph
 * serves and the classes allow.
 */
import { applicationsOf, attachScalars, type GraphQLScalars, hasDirective } from '@yiwang/schema';
import {
  buildASTSchema,
  type DefinitionNode,
  type FieldDefinitionNode,
  Kind,
  parse,
  type TypeDefinitionNode,
} from 'graphql';
import type { View } from '../../model/validated-operation.ts';
import type { ApiSchema } from './api-schema.ts';
import { createClassFilter } from './field-filter.ts';
import { type FieldFilter, pruneTypes } from './prune-types.ts';
import { stripDirectives } from './views.ts';

/** Undefined if the supergraph does not have the subgraph, or the classes show nothing of it. */
export type UpstreamViewOf = (subgraph: string, classes: readonly string[]) => View | undefined;

const ENTITIES_FIELD = '_entities';

/** `graphNameOf` returns the supergraph's name of a subgraph. */
export function createUpstreamViews(
  api: ApiSchema,
  graphNameOf: (subgraph: string) => string | undefined,
  scalars: GraphQLScalars = {},
): UpstreamViewOf {
  // Few subgraphs times sixteen sets of classes.
  const views = new Map<string, View | undefined>();
  return (subgraph, classes) => {
    const graphName = graphNameOf(subgraph);
    if (graphName === undefined) return undefined;
    const name = `relay ${subgraph} ${[...classes].sort().join(' ')}`;
    if (!views.has(name)) views.set(name, buildUpstreamView(name, api, graphName, new Set(classes), scalars));
    return views.get(name);
  };
}

function buildUpstreamView(
  name: string,
  api: ApiSchema,
  graphName: string,
  classes: ReadonlySet<string>,
  scalars: GraphQLScalars,
): View | undefined {
  const ownTypes = api.types.filter((type) => isJoinedTo(type, 'join__type', graphName));
  const classFilter = createClassFilter(classes);
  const filter: FieldFilter = {
    ...classFilter,
    field: (type, field) =>
      field.name.value === ENTITIES_FIELD || (isFieldJoinedTo(field, graphName) && classFilter.field(type, field)),
  };
  const query = api.roots.find(({ operation }) => operation === 'query')?.type ?? 'Query';
  const types = pruneTypes(addEntitiesField(ownTypes, query, graphName), [query], filter);
  if (!types.some((type) => type.name.value === query)) return undefined;
  const definitions: DefinitionNode[] = [...api.directives, ...types];
  const schema = buildASTSchema(stripDirectives({ kind: Kind.DOCUMENT, definitions }), { assumeValidSDL: true });
  return { name, schema: attachScalars(schema, scalars) };
}

/** The types with the part of Federation's subgraph schema that fetches use. */
function addEntitiesField(
  types: readonly TypeDefinitionNode[],
  query: string,
  graphName: string,
): readonly TypeDefinitionNode[] {
  const entities = types.filter((type) => type.kind === Kind.OBJECT_TYPE_DEFINITION && isEntity(type, graphName));
  if (entities.length === 0) return types;
  const added = parse(
    `scalar _Any
     union _Entity = ${entities.map(({ name }) => name.value).join(' | ')}
     type ${query} { ${ENTITIES_FIELD}(representations: [_Any!]!): [_Entity]! }`,
    { noLocation: true },
  ).definitions as readonly TypeDefinitionNode[];
  const root = added.find((type) => type.name.value === query);
  const lookup = root?.kind === Kind.OBJECT_TYPE_DEFINITION ? (root.fields ?? []) : [];
  const own = types.some((type) => type.name.value === query);
  return [
    ...types.map((type) =>
      type.kind === Kind.OBJECT_TYPE_DEFINITION && type.name.value === query
        ? { ...type, fields: [...(type.fields ?? []), ...lookup] }
        : type,
    ),
    ...added.filter((type) => !own || type.name.value !== query),
  ];
}

/** A field without `@join__field` is in all graphs of its type. */
function isFieldJoinedTo(field: FieldDefinitionNode, graphName: string): boolean {
  return !hasDirective(field, 'join__field') || isJoinedTo(field, 'join__field', graphName);
}

function isJoinedTo(node: FieldDefinitionNode | TypeDefinitionNode, directive: string, graphName: string): boolean {
  return applicationsOf(node, directive).some(({ graph }) => graph === graphName);
}

/** True if this graph resolves objects of the type by a key. */
function isEntity(type: TypeDefinitionNode, graphName: string): boolean {
  return applicationsOf(type, 'join__type').some(
    ({ graph, key, resolvable }) => graph === graphName && key !== undefined && resolvable !== false,
  );
}
