/** Field set of a gather rule → hidden fields, and the key of a row that is read from them. */
import { type FieldNode, type GraphQLObjectType, getNamedType, isObjectType, type SelectionSetNode } from 'graphql';
import { responseKeyOf } from '../kit/graphql/selections.ts';
import { HIDDEN_PREFIX } from '../model/gather.ts';
import { flattenFields, withAlias } from './field-nodes.ts';
import { memberOf, type ScalarValue } from './merge-values.ts';

export interface RowKey {
  /** To be added to the selection. */
  readonly fields: readonly FieldNode[];
  read(row: Readonly<Record<string, unknown>>): readonly ScalarValue[];
}

export function compileRowKey(fieldSet: SelectionSetNode | undefined): RowKey {
  const fields = flattenFields(fieldSet).map((node, index) => withAlias(node, `${HIDDEN_PREFIX}k${index}`));
  const read = compileLeafReader(fields);
  return { fields, read: (row) => read(row) };
}

/** Returns the indexes of the key's values that are divisions. */
export function divisionIndexes(fieldSet: SelectionSetNode | undefined, type: GraphQLObjectType): readonly number[] {
  const leavesOf = (fields: SelectionSetNode | undefined, parent: GraphQLObjectType): string[] =>
    flattenFields(fields).flatMap((node) => {
      const named = getNamedType(parent.getFields()[node.name.value]?.type);
      return isObjectType(named) ? leavesOf(node.selectionSet, named) : (named?.name ?? '');
    });
  return leavesOf(fieldSet, type).flatMap((name, index) => (name === 'DivisionCode' ? index : []));
}

function compileLeafReader(fields: readonly FieldNode[]): (value: unknown) => ScalarValue[] {
  const readers = fields.map((node) => {
    const name = responseKeyOf(node);
    const inner = node.selectionSet ? compileLeafReader(flattenFields(node.selectionSet)) : undefined;
    return (value: unknown): ScalarValue[] => {
      const own = memberOf(value, name) ?? null;
      return inner ? inner(own) : [isScalarValue(own) ? own : JSON.stringify(own)];
    };
  });
  return (value) => readers.flatMap((read) => read(value));
}

function isScalarValue(value: unknown): value is ScalarValue {
  return value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
