/** The fields of a type of the graph, as columns of a file and as what their values must be. */
import { completeSdl, definitionsOf, mergeSdl } from '@yiwang/schema/sdl';
import { type FieldDefinitionNode, Kind, type ObjectTypeDefinitionNode, type TypeNode } from 'graphql';
import { readSubgraph, SUBGRAPH_NAMES } from '../../tools/subgraph-files.ts';

/** What JSON has for the value of a field. */
export type ValueKind = 'text' | 'number' | 'boolean' | 'list';

/** By path, such as `division.code`; a reference has its key as its own name, too: `division`. */
export type Fields = ReadonlyMap<string, ValueKind>;

const VALUE_KINDS: Readonly<Record<string, ValueKind>> = {
  Boolean: 'boolean',
  Int: 'number',
  Float: 'number',
  Longitude: 'number',
  Latitude: 'number',
};
/** Objects below objects below the row. */
const DEPTH_MAX = 3;

/** Undefined if no subgraph has such a type. */
export function fieldsOf(entity: string): Fields | undefined {
  const types = objectTypes();
  if (!types.has(entity)) return undefined;
  const fields = new Map<string, ValueKind>();
  const add = (type: ObjectTypeDefinitionNode, prefix: string, depth: number): void => {
    for (const field of type.fields ?? []) {
      const path = prefix + field.name.value;
      const named = nameOf(field.type);
      const inner = types.get(named);
      const key = inner === undefined ? undefined : keyOf(inner);
      if (isList(field.type)) fields.set(path, 'list');
      else if (inner === undefined) fields.set(path, VALUE_KINDS[named] ?? 'text');
      else if (key !== undefined) fields.set(path, 'text').set(`${path}.${key}`, 'text');
      else if (depth < DEPTH_MAX) add(inner, `${path}.`, depth + 1);
    }
  };
  add(types.get(entity)!, '', 1);
  return fields;
}

/** By name, with the fields of all subgraphs. */
function objectTypes(): ReadonlyMap<string, ObjectTypeDefinitionNode> {
  const whole = mergeSdl(SUBGRAPH_NAMES.map((name) => completeSdl(readSubgraph(name))));
  return new Map(
    definitionsOf(whole).flatMap(([name, definition]) =>
      definition.kind === Kind.OBJECT_TYPE_DEFINITION ? [[name, definition] as const] : [],
    ),
  );
}

/** The first field of the first `@key`, or the `code` of an object without one. */
function keyOf({ directives = [], fields = [] }: ObjectTypeDefinitionNode): string | undefined {
  const key = directives.find(({ name }) => name.value === 'key')?.arguments?.[0]?.value;
  if (key?.kind === Kind.STRING) return key.value.split(' ')[0];
  return fields.some(({ name }) => name.value === 'code') ? 'code' : undefined;
}

function nameOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type);
}

function isList(type: FieldDefinitionNode['type']): boolean {
  return type.kind === Kind.NON_NULL_TYPE ? isList(type.type) : type.kind === Kind.LIST_TYPE;
}
