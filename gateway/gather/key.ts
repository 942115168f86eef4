/** Keys of rows: the field set of a rule as hidden fields, and the values read back from them in the same order. */
import { type FieldNode, type GraphQLObjectType, getNamedType, isObjectType, type SelectionSetNode } from 'graphql';
import { HIDDEN } from '../model/gather.ts';
import { fieldsOf, withAlias } from './fields.ts';
import type { Plain } from './values.ts';

export interface RowKey {
  /** What has to be asked for. */
  readonly fields: readonly FieldNode[];
  read(row: Readonly<Record<string, unknown>>): readonly Plain[];
}

export function compileKey(fieldSet: SelectionSetNode | undefined): RowKey {
  const fields = fieldsOf(fieldSet).map((node, index) => withAlias(node, `${HIDDEN}k${index}`));
  const read = compileLeaves(fields);
  return { fields, read: (row) => read(row) };
}

/** Which values of the key are divisions. */
export function divisionsIn(fieldSet: SelectionSetNode | undefined, type: GraphQLObjectType): readonly number[] {
  const leavesOf = (fields: SelectionSetNode | undefined, parent: GraphQLObjectType): string[] =>
    fieldsOf(fields).flatMap((node) => {
      const named = getNamedType(parent.getFields()[node.name.value]?.type);
      return isObjectType(named) ? leavesOf(node.selectionSet, named) : (named?.name ?? '');
    });
  return leavesOf(fieldSet, type).flatMap((name, index) => (name === 'DivisionCode' ? index : []));
}

function compileLeaves(fields: readonly FieldNode[]): (value: unknown) => Plain[] {
  const readers = fields.map((node) => {
    const name = node.alias?.value ?? node.name.value;
    const inner = node.selectionSet ? compileLeaves(fieldsOf(node.selectionSet)) : undefined;
    return (value: unknown): Plain[] => {
      const own = (value as Record<string, unknown> | null | undefined)?.[name] ?? null;
      return inner ? inner(own) : [isPlain(own) ? own : JSON.stringify(own)];
    };
  });
  return (value) => readers.flatMap((read) => read(value));
}

function isPlain(value: unknown): value is Plain {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
