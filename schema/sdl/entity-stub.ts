/** An entity in a subgraph that does not own it: the fields of its key, and `resolvable: false`. */
import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
} from 'graphql';
import { argumentOf, directiveOf } from './applied-directives.ts';

/** Returns the stub of an entity, and any other definition unchanged. */
export function toEntityStub(node: DefinitionNode): DefinitionNode {
  if (node.kind !== Kind.OBJECT_TYPE_DEFINITION || !isEntity(node)) return node;
  return {
    ...node,
    fields: node.fields!.filter((field) => isKeyField(node, field)),
    // Its owner tells where its rows are.
    directives: node
      .directives!.filter((applied) => applied.name.value !== 'partitioned')
      .map((applied) => (applied.name.value === 'key' ? notResolvable(applied) : applied)),
  };
}

/** True for a type that its subgraph resolves by a key. */
export function isEntity(node: DefinitionNode): boolean {
  if (node.kind !== Kind.OBJECT_TYPE_DEFINITION) return false;
  const key = directiveOf(node, 'key');
  return key !== undefined && argumentOf(key, 'resolvable') === undefined;
}

/** True for an entity that its subgraph refers to and does not resolve. */
export function isForeignEntity(node: DefinitionNode): boolean {
  if (node.kind !== Kind.OBJECT_TYPE_DEFINITION) return false;
  return argumentOf(directiveOf(node, 'key'), 'resolvable') === false;
}

export function isKeyField(type: ObjectTypeDefinitionNode, field: FieldDefinitionNode): boolean {
  const fields = argumentOf(directiveOf(type, 'key'), 'fields');
  return typeof fields === 'string' && fields.split(/[\s,{}]+/).includes(field.name.value);
}

function notResolvable(key: ConstDirectiveNode): ConstDirectiveNode {
  const resolvable = {
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: 'resolvable' },
    value: { kind: Kind.BOOLEAN, value: false },
  } as const;
  return { ...key, arguments: [...(key.arguments ?? []), resolvable] };
}
