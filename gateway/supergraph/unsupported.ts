/** Refuses supergraphs with what neither planner follows, since their values would be wrong. */
import { applicationsOf, argumentsOf, isObject } from '@yiwang/schema';
import { type DirectiveNode, type DocumentNode, type FieldDefinitionNode, Kind } from 'graphql';

/** Names of `@join__directive` whose subgraph is not a GraphQL server. */
const CONNECTORS = new Set(['connect', 'source']);
/** Versions that the planners know. */
const KNOWN_JOIN = /^https:\/\/specs\.apollo\.dev\/join\/v(?:0\.[1-5])$/;
const ANY_JOIN = /^https:\/\/specs\.apollo\.dev\/join\//;

/** Throws an `Error` that names the first such place. */
export function assertSupported(supergraph: DocumentNode): void {
  for (const node of supergraph.definitions) {
    if (node.kind === Kind.SCHEMA_DEFINITION || node.kind === Kind.SCHEMA_EXTENSION) {
      for (const applied of node.directives ?? []) assertSupportedJoin(applied);
    }
    if (!('directives' in node)) continue;
    const name = 'name' in node && node.name ? node.name.value : 'the schema';
    assertNoConnector(name, node.directives);
    for (const field of fieldsOf(node)) assertSupportedField(`${name}.${field.name.value}`, field);
  }
}

function assertSupportedField(coordinate: string, field: FieldDefinitionNode): void {
  assertNoConnector(coordinate, field.directives);
  for (const { contextArguments } of applicationsOf(field, 'join__field')) {
    const first: unknown = Array.isArray(contextArguments) ? contextArguments[0] : undefined;
    if (!isObject(first)) continue;
    const argument = `${coordinate}(${String(first.name)}:)`;
    throw new Error(`${argument} takes its value by @fromContext, which this gateway does not follow`);
  }
}

function assertNoConnector(coordinate: string, directives: readonly DirectiveNode[] | undefined): void {
  for (const applied of directives ?? []) {
    const name = applied.name.value === 'join__directive' ? String(argumentsOf(applied).name) : '';
    if (CONNECTORS.has(name)) {
      throw new Error(`${coordinate} has @${name}, and this gateway calls GraphQL servers alone`);
    }
  }
}

function assertSupportedJoin(applied: DirectiveNode): void {
  const { url: linked, feature } = argumentsOf(applied);
  const url = applied.name.value === 'core' ? feature : linked;
  if (typeof url !== 'string' || !ANY_JOIN.test(url) || KNOWN_JOIN.test(url)) return;
  throw new Error(`it is written by ${url}, which this gateway does not know`);
}

function fieldsOf(node: DocumentNode['definitions'][number]): readonly FieldDefinitionNode[] {
  const hasFields = node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION;
  return hasFields ? (node.fields ?? []) : [];
}
