/**
 * Subgraph modules → the supergraph. Before composition each module is completed from the shared definitions, every
 * field gets its data class, and types that span platforms are split off into logical subgraphs of their own (see
 * `splitSpanning`).
 */
import { composeServices } from '@theguild/federation-composition';
import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type DocumentNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
} from 'graphql';
import { formatAddress, type SubgraphAddress } from '../protocol/subgraph-address.ts';
import { argumentOf, directiveOf, hasDirective } from './applied-directives.ts';
import { isEntity, isKeyField, toEntityStub } from './entity-stub.ts';
import { classifyFields } from './field-classes.ts';
import { definitionsOf, reachableDefinitions, readDirectiveDefinitions } from './sdl.ts';
import { createSubgraphSchema, SUBGRAPH_LINKS } from './subgraph-schema.ts';

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

export function composeSupergraph(sources: readonly SubgraphSource[]): Composition {
  const faults = checkJointFields(sources);
  if (faults.length > 0) return { kind: 'failed', errors: faults };
  const services = logicalSubgraphs(sources).map(({ name, address, sdl }) => ({
    name,
    url: formatAddress(address),
    typeDefs: parse(`${SUBGRAPH_LINKS}\n${print(readDirectiveDefinitions())}\n${print(sdl)}`, { noLocation: true }),
  }));
  const result = composeServices(services);
  if (result.errors?.length) return { kind: 'failed', errors: result.errors.map((error) => error.message) };
  return { kind: 'composed', supergraph: `${print(parse(result.supergraphSdl!, { noLocation: true }))}\n` };
}

/**
 * A root field that several subgraphs have is answered by the platforms of each for its own rows: only groups can be
 * put together of such parts.
 */
function checkJointFields(sources: readonly SubgraphSource[]): string[] {
  const subgraphsOf = new Map<string, string[]>();
  const merges = new Map<string, unknown>();
  for (const { name, sdl } of sources) {
    const query = definitionsOf(sdl).find(([type]) => type === 'Query')?.[1];
    if (query?.kind !== Kind.OBJECT_TYPE_DEFINITION) continue;
    for (const field of query.fields ?? []) {
      const by = argumentOf(directiveOf(field, 'gather'), 'by');
      subgraphsOf.set(field.name.value, [...(subgraphsOf.get(field.name.value) ?? []), name]);
      if (!merges.has(field.name.value) || by !== 'GROUP') merges.set(field.name.value, by);
    }
  }
  return [...subgraphsOf].flatMap(([field, names]) =>
    names.length > 1 && merges.get(field) !== 'GROUP'
      ? `Query.${field} is in ${names.join(' and ')}: a field that subgraphs share must be gathered by GROUP`
      : [],
  );
}

export function logicalSubgraphs(sources: readonly SubgraphSource[]): LogicalSubgraph[] {
  return sources.flatMap(({ name, sdl }) => {
    const definitions = new Map(
      definitionsOf(createSubgraphSchema(sdl).document).map(([type, node]) => [type, classifyFields(node)]),
    );
    return splitSpanning({ subgraph: name, ...partitionOf(sdl) }, definitions);
  });
}

/**
 * A platform may mention an entity that spans platforms though it holds a part of it or nothing: its fields would
 * look complete. So they get a logical subgraph of their own (`municipal_division`). Planners reach them by an entity
 * fetch, which the gateway routes by the key of the entity.
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

function partitionOf(sdl: DocumentNode): Omit<SubgraphAddress, 'subgraph'> {
  const partitioned = sdl.definitions.flatMap((node) =>
    node.kind === Kind.OBJECT_TYPE_DEFINITION ? (directiveOf(node, 'partitioned') ?? []) : [],
  );
  if (partitioned.length === 0) return { partition: 'none' };
  const isLayered = partitioned.some((applied) => argumentOf(applied, 'layered') === true);
  const below = partitioned.map((applied) => argumentOf(applied, 'below')).find((name) => typeof name === 'string');
  return { partition: isLayered ? 'tier-and-division' : 'division', ...(below === undefined ? {} : { below }) };
}

function isSpanning(node: DefinitionNode): node is ObjectTypeDefinitionNode {
  if (node.kind !== Kind.OBJECT_TYPE_DEFINITION) return false;
  const partitioned = directiveOf(node, 'partitioned');
  if (!partitioned || !argumentOf(partitioned, 'spans') === true) return false;
  return node.fields!.some((field) => !isKeyField(node, field));
}

function markShareable(shared: ReadonlySet<string>, node: DefinitionNode): DefinitionNode {
  if (node.kind !== Kind.OBJECT_TYPE_DEFINITION || !shared.has(node.name.value)) return node;
  if (hasDirective(node, 'key') || hasDirective(node, 'shareable')) return node;
  const shareable: ConstDirectiveNode = { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: 'shareable' } };
  return { ...node, directives: [...(node.directives ?? []), shareable] };
}

function entityNames(definitions: ReadonlyMap<string, DefinitionNode>): string[] {
  return [...definitions].filter(([, node]) => isEntity(node)).map(([name]) => name);
}

function nameOf(node: DefinitionNode): string {
  return 'name' in node && node.name ? node.name.value : '';
}
