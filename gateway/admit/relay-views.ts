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
import type { View } from '../model/request.ts';
import { pruneTypes, type Sight } from './prune.ts';
import { sightOfClasses } from './sight.ts';
import { type PublicGraph, readPublicGraph, textOf } from './supergraph.ts';
import { withoutPolicies, withScalars } from './views.ts';

/** Undefined for a subgraph that the supergraph does not have, or of which these classes show nothing. */
export type RelayViewOf = (subgraph: string, classes: readonly string[]) => View | undefined;

const ENTITIES = '_entities';

export function createRelayViews(
  supergraphSdl: string,
  scalars: Readonly<Record<string, GraphQLScalarType>> = {},
): RelayViewOf {
  const graph = readPublicGraph(supergraphSdl);
  const graphNames = graphNamesOf(supergraphSdl);
  // There are few subgraphs and sixteen sets of classes.
  const views = new Map<string, View | undefined>();
  return (subgraph, classes) => {
    const graphName = graphNames.get(subgraph);
    if (graphName === undefined) return undefined;
    const name = `relay ${subgraph} ${[...classes].sort().join(' ')}`;
    if (!views.has(name)) views.set(name, viewOf(name, graph, graphName, new Set(classes), scalars));
    return views.get(name);
  };
}

function viewOf(
  name: string,
  graph: PublicGraph,
  graphName: string,
  classes: ReadonlySet<string>,
  scalars: Readonly<Record<string, GraphQLScalarType>>,
): View | undefined {
  const served = graph.types.filter((type) => isServed(type.directives, 'join__type', graphName));
  const inClasses = sightOfClasses(classes);
  const sight: Sight = {
    ...inClasses,
    field: (type, field) =>
      field.name.value === ENTITIES || (isFieldServed(field, graphName) && inClasses.field(type, field)),
  };
  const query = graph.roots.find(({ operation }) => operation === 'query')?.type ?? 'Query';
  const types = pruneTypes(withEntities(served, query, graphName), [query], sight);
  if (!types.some((type) => type.name.value === query)) return undefined;
  const definitions: DefinitionNode[] = [...graph.directives, ...types];
  const schema = buildASTSchema(withoutPolicies({ kind: Kind.DOCUMENT, definitions }), { assumeValidSDL: true });
  return { name, schema: withScalars(schema, scalars) };
}

/** The types with what federation adds to a subgraph, as far as fetches use it. */
function withEntities(
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
     type ${query} { ${ENTITIES}(representations: [_Any!]!): [_Entity]! }`,
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
function isFieldServed({ directives }: FieldDefinitionNode, graphName: string): boolean {
  const joined = directives?.some((node) => node.name.value === 'join__field') ?? false;
  return !joined || isServed(directives, 'join__field', graphName);
}

function isServed(directives: readonly ConstDirectiveNode[] | undefined, name: string, graphName: string): boolean {
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
      const graph = value.directives?.find((directive) => directive.name.value === 'join__graph');
      const name = graph && textOf(graph, 'name');
      if (name !== undefined) names.set(name, value.name.value);
    }
  }
  return names;
}
