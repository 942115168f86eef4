/** Leaf value from a platform → its JSON text, checked against its scalar or enum. */
import { type GraphQLLeafType, isEnumType, isSpecifiedScalarType } from 'graphql';
import { quote } from '../kit/json-text.ts';

/** Throws where the value, which is not null, breaks the standard; the message says how. */
export type PrintLeaf = (value: unknown) => string;

export function compileLeaf(type: GraphQLLeafType): PrintLeaf {
  if (isEnumType(type)) {
    const texts = new Map<unknown, string>(type.getValues().map(({ name, value }) => [value, JSON.stringify(name)]));
    return (value) => texts.get(value) ?? serialize(type, value);
  }
  const isPlain = isSpecifiedScalarType(type) ? PLAIN[type.name] : undefined;
  if (isPlain === undefined) return (value) => serialize(type, value);
  return (value) => (isPlain(value) ? textOf(value) : serialize(type, value));
}

/** What goes out as it is; the scalars make sense of some other values, too. */
const PLAIN: Readonly<Record<string, (value: unknown) => boolean>> = {
  String: (value) => typeof value === 'string',
  ID: (value) => typeof value === 'string',
  // Within 32 bits, and whole.
  Int: (value) => typeof value === 'number' && (value | 0) === value,
  Float: (value) => typeof value === 'number' && Number.isFinite(value),
  Boolean: (value) => typeof value === 'boolean',
};

function serialize(type: GraphQLLeafType, value: unknown): string {
  const serialized: unknown = type.serialize(value);
  if (serialized === undefined || serialized === null) throw new RangeError(`this is not a ${type.name}`);
  return textOf(serialized);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? quote(value) : JSON.stringify(value);
}
