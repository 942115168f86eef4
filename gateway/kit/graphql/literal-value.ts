import { Kind, type ValueNode, valueFromASTUntyped } from 'graphql';
import { exactNumber } from '../json/exact-numbers.ts';

/** Returns the value of a literal without variables; numbers are exact (see `exact-numbers.ts`). */
export function literalValue(node: ValueNode): unknown {
  switch (node.kind) {
    case Kind.INT:
    case Kind.FLOAT:
      return exactNumber(node.value);
    case Kind.LIST:
      return node.values.map(literalValue);
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map(({ name, value }) => [name.value, literalValue(value)]));
    default:
      return valueFromASTUntyped(node);
  }
}
