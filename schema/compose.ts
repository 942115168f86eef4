/**
 * Subgraph modules → the supergraph. Before composition each module is completed from the shared definitions, every field
 * is given its data class, and what spans platforms is split off into a logical subgraph of its own (see `splitSpanning`).
 */
import { composeServices } from '@theguild/federation-composition';
import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
} from 'graphql';
import { formatAddress, type Partition, type SubgraphAddress } from './protocol/subgraph-address.ts';
import { classifyFields } from './sdl/field-classes.ts';
import { completeSdl, definitionsOf, reachableDefinitions, readDirectiveDefinitions } from './sdl.ts';

export interface SubgraphSource {
  readonly name: string;
  readonly sdl: DocumentNode;
}

/** A logical subgraph as it goes into composition. */
export interface LogicalSubgraph {
  readonly name: string;
  readonly address: SubgraphAddress;
  readonly sdl: DocumentNode;
}

export type Composition = { kind: 'composed'; supergraph: string } | { kind: 'failed'; errors: readonly string[] };

const STANDARD_DIRECTIVES = ['@jurisdiction', '@partitioned', '@gather', '@classified', '@masked', '@groups'];
const SCHEMA_LINKS = `extend schema
  @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable", "@composeDirective"])
  @link(url: "https://yiwang.dev/standard/v1.0", import: [${STANDARD_DIRECTIVES.map((name) => `"${name}"`).join(', ')}, "Gather", "DataClass", "Mask", "JurisdictionForm"])
${STANDARD_DIRECTIVES.map((name) => `  @composeDirective(name: "${name}")`).join('\n')}`;

export function composeSupergraph(sources: readonly SubgraphSource[]): Composition {
  const services = logicalSubgraphs(sources).map(({ name, address, sdl }) => ({
    name,
    url: formatAddress(address),
    typeDefs: parse(`${SCHEMA_LINKS}\n${print(readDirectiveDefinitions())}\n${print(sdl)}`, { noLocation: true }),
  }));
  const result = composeServices(services);
  if (result.errors?.length) return { kind: 'failed', errors: result.errors.map((error) => error.message) };
  return { kind: 'composed', supergraph: `${print(parse(result.supergraphSdl!, { noLocation: true }))}\n` };
}

export function logicalSubgraphs(sources: readonly SubgraphSource[]): LogicalSubgraph[] {
  return sources.flatMap(({ name, sdl }) => {
    const ownNames = new Set(definitionsOf(sdl).map(([typeName]) => typeName));
    const completed = new Map(
      definitionsOf(completeSdl(sdl)).map(([typeName, node]) => [
        typeName,
        classifyFields(ownNames.has(typeName) ? node : toEntityStub(node)),
      ]),
    );
    return splitSpanning({ subgraph: name, partition: partitionOf(sdl) }, completed);
  });
}

/**
 * An entity that spans platforms may be met inside the answer of a platform that holds only a part of it, or none, and that
 * would look whole. So its fields live in a logical subgraph of their own (`municipal_division`), where every planner must
 * reach them by an entity fetch, which the gateway routes by the entity's own key.
 */
function splitSpanning(address: SubgraphAddress, definitions: ReadonlyMap<string, DefinitionNode>): LogicalSubgraph[] {
  const spanning = [...definitions.values()].filter(isSpanning);
  const withStubs = new Map(definitions);
  for (const type of spanning) withStubs.set(type.name.value, toEntityStub(type));
  const stubs = new Map([...definitions].map(([name, node]) => [name, toEntityStub(node)]));

  const parts = [
    { name: address.subgraph, definitions: reachableDefinitions(withStubs, ['Query', ...entityNames(withStubs)]) },
    ...spanning.map((type) => ({
      name: `${address.subgraph}_${type.name.value.toLowerCase()}`,
      definitions: reachableDefinitions(new Map([...stubs, [type.name.value, type]]), [type.name.value]),
    })),
  ];
  const shared = sharedNames(parts.map((part) => part.definitions));
  return parts.map((part) => ({
    name: part.name,
    address,
    sdl: { kind: Kind.DOCUMENT, definitions: part.definitions.map((node) => markShareable(shared, node)) },
  }));
}

