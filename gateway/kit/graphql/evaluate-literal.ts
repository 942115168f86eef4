import { Kind, type ValueNode, valueFromASTUntyped } from 'graphql';
import { toExactNumber } from '../json/exact-numbers.ts';

/** Returns the value of a literal without variables; numbers are exact (see `exact-numbers.ts`). */
export function evaluateLiteral(node: ValueNode): unknown {
  switch (node.kind) {
    case Kind.INT:
    case Kind.FLOAT:
      return toExactNumber(node.value);
    case Kind.LIST:
      return node.values.map(evaluateLiteral);
    case Kind.OBJECT:
      return Object.fromEntries(node.fields.map(({ name, value }) => [name.value, evaluateLiteral(value)]));
    default:
      return valueFromASTUntyped(node);
  }
}
