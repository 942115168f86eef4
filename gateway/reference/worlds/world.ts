/** A small world: its objects as one graph in memory, which one schema can answer from whole and each subgraph in part. */
import { type ConstDirectiveNode, Kind, type ObjectTypeDefinitionNode, parse } from 'graphql';
import type { Subgraph, Subgraphs } from '../subgraph-server.ts';

/** Fields with arguments, and fields worked out from others of the object, are methods. */
export type Thing = Readonly<Record<string, unknown>>;

export interface World {
  readonly subgraphs: Subgraphs;
  readonly root: Thing;
}

export interface WorldSource {
  readonly root: Thing;
  /** All entities by type name. */
  readonly entities: Readonly<Record<string, readonly Thing[]>>;
  readonly sdl: Readonly<Record<string, string>>;
  /** Entities that a subgraph does not know of, as `subgraph/id`. */
  readonly unknown?: readonly string[];
}

export function createWorld(source: WorldSource): World {
  const subgraphs = Object.entries(source.sdl).map(([name, sdl]) => [name, subgraphOf(name, sdl, source)] as const);
  return { subgraphs: Object.fromEntries(subgraphs), root: source.root };
}

/** The value of a field that may be a method in the world, and is a plain value in a representation. */
export function read(value: unknown, args: Thing = {}): unknown {
  return typeof value === 'function' ? (value as (args: Thing) => unknown)(args) : value;
}

function subgraphOf(name: string, sdl: string, { root, entities, unknown = [] }: WorldSource): Subgraph {
  const types = parse(sdl).definitions.filter(
    (node): node is ObjectTypeDefinitionNode =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION,
  );
  const keyed = types.filter((type) => has(type.directives, 'key'));
  const resolvers = keyed.map((type) => {
    const typename = type.name.value;
    const own = (type.fields ?? []).filter((field) => !has(field.directives, 'external')).map(({ name }) => name.value);
    const resolve = (reference: Thing): Thing | null => {
      const found = entities[typename]?.find((entity) => matches(entity, reference));
      if (!found || unknown.includes(`${name}/${String(found.id)}`)) return null;
      const isInterface = type.kind !== Kind.OBJECT_TYPE_DEFINITION;
      return isInterface ? found : { ...pick(found, own), ...reference };
    };
    return [typename, { __resolveReference: resolve }] as const;
  });
  return { sdl, root, resolvers: Object.fromEntries(resolvers) as NonNullable<Subgraph['resolvers']> };
}

/** A reference carries required fields, too, so that the first field after the type name, which is of the key, decides. */
function matches(entity: Thing, reference: Thing): boolean {
  const key = Object.keys(reference).find((field) => field !== '__typename');
  return key !== undefined && entity[key] === reference[key];
}

function pick(from: Thing, names: readonly string[]): Thing {
  return Object.fromEntries(names.map((name) => [name, from[name]]));
}

function has(directives: readonly ConstDirectiveNode[] | undefined, name: string): boolean {
  return (directives ?? []).some((directive) => directive.name.value === name);
}