function sharedNames(parts: readonly (readonly DefinitionNode[])[]): Set<string> {
  const names = parts.flatMap((part) => part.map(nameOf));
  return new Set(names.filter((name, index) => names.indexOf(name) !== index));
}

function partitionOf(sdl: DocumentNode): Partition {
  const partitioned = sdl.definitions.flatMap((node) =>
    node.kind === Kind.OBJECT_TYPE_DEFINITION ? (directive(node, 'partitioned') ?? []) : [],
  );
  if (partitioned.length === 0) return 'none';
  return partitioned.some((applied) => isArgumentTrue(applied, 'layered')) ? 'tier-and-division' : 'division';
}

function isSpanning(node: DefinitionNode): node is ObjectTypeDefinitionNode {
  if (node.kind !== Kind.OBJECT_TYPE_DEFINITION) return false;
  const partitioned = directive(node, 'partitioned');
  if (!partitioned || !isArgumentTrue(partitioned, 'spans')) return false;
  return node.fields!.some((field) => !isKeyField(node, field));
}

/** The type as another subgraph's: its key fields alone, and no promise to resolve it from them. */
function toEntityStub(node: DefinitionNode): DefinitionNode {
  if (node.kind !== Kind.OBJECT_TYPE_DEFINITION || !isEntity(node)) return node;
  return {
    ...node,
    fields: node.fields!.filter((field) => isKeyField(node, field)),
    // Where its rows live is for the subgraph to say that has them.
    directives: node
      .directives!.filter((applied) => applied.name.value !== 'partitioned')
      .map((applied) =>
        applied.name.value === 'key'
          ? withArgument(applied, 'resolvable', { kind: Kind.BOOLEAN, value: false })
          : applied,
      ),
  };
}

function markShareable(shared: ReadonlySet<string>, node: DefinitionNode): DefinitionNode {
  if (node.kind !== Kind.OBJECT_TYPE_DEFINITION || !shared.has(node.name.value)) return node;
  if (directive(node, 'key') || directive(node, 'shareable')) return node;
  const shareable: ConstDirectiveNode = { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: 'shareable' } };
  return { ...node, directives: [...(node.directives ?? []), shareable] };
}

function entityNames(definitions: ReadonlyMap<string, DefinitionNode>): string[] {
  return [...definitions].filter(([, node]) => isEntity(node)).map(([name]) => name);
}

function isEntity(node: DefinitionNode): boolean {
  if (node.kind !== Kind.OBJECT_TYPE_DEFINITION) return false;
  const key = directive(node, 'key');
  return key !== undefined && !key.arguments!.some((arg) => arg.name.value === 'resolvable');
}

function isKeyField(type: ObjectTypeDefinitionNode, field: FieldDefinitionNode): boolean {
  const fields = directive(type, 'key')?.arguments?.find((arg) => arg.name.value === 'fields')?.value;
  return fields?.kind === Kind.STRING && fields.value.split(/[\s,{}]+/).includes(field.name.value);
}

function directive(
  node: { readonly directives?: readonly ConstDirectiveNode[] | undefined },
  name: string,
): ConstDirectiveNode | undefined {
  return node.directives?.find((applied) => applied.name.value === name);
}

function isArgumentTrue(applied: ConstDirectiveNode, argument: string): boolean {
  return (applied.arguments ?? []).some(
    ({ name, value }) => name.value === argument && value.kind === Kind.BOOLEAN && value.value,
  );
}

function withArgument(
  node: ConstDirectiveNode,
  name: string,
  value: { kind: Kind.BOOLEAN; value: boolean },
): ConstDirectiveNode {
  const argument = { kind: Kind.ARGUMENT, name: { kind: Kind.NAME, value: name }, value } as const;
  return { ...node, arguments: [...(node.arguments ?? []), argument] };
}

function nameOf(node: DefinitionNode): string {
  return 'name' in node && node.name ? node.name.value : '';
}
