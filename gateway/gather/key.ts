/** Keys of rows: the field set of a rule as hidden fields, and the values read back from them in the same order. */
import type { FieldNode, SelectionSetNode } from 'graphql';
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
