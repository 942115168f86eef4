/** Supergraph, subgraph and data classes → the schema by which a fetch of a gateway above is checked: what the one serves and the others allow. */
import {
  buildASTSchema,
  type ConstDirectiveNode,
  type DefinitionNode,
  type FieldDefinitionNode,
  type GraphQLScalarType,
  Kind,
  parse,
  type TypeDefinitionNode,
} from 'graphql';
import type { View } from '../../model/validated-operation.ts';
import { type ApiSchema, readApiSchema, textOf } from './api-schema.ts';
import { createClassFilter } from './field-filter.ts';
import { type FieldFilter, pruneTypes } from './prune-types.ts';
import { stripDirectives, withScalars } from './views.ts';

/** Undefined for a subgraph that the supergraph does not have, or of which these classes show nothing. */
export type UpstreamViewOf = (subgraph: string, classes: readonly string[]) => View | undefined;

const ENTITIES_FIELD = '_entities';

export function createUpstreamViews(
  supergraphSdl: string,
  scalars: Readonly<Record<string, GraphQLScalarType>> = {},
): UpstreamViewOf {
  const api = readApiSchema(supergraphSdl);
  const graphNames = graphNamesOf(supergraphSdl);
  // There are few subgraphs and sixteen sets of classes.
  const views = new Map<string, View | undefined>();
  return (subgraph, classes) => {
    const graphName = graphNames.get(subgraph);
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
  scalars: Readonly<Record<string, GraphQLScalarType>>,
): View | undefined {
  const ownTypes = api.types.filter((type) => isJoinedTo(type.directives, 'join__type', graphName));
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
  return { name, schema: withScalars(schema, scalars) };
}

/** The types with what federation adds to a subgraph, as far as fetches use it. */
function addEntitiesField(
  types: readonly TypeDefinitionNode[],
  query: string,
  graphName: string,
): readonly TypeDefinitionNode[] {
  const entities = types.filter(
    (type) => type.kind === Kind.OBJECT_TYPE_DEFINITION && type.directives?.some((node) => isKey(node, graphName)),
  );
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

/** A field that names no graph is in all graphs of its type. */
function isFieldJoinedTo({ directives }: FieldDefinitionNode, graphName: string): boolean {
  const joined = directives?.some((node) => node.name.value === 'join__field') ?? false;
  return !joined || isJoinedTo(directives, 'join__field', graphName);
}

function isJoinedTo(directives: readonly ConstDirectiveNode[] | undefined, name: string, graphName: string): boolean {
  return directives?.some((node) => node.name.value === name && textOf(node, 'graph') === graphName) ?? false;
}

/** A key by which this graph resolves its entities. */
function isKey(node: ConstDirectiveNode, graphName: string): boolean {
  if (node.name.value !== 'join__type' || textOf(node, 'graph') !== graphName) return false;
  const named = (argument: string) => node.arguments?.find(({ name }) => name.value === argument)?.value;
  const resolvable = named('resolvable');
  return named('key') !== undefined && !(resolvable?.kind === Kind.BOOLEAN && !resolvable.value);
}

/** Name of the subgraph → its name in the supergraph's enum of graphs. */
function graphNamesOf(supergraphSdl: string): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const node of parse(supergraphSdl, { noLocation: true }).definitions) {
    if (node.kind !== Kind.ENUM_TYPE_DEFINITION || node.name.value !== 'join__Graph') continue;
    for (const value of node.values ?? []) {
      const api = value.directives?.find((directive) => directive.name.value === 'join__graph');
      const name = api && textOf(api, 'name');
      if (name !== undefined) names.set(name, value.name.value);
    }
  }
  return names;
}
