/** A small world: objects in memory that one schema can return whole, and each subgraph in part. */
import {
  type ConstDirectiveNode,
  type InterfaceTypeDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
} from 'graphql';
import type { Subgraph, Subgraphs } from '../subgraph-server.ts';

/** A field with arguments, or computed from others, is a method. */
export type Thing = Readonly<Record<string, unknown>>;

export interface World {
  readonly subgraphs: Subgraphs;
  readonly root: Thing;
}

export interface WorldSource {
  readonly root: Thing;
  /** Entities by type name. */
  readonly entities: Readonly<Record<string, readonly Thing[]>>;
  readonly sdl: Readonly<Record<string, string>>;
  /** Entities that a subgraph does not know, as `subgraph/id`. Fields that only it has are null. */
  readonly unknown?: readonly string[];
}

export function createWorld(source: WorldSource): World {
  const subgraphs = Object.entries(source.sdl).map(([name, sdl]) => [name, subgraphOf(name, sdl, source)] as const);
  return { subgraphs: Object.fromEntries(subgraphs), root: source.root };
}

/** The value of a field: a method of the world, or a plain value in a representation. */
export function read(value: unknown, args: Thing = {}): unknown {
  return typeof value === 'function' ? (value as (args: Thing) => unknown)(args) : value;
}

type TypeNode = ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode;

function subgraphOf(name: string, sdl: string, { root, entities, unknown = [] }: WorldSource): Subgraph {
  const types = parse(sdl).definitions.filter(
    (node): node is TypeNode =>
      node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.INTERFACE_TYPE_DEFINITION,
  );
  const keyed = types.filter((type) => has(type.directives, 'key'));
  const resolvers = keyed.map((type) => {
    const typename = type.name.value;
    const own = (type.fields ?? []).filter((field) => !has(field.directives, 'external')).map(({ name }) => name.value);
    const keys = keysOf(type);
    const resolve = (reference: Thing): Thing | null => {
      const found = entities[typename]?.find((entity) =>
        keys.some((key) => reference[key] !== undefined && reference[key] === entity[key]),
      );
      if (!found || unknown.includes(`${name}/${String(found.id)}`)) return null;
      const isInterface = type.kind !== Kind.OBJECT_TYPE_DEFINITION;
      return isInterface ? found : { ...pick(found, own), ...reference };
    };
    return [typename, { __resolveReference: resolve }] as const;
  });
  return { sdl, root, resolvers: Object.fromEntries(resolvers) as NonNullable<Subgraph['resolvers']> };
}

/** Every key is one field, and unique. */
function keysOf({ directives }: TypeNode): string[] {
  return (directives ?? []).flatMap(({ name, arguments: args }) => {
    const fields = args?.find((arg) => arg.name.value === 'fields')?.value;
    return name.value === 'key' && fields?.kind === Kind.STRING ? fields.value : [];
  });
}

function pick(from: Thing, names: readonly string[]): Thing {
  return Object.fromEntries(names.map((name) => [name, from[name]]));
}

function has(directives: readonly ConstDirectiveNode[] | undefined, name: string): boolean {
  return (directives ?? []).some((directive) => directive.name.value === name);
}
