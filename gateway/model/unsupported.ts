/** What a supergraph may ask of a gateway that neither planner follows: it is refused when it is loaded, since it would give wrong values. */

import { isObject } from '@yiwang/schema';
import { type DirectiveNode, type DocumentNode, type FieldDefinitionNode, Kind, valueFromASTUntyped } from 'graphql';

/** Names of `@join__directive` whose subgraph is no GraphQL server. */
const CONNECTORS = new Set(['connect', 'source']);
/** Versions that the planners know. */
const KNOWN_JOIN = /^https:\/\/specs\.apollo\.dev\/join\/v(?:0\.[1-5])$/;
const ANY_JOIN = /^https:\/\/specs\.apollo\.dev\/join\//;

/** Throws an `Error` that names the first place. */
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

function assertSupportedField(coordinate: string, { directives }: FieldDefinitionNode): void {
  assertNoConnector(coordinate, directives);
  for (const applied of directives ?? []) {
    if (applied.name.value !== 'join__field') continue;
    const [first] = listOf(argumentOf(applied, 'contextArguments'));
    if (!isObject(first)) continue;
    const argument = `${coordinate}(${String(first.name)}:)`;
    throw new Error(`${argument} takes its value by @fromContext, which this gateway does not follow`);
  }
}

function assertNoConnector(coordinate: string, directives: readonly DirectiveNode[] | undefined): void {
  for (const applied of directives ?? []) {
    const name = applied.name.value === 'join__directive' ? String(argumentOf(applied, 'name')) : '';
    if (CONNECTORS.has(name)) {
      throw new Error(`${coordinate} has @${name}, and this gateway asks GraphQL servers alone`);
    }
  }
}

function assertSupportedJoin(applied: DirectiveNode): void {
  const url = argumentOf(applied, applied.name.value === 'core' ? 'feature' : 'url');
  if (typeof url !== 'string' || !ANY_JOIN.test(url) || KNOWN_JOIN.test(url)) return;
  throw new Error(`it is written by ${url}, which this gateway does not know`);
}

function fieldsOf(node: DocumentNode['definitions'][number]): readonly FieldDefinitionNode[] {
  const hasFields = node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION;
  return hasFields ? (node.fields ?? []) : [];
}

function argumentOf({ arguments: args = [] }: DirectiveNode, name: string): unknown {
  const argument = args.find((one) => one.name.value === name);
  return argument && valueFromASTUntyped(argument.value);
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
